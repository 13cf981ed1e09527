#include "ui/recognition/AutomaticAnswers.h"
#include "core/model/ModelLibrary.h"
#include "tests/support/AutomaticPhotos.h"
#include "tests/support/ChangedModel.h"

#include <QApplication>
#include <QLabel>
#include <QPushButton>
#include <QSlider>
#include <QThread>
#include <QTimer>

#include <gtest/gtest.h>

#include <algorithm>

using namespace goodsight;
using namespace goodsight::testsupport;

namespace {

QString audited(WindowDriver& driver, const char* product)
{
    return copyFor(driver, driver.sample(QString::fromLatin1(product)), true);
}

QString plain(WindowDriver& driver, const char* product)
{
    return copyFor(driver, driver.sample(QString::fromLatin1(product)), false);
}

ItemState stateOf(WindowDriver& driver, int index)
{
    return driver.bench().controller.item(index).state;
}

/// The project is counted on another thread: it may know of an answer before the queue has heard of it.
bool waitForTaken(WindowDriver& driver, qint64 taken)
{
    return waitFor(
        [&] {
            for (int index = 0; index < driver.bench().controller.count(); ++index) {
                if (stateOf(driver, index) == ItemState::Saving)
                    return false;
            }
            return driver.bench().automatic.tally().taken == taken;
        },
        60'000);
}

/// Whatever could happen to the photos by itself has happened.
void settle(WindowDriver& driver)
{
    ASSERT_TRUE(waitFor([&] { return !driver.bench().controller.isRecognizing(); }, 60'000));
    for (int round = 0; round < 20; ++round)
        QApplication::processEvents(QEventLoop::AllEvents, 10);
}

} // namespace

TEST(AutomaticAnswers, SureOnesOfAQueueNeedNoKeyAndTheAuditWaitsLikeAnyOther)
{
    WindowDriver driver;
    takeNearlyAll(driver);
    driver.drop({plain(driver, "avocado"), audited(driver, "granny-smith"), plain(driver, "carrots"),
                 plain(driver, "red-bell-pepper")});
    ASSERT_TRUE(waitForTaken(driver, 3));
    EXPECT_EQ(stateOf(driver, 0), ItemState::Automatic);
    EXPECT_EQ(stateOf(driver, 2), ItemState::Automatic);
    EXPECT_EQ(stateOf(driver, 3), ItemState::Automatic);
    EXPECT_EQ(driver.bench().controller.item(0).labelId, QStringLiteral("avocado"));
    EXPECT_EQ(driver.photos({PhotoState::Automatic}), 3);
    EXPECT_TRUE(driver.find<QLabel>("statusProject")->text().contains(QStringLiteral("自动采用 3 张")));

    // The audit is on the screen, with its candidates and nothing that tells it from others.
    ASSERT_TRUE(driver.waitForAnswer());
    EXPECT_EQ(driver.bench().controller.currentIndex(), 1);
    EXPECT_EQ(stateOf(driver, 1), ItemState::Ready);
    EXPECT_FALSE(driver.visible("answerBanner"));
    EXPECT_FALSE(driver.visible("intakeBanner"));
    EXPECT_TRUE(driver.bench().automatic.tally().audits.isEmpty());
    driver.press(Qt::Key_Return);
    ASSERT_TRUE(driver.waitForSaved(1));
    EXPECT_EQ(stateOf(driver, 1), ItemState::Accepted);
    ASSERT_TRUE(waitFor([&] { return driver.bench().automatic.tally().audits.size() == 1; }));
    EXPECT_TRUE(driver.bench().automatic.tally().audits.first());
    EXPECT_EQ(driver.bench().automatic.tally().taken, 3);
    // Only the person's answer taught something.
    ASSERT_TRUE(waitFor([&] { return driver.bench().learning.taughtPhotos() == 1; }, 60'000));
}

TEST(AutomaticAnswers, UndoTakesOneBackAndLeavesItToThePerson)
{
    WindowDriver driver;
    takeNearlyAll(driver);
    driver.drop({plain(driver, "avocado"), plain(driver, "carrots")});
    ASSERT_TRUE(waitForTaken(driver, 2));
    const int shown = driver.bench().controller.currentIndex(); // whichever was written first
    driver.press(Qt::Key_Z, Qt::ControlModifier);
    ASSERT_TRUE(waitForTaken(driver, 1));
    ASSERT_TRUE(driver.waitForAnswer());
    settle(driver);
    EXPECT_EQ(driver.bench().controller.currentIndex(), shown);
    EXPECT_EQ(stateOf(driver, shown), ItemState::Ready);
    driver.press(Qt::Key_2);
    ASSERT_TRUE(driver.waitForSaved(shown));
    EXPECT_EQ(stateOf(driver, shown), ItemState::Corrected);
    settle(driver);
    EXPECT_EQ(driver.photos({PhotoState::Corrected}), 1);
    EXPECT_EQ(driver.bench().automatic.tally().taken, 1);
    EXPECT_TRUE(driver.bench().automatic.tally().audits.isEmpty());
    // It is taken no more when it comes again: the project knows it.
    driver.press(Qt::Key_Z, Qt::ControlModifier);
    ASSERT_TRUE(waitFor([&] { return driver.photos({PhotoState::Corrected}) == 0; }));
    driver.drop({plain(driver, "red-bell-pepper"), plain(driver, shown == 0 ? "avocado" : "carrots")});
    ASSERT_TRUE(waitForTaken(driver, 2)); // the pepper
    settle(driver);
    EXPECT_EQ(driver.photos({PhotoState::Unseen}), 1);
}

TEST(AutomaticAnswers, UndoTakesThePersonsStepBackNotWhatWasTakenMeanwhile)
{
    WindowDriver driver;
    takeNearlyAll(driver);
    driver.drop({audited(driver, "avocado"), plain(driver, "carrots"), plain(driver, "red-bell-pepper"),
                 plain(driver, "watermelon")});
    ASSERT_TRUE(driver.waitForAnswer());
    driver.press(Qt::Key_3);
    ASSERT_TRUE(waitForTaken(driver, 3));
    settle(driver);
    EXPECT_EQ(stateOf(driver, 0), ItemState::Corrected);
    driver.press(Qt::Key_Z, Qt::ControlModifier);
    ASSERT_TRUE(waitFor([&] { return stateOf(driver, 0) == ItemState::Ready; }, 60'000));
    settle(driver);
    EXPECT_EQ(driver.bench().controller.currentIndex(), 0);
    for (int index = 1; index < 4; ++index)
        EXPECT_EQ(stateOf(driver, index), ItemState::Automatic) << index;
    EXPECT_EQ(driver.photos({PhotoState::Automatic}), 3);
    driver.press(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    ASSERT_TRUE(waitFor([&] { return stateOf(driver, 0) == ItemState::Corrected; }, 60'000));
    EXPECT_TRUE(driver.spoken("answerBanner").contains(QStringLiteral("Ctrl+Z")));
    // One that was taken by itself is taken back by whoever goes to it, and done again.
    driver.press(Qt::Key_Right);
    EXPECT_EQ(stateOf(driver, 1), ItemState::Automatic);
    EXPECT_TRUE(driver.spoken("answerBanner").contains(QStringLiteral("Ctrl+Z")));
    driver.press(Qt::Key_Z, Qt::ControlModifier);
    ASSERT_TRUE(waitFor([&] { return stateOf(driver, 1) == ItemState::Ready; }, 60'000));
    EXPECT_EQ(stateOf(driver, 0), ItemState::Corrected);
    driver.press(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    ASSERT_TRUE(waitFor([&] { return stateOf(driver, 1) == ItemState::Automatic; }, 60'000));
    // So is a correction of it, first.
    driver.press(Qt::Key_3);
    ASSERT_TRUE(driver.waitForSaved(1));
    ASSERT_TRUE(waitFor([&] { return stateOf(driver, 1) == ItemState::Corrected; }, 60'000));
    driver.press(Qt::Key_Z, Qt::ControlModifier);
    ASSERT_TRUE(waitFor([&] { return stateOf(driver, 1) == ItemState::Automatic; }, 60'000));
    EXPECT_FALSE(driver.spoken("answerBanner").contains(QStringLiteral("Ctrl+Z")));
    driver.press(Qt::Key_Z, Qt::ControlModifier);
    ASSERT_TRUE(waitFor([&] { return stateOf(driver, 0) == ItemState::Ready; }, 60'000));
    EXPECT_EQ(stateOf(driver, 1), ItemState::Automatic);
}

TEST(AutomaticAnswers, TheBannerSaysWhatUndoTakesBack)
{
    WindowDriver driver;
    driver.drop({plain(driver, "avocado"), plain(driver, "carrots")});
    ASSERT_TRUE(driver.waitForAnswer());
    driver.press(Qt::Key_Return);
    ASSERT_TRUE(driver.waitForSaved(0));
    ASSERT_TRUE(driver.waitForAnswer());
    driver.press(Qt::Key_Left);
    EXPECT_TRUE(driver.spoken("answerBanner").contains(QStringLiteral("Ctrl+Z")));
    driver.press(Qt::Key_Right);
    driver.press(Qt::Key_Return);
    ASSERT_TRUE(driver.waitForSaved(1));
    ASSERT_TRUE(waitFor([&] { return stateOf(driver, 1) == ItemState::Accepted; }, 60'000));
    EXPECT_TRUE(driver.spoken("answerBanner").contains(QStringLiteral("Ctrl+Z")));
    driver.press(Qt::Key_Left);
    EXPECT_TRUE(driver.visible("answerBanner"));
    EXPECT_FALSE(driver.spoken("answerBanner").contains(QStringLiteral("Ctrl+Z")))
        << "it takes the newer answer back";
}

TEST(AutomaticAnswers, ACorrectedAuditIsWrong)
{
    WindowDriver driver;
    takeNearlyAll(driver);
    driver.drop({audited(driver, "avocado"), audited(driver, "carrots")});
    ASSERT_TRUE(driver.waitForAnswer());
    settle(driver);
    EXPECT_EQ(stateOf(driver, 0), ItemState::Ready);
    driver.press(Qt::Key_3);
    ASSERT_TRUE(driver.waitForSaved(0));
    ASSERT_TRUE(waitFor([&] { return driver.bench().automatic.tally().audits == QList<bool>{false}; }));
    EXPECT_EQ(driver.bench().automatic.tally().taken, 0);
    EXPECT_TRUE(driver.bench().automatic.inForce());
}

TEST(AutomaticAnswers, ASinglePhotoIsNeverTaken)
{
    WindowDriver driver;
    takeNearlyAll(driver);
    driver.drop({plain(driver, "avocado")});
    ASSERT_TRUE(driver.waitForAnswer());
    settle(driver);
    EXPECT_EQ(stateOf(driver, 0), ItemState::Ready);
    EXPECT_EQ(driver.photos(), 0);
}

TEST(AutomaticAnswers, AnotherModelsRuleRestsAndUnsureAnswersWait)
{
    WindowDriver driver;
    takeNearlyAll(driver);
    auto rule = driver.bench().automatic.rule();
    rule->modelFingerprint = QStringLiteral("another");
    driver.bench().automatic.setRule(rule);
    EXPECT_FALSE(driver.bench().automatic.inForce());
    driver.drop({plain(driver, "avocado"), plain(driver, "carrots")});
    ASSERT_TRUE(driver.waitForAnswer());
    settle(driver);
    EXPECT_EQ(stateOf(driver, 0), ItemState::Ready);
    // Nor is a photo taken later that waits for the person already.
    takeNearlyAll(driver, 1.0);
    driver.drop({plain(driver, "red-bell-pepper"), plain(driver, "granny-smith")});
    for (int index = 0; index < 3; ++index) {
        driver.press(Qt::Key_Right);
        ASSERT_TRUE(driver.waitForAnswer());
        settle(driver);
    }
    EXPECT_EQ(driver.photos(), 0);
}

TEST(AutomaticAnswers, AnotherProjectsRuleRests)
{
    WindowDriver driver;
    const QString first = driver.bench().project.dir();
    takeNearlyAll(driver);
    driver.bench().settings.setProjectDir(driver.home() + QStringLiteral("/other.goodsight"));
    EXPECT_FALSE(driver.bench().automatic.inForce());
    EXPECT_TRUE(driver.bench().automatic.rule());
    driver.drop({plain(driver, "avocado"), plain(driver, "carrots")});
    ASSERT_TRUE(driver.waitForAnswer());
    settle(driver);
    EXPECT_EQ(stateOf(driver, 0), ItemState::Ready);
    EXPECT_EQ(driver.photos(), 0);
    driver.bench().settings.setProjectDir(first);
    EXPECT_TRUE(driver.bench().automatic.inForce());
}

TEST(AutomaticAnswers, AuditsAreLookedAtWhileAnswersComeWithoutAPause)
{
    WindowDriver driver;
    takeNearlyAll(driver);
    addAudits(driver, 3, 1);
    ASSERT_TRUE(waitFor([&] { return driver.bench().automatic.tally().audits.size() == 4; }));
    // An answer that comes before the next look does not put it off.
    auto* look = driver.bench().automatic.findChild<QTimer*>(QStringLiteral("automaticLook"));
    ASSERT_TRUE(look);
    ASSERT_TRUE(waitFor([&] { return !look->isActive(); }));
    Q_EMIT driver.bench().project.changed();
    const int first = look->remainingTime();
    QThread::msleep(60);
    Q_EMIT driver.bench().project.changed();
    EXPECT_LE(look->remainingTime(), std::max(0, first - 30));
}

TEST(AutomaticAnswers, WhileAModelIsComparedSurePhotosWaitForThePersonToo)
{
    WindowDriver driver;
    takeNearlyAll(driver);
    installRotated(QStringLiteral("new"), {});
    ASSERT_TRUE(driver.bench().promotion.enter(*ModelLibrary().find(QStringLiteral("new"))));
    driver.drop({plain(driver, "avocado"), plain(driver, "carrots")});
    ASSERT_TRUE(driver.waitForAnswer());
    settle(driver);
    EXPECT_EQ(stateOf(driver, 0), ItemState::Ready) << "or only unsure photos would be compared";
    EXPECT_EQ(driver.bench().automatic.tally().taken, 0);
    EXPECT_TRUE(driver.bench().automatic.inForce());

    for (const int index : {0, 1}) {
        ASSERT_TRUE(driver.waitForAnswer());
        driver.press(Qt::Key_Return);
        ASSERT_TRUE(driver.waitForSaved(index));
    }

    ASSERT_TRUE(driver.bench().promotion.stop());
    driver.drop({plain(driver, "granny-smith"), plain(driver, "red-bell-pepper")});
    EXPECT_TRUE(waitForTaken(driver, 2));
}

TEST(AutomaticAnswers, ARestartKeepsTheRuleItsCountAndTheMark)
{
    WindowDriver driver;
    takeNearlyAll(driver);
    driver.drop({plain(driver, "avocado"), plain(driver, "carrots")});
    ASSERT_TRUE(waitForTaken(driver, 2));
    driver.restart();
    ASSERT_TRUE(waitForTaken(driver, 2));
    EXPECT_TRUE(driver.bench().automatic.inForce());
    driver.click("navPhotos");
    EXPECT_TRUE(driver.find<QPushButton>("filterAutomatic")->text().contains(u'2'));
    driver.click("filterAutomatic");
    EXPECT_TRUE(driver.visible("photoGrid"));
    driver.click("filterAccepted");
    EXPECT_FALSE(driver.visible("photoGrid"));
}

TEST(AutomaticAnswers, ABrokenPromiseEndsTheRuleAndSaysSo)
{
    WindowDriver driver;
    takeNearlyAll(driver);
    addAudits(driver, 20, 4);
    ASSERT_TRUE(waitFor([&] { return driver.bench().automatic.tally().audits.size() == 24; }));
    EXPECT_TRUE(driver.bench().automatic.inForce()); // nobody looks yet
    driver.drop({audited(driver, "avocado"), audited(driver, "carrots")});
    ASSERT_TRUE(driver.waitForAnswer());
    driver.press(Qt::Key_2);
    ASSERT_TRUE(driver.waitForSaved(0));
    ASSERT_TRUE(waitFor([&] { return !driver.bench().automatic.rule(); }));
    EXPECT_TRUE(driver.visible("intakeBanner"));
    EXPECT_TRUE(driver.spoken("intakeBanner").contains(QStringLiteral("看过的 25 个里有 5 个是错的")));
    // It stays until it was read.
    ASSERT_TRUE(driver.waitForAnswer());
    driver.press(Qt::Key_Return);
    ASSERT_TRUE(driver.waitForSaved(1));
    EXPECT_TRUE(driver.visible("intakeBanner"));
}

TEST(AutomaticAnswers, TheEvaluationPageOffersTheRuleAndEndsIt)
{
    WindowDriver driver;
    driver.click("navEvaluation");
    showPerfectEvaluation(driver, 1000);
    driver.click("evaluationCertainty");
    auto* button = driver.find<QPushButton>("automaticRule");
    EXPECT_TRUE(button->isEnabled());
    EXPECT_EQ(button->text(), QStringLiteral("自动采用有把握的答案"));
    button->setFocus();
    driver.press(Qt::Key_Space);
    const auto rule = driver.bench().settings.automaticRule();
    ASSERT_TRUE(rule);
    EXPECT_EQ(rule->modelFingerprint, driver.bench().automatic.modelInUse());
    EXPECT_EQ(rule->photos, 1000);
    EXPECT_DOUBLE_EQ(rule->maxError, 0.01);
    EXPECT_NEAR(rule->threshold, 0.9836, 0.002);
    EXPECT_LE(rule->since.secsTo(QDateTime::currentDateTimeUtc()), 600);
    EXPECT_EQ(button->text(), QStringLiteral("停止"));
    auto* words = driver.find<QLabel>("automaticWords");
    EXPECT_TRUE(words->text().contains(QStringLiteral("还需要 299 个对的"))) << qPrintable(words->text());
    addAudits(driver, 10, 0);
    ASSERT_TRUE(waitFor([&] { return words->text().contains(QStringLiteral("还需要 289 个对的")); }));
    driver.press(Qt::Key_Space);
    EXPECT_FALSE(driver.bench().settings.automaticRule());
    EXPECT_EQ(button->text(), QStringLiteral("自动采用有把握的答案"));
}

TEST(AutomaticAnswers, AfterABrokenPromiseOnlyANewerEvaluationOffersTheRuleAgain)
{
    WindowDriver driver;
    driver.click("navEvaluation");
    showPerfectEvaluation(driver, 1000);
    driver.click("evaluationCertainty");
    auto* button = driver.find<QPushButton>("automaticRule");
    button->setFocus();
    driver.press(Qt::Key_Space);
    ASSERT_TRUE(driver.bench().automatic.inForce());
    addAudits(driver, 20, 5);
    ASSERT_TRUE(waitFor([&] { return !driver.bench().automatic.rule(); }, 20'000));
    EXPECT_FALSE(button->isEnabled());
    EXPECT_TRUE(driver.find<QLabel>("automaticWords")->text().contains(QStringLiteral("重新评估")));
    driver.find<QSlider>("budgetSlider")->triggerAction(QAbstractSlider::SliderSingleStepAdd);
    EXPECT_FALSE(button->isEnabled()) << "the same photos with another budget";
    showPerfectEvaluation(driver, 1000);
    EXPECT_TRUE(button->isEnabled());
}

TEST(AutomaticAnswers, AnEvaluationInAnotherProjectOffersNothing)
{
    WindowDriver driver;
    driver.click("navEvaluation");
    showPerfectEvaluation(driver, 1000);
    driver.click("evaluationCertainty");
    auto* button = driver.find<QPushButton>("automaticRule");
    EXPECT_TRUE(button->isEnabled());
    driver.bench().settings.setProjectDir(driver.home() + QStringLiteral("/other.goodsight"));
    EXPECT_FALSE(button->isEnabled());
    showPerfectEvaluation(driver, 1000);
    EXPECT_TRUE(button->isEnabled());
}

TEST(AutomaticAnswers, NothingIsOfferedForAnotherModelForKnownPhotosOrForTooFew)
{
    WindowDriver driver;
    driver.click("navEvaluation");
    showPerfectEvaluation(driver, 1000, EvaluationData::Project);
    driver.click("evaluationCertainty");
    auto* button = driver.find<QPushButton>("automaticRule");
    EXPECT_FALSE(button->isEnabled());
    EXPECT_FALSE(driver.find<QLabel>("automaticWords")->text().isEmpty());
    showPerfectEvaluation(driver, 1000, EvaluationData::Val, QStringLiteral("another"));
    EXPECT_FALSE(button->isEnabled());
    showPerfectEvaluation(driver, 100);
    EXPECT_FALSE(button->isEnabled());
    showPerfectEvaluation(driver, 1000);
    EXPECT_TRUE(button->isEnabled());
}
