#include "tests/support/WindowDriver.h"

#include <QDir>
#include <QFile>
#include <QImage>
#include <QLineEdit>
#include <QListWidget>
#include <QMimeData>

#include <gtest/gtest.h>

using namespace goodsight;
using namespace goodsight::testsupport;

namespace {

QString labelOfFirstPhoto(WindowDriver& driver)
{
    const auto rows = driver.bench().project.store()->photos({});
    return rows && !rows->isEmpty() ? rows->first().labelId : QStringLiteral("none");
}

} // namespace

TEST(CorrectionLoop, ADroppedPhotoShowsThreeProductsInChinese)
{
    WindowDriver driver;
    EXPECT_TRUE(driver.visible("emptyState"));
    driver.drop({driver.sample(QStringLiteral("granny-smith"))});
    ASSERT_TRUE(driver.waitForAnswer());
    EXPECT_FALSE(driver.visible("emptyState"));
    auto* first = driver.find<CandidateCard>("candidate1");
    EXPECT_EQ(first->primaryText(), QStringLiteral("青苹果"));
    EXPECT_EQ(first->secondaryText(), QStringLiteral("Granny Smith"));
    EXPECT_GT(first->confidence(), 0.5);
    EXPECT_TRUE(driver.visible("candidate2"));
    EXPECT_TRUE(driver.visible("candidate3"));
}

TEST(CorrectionLoop, OneKeyAcceptsARankAndGoesOn)
{
    WindowDriver driver;
    driver.drop({driver.sample(QStringLiteral("granny-smith")), driver.sample(QStringLiteral("avocado")),
                 driver.sample(QStringLiteral("carrots"))});
    ASSERT_TRUE(driver.waitForAnswer());
    const QString second = driver.bench().controller.current()->recognition->top[1].id;
    driver.press(Qt::Key_2);
    ASSERT_TRUE(driver.waitForSaved(0));
    EXPECT_EQ(driver.bench().controller.item(0).labelId, second);
    EXPECT_EQ(driver.bench().controller.item(0).state, ItemState::Corrected);
    ASSERT_TRUE(driver.waitForAnswer());
    EXPECT_EQ(driver.bench().controller.currentIndex(), 1);
    driver.press(Qt::Key_1, Qt::KeypadModifier);
    ASSERT_TRUE(driver.waitForSaved(1));
    EXPECT_EQ(driver.bench().controller.item(1).labelId, QStringLiteral("avocado"));
    ASSERT_TRUE(driver.waitForAnswer());
    driver.press(Qt::Key_Return);
    ASSERT_TRUE(driver.waitForSaved(2));
    EXPECT_EQ(driver.bench().controller.item(2).state, ItemState::Accepted);
    EXPECT_EQ(driver.photos({PhotoState::Accepted}), 2);
    EXPECT_EQ(driver.photos({PhotoState::Corrected}), 1);
}

TEST(CorrectionLoop, AKeyHeldDownAnswersOnePhotoOnly)
{
    WindowDriver driver;
    driver.drop({driver.sample(QStringLiteral("granny-smith")), driver.sample(QStringLiteral("avocado"))});
    ASSERT_TRUE(driver.waitForAnswer());
    driver.press(Qt::Key_1);
    driver.holdOn(Qt::Key_1);
    ASSERT_TRUE(driver.waitForSaved(0));
    ASSERT_TRUE(driver.waitForAnswer());
    driver.holdOn(Qt::Key_1);
    driver.holdOn(Qt::Key_Return);
    driver.holdOn(Qt::Key_Delete);
    EXPECT_EQ(driver.bench().controller.item(1).state, ItemState::Ready);
}

TEST(CorrectionLoop, TypingInitialsFindsTheProductAndEnterTakesIt)
{
    WindowDriver driver;
    driver.drop({driver.sample(QStringLiteral("avocado"))});
    ASSERT_TRUE(driver.waitForAnswer());
    driver.type(QStringLiteral("qpg"));
    auto* hits = driver.find<QListWidget>("labelHits");
    // The index is built in the background.
    ASSERT_TRUE(waitFor([&] { return hits->count() > 0 && hits->item(0)->text() == u"青苹果"; }));
    EXPECT_FALSE(driver.visible("candidate1"));
    driver.press(Qt::Key_Return);
    ASSERT_TRUE(driver.waitForSaved(0));
    EXPECT_EQ(labelOfFirstPhoto(driver), QStringLiteral("granny-smith"));
    EXPECT_TRUE(driver.find<QLineEdit>("labelSearch")->text().isEmpty());
}

TEST(CorrectionLoop, DigitsInTheSearchFieldAreNoAnswers)
{
    WindowDriver driver;
    driver.drop({driver.sample(QStringLiteral("avocado"))});
    ASSERT_TRUE(driver.waitForAnswer());
    driver.type(QStringLiteral("a1"));
    EXPECT_EQ(driver.find<QLineEdit>("labelSearch")->text(), QStringLiteral("a1"));
    EXPECT_EQ(driver.bench().controller.current()->state, ItemState::Ready);
    driver.press(Qt::Key_Escape);
    EXPECT_TRUE(driver.find<QLineEdit>("labelSearch")->text().isEmpty());
    driver.press(Qt::Key_1);
    ASSERT_TRUE(driver.waitForSaved(0));
}

TEST(CorrectionLoop, TheFieldAsksForANameOnlyWhileOneIsWanted)
{
    WindowDriver driver;
    driver.drop({driver.sample(QStringLiteral("avocado"))});
    ASSERT_TRUE(driver.waitForAnswer());
    const auto* field = driver.find<QLineEdit>("labelSearch");
    const QString before = field->placeholderText();
    driver.press(Qt::Key_N, Qt::ControlModifier);
    EXPECT_NE(field->placeholderText(), before);
    driver.press(Qt::Key_Escape);
    EXPECT_EQ(field->placeholderText(), before);
}

TEST(CorrectionLoop, ANewProductIsMadeOnTheSpotAndUndoneInOneStep)
{
    WindowDriver driver;
    driver.drop({driver.sample(QStringLiteral("avocado"))});
    ASSERT_TRUE(driver.waitForAnswer());
    const auto before = driver.bench().project.store()->labels().size();
    driver.press(Qt::Key_N, Qt::ControlModifier);
    driver.type(QStringLiteral("lemon soap")); // similar ones exist; who asked for a new one gets it
    driver.press(Qt::Key_Return);
    ASSERT_TRUE(driver.waitForSaved(0));
    EXPECT_EQ(driver.bench().project.store()->labels().size(), before + 1);
    EXPECT_EQ(driver.bench().project.store()->findLabel(QStringLiteral("lemon soap"))->id,
              labelOfFirstPhoto(driver));
    driver.press(Qt::Key_Z, Qt::ControlModifier);
    ASSERT_TRUE(waitFor([&] { return driver.bench().project.store()->labels().size() == before; }));
    EXPECT_EQ(labelOfFirstPhoto(driver), QString());
}

TEST(CorrectionLoop, UndoTakesTheAnswerBackAndSurvivesARestart)
{
    WindowDriver driver;
    driver.drop({driver.sample(QStringLiteral("avocado"))});
    ASSERT_TRUE(driver.waitForAnswer());
    driver.press(Qt::Key_Return);
    ASSERT_TRUE(driver.waitForSaved(0));
    driver.restart();
    EXPECT_EQ(labelOfFirstPhoto(driver), QStringLiteral("avocado"));
    driver.find("recognitionPage")->setFocus();
    driver.press(Qt::Key_Z, Qt::ControlModifier);
    ASSERT_TRUE(driver.waitForAnswer());
    EXPECT_EQ(labelOfFirstPhoto(driver), QString());
    EXPECT_EQ(driver.bench().controller.current()->state, ItemState::Ready);
    driver.press(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    ASSERT_TRUE(waitFor([&] { return driver.bench().controller.current()->state == ItemState::Accepted; }));
    EXPECT_EQ(labelOfFirstPhoto(driver), QStringLiteral("avocado"));
}

TEST(CorrectionLoop, UndoShowsTheLabelThatThePhotoHadBefore)
{
    WindowDriver driver;
    driver.drop({driver.sample(QStringLiteral("avocado"))});
    ASSERT_TRUE(driver.waitForAnswer());
    driver.press(Qt::Key_1);
    ASSERT_TRUE(driver.waitForSaved(0));
    driver.press(Qt::Key_2);
    ASSERT_TRUE(waitFor([&] { return driver.photos({PhotoState::Corrected}) == 1; }));
    ASSERT_TRUE(driver.waitForSaved(0));
    driver.press(Qt::Key_Z, Qt::ControlModifier);
    ASSERT_TRUE(waitFor([&] { return labelOfFirstPhoto(driver) == u"avocado"; }));
    ASSERT_TRUE(waitFor([&] { return driver.bench().controller.current()->state == ItemState::Accepted; }));
    EXPECT_EQ(driver.bench().controller.current()->labelId, QStringLiteral("avocado"));
}

TEST(CorrectionLoop, ASecondUndoRightAfterTheFirstAsksBeforeItTakesAnImportBack)
{
    WindowDriver driver;
    qint64 edit = 0;
    QList<ImportItem> items(2);
    items[0].photo.path = driver.sample(QStringLiteral("carrots"));
    items[1].photo.path = driver.sample(QStringLiteral("granny-smith"));
    ASSERT_TRUE(driver.bench().project.store()->importPhotos(edit, items));
    driver.drop({driver.sample(QStringLiteral("avocado"))});
    ASSERT_TRUE(driver.waitForAnswer());
    driver.press(Qt::Key_1);
    ASSERT_TRUE(driver.waitForSaved(0));
    int asked = 0;
    QObject::connect(&driver.bench().controller, &RecognitionController::undoWouldTake,
                     driver.find("recognitionPage"), [&asked] { ++asked; });
    // Both before the writer can have committed the first.
    driver.bench().controller.undo();
    driver.bench().controller.undo();
    ASSERT_TRUE(waitFor([&] { return asked == 1; }));
    EXPECT_EQ(labelOfFirstPhoto(driver), QString());
    EXPECT_EQ(driver.photos(), 3) << "the import stays until the person says so";
    EXPECT_FALSE(driver.bench().controller.current()->answered());
}

TEST(CorrectionLoop, DeleteSkipsAndUndoBringsTheSkippedPhotoBack)
{
    WindowDriver driver;
    driver.drop({driver.sample(QStringLiteral("granny-smith")), driver.sample(QStringLiteral("avocado"))});
    ASSERT_TRUE(driver.waitForAnswer());
    driver.press(Qt::Key_Delete);
    EXPECT_EQ(driver.bench().controller.item(0).state, ItemState::Skipped);
    EXPECT_EQ(driver.bench().controller.currentIndex(), 1);
    driver.press(Qt::Key_Z, Qt::ControlModifier);
    EXPECT_EQ(driver.bench().controller.currentIndex(), 0);
    EXPECT_EQ(driver.bench().controller.item(0).state, ItemState::Ready);
    EXPECT_EQ(driver.photos(), 0);
}

TEST(CorrectionLoop, AClearedQueueComesBackByUndo)
{
    WindowDriver driver;
    driver.drop({driver.sample(QStringLiteral("granny-smith")), driver.sample(QStringLiteral("avocado")),
                 driver.sample(QStringLiteral("carrots"))});
    ASSERT_TRUE(driver.waitForAnswer());
    driver.press(Qt::Key_1);
    ASSERT_TRUE(driver.waitForSaved(0));
    ASSERT_TRUE(driver.visible("cancelQueue"));
    driver.click("cancelQueue");
    EXPECT_EQ(driver.bench().controller.count(), 1);
    driver.find("recognitionPage")->setFocus();
    driver.press(Qt::Key_Z, Qt::ControlModifier);
    EXPECT_EQ(driver.bench().controller.count(), 3);
    EXPECT_EQ(driver.bench().controller.unfinished(), 2);
    ASSERT_TRUE(driver.waitForAnswer());
}

TEST(CorrectionLoop, TheSamePhotoTwiceIsOneImage)
{
    WindowDriver driver;
    driver.drop({driver.sample(QStringLiteral("avocado")),
                 driver.sample(QStringLiteral("avocado"), QStringLiteral("再来 一次🥑.jpg"))});
    for (int index = 0; index < 2; ++index) {
        ASSERT_TRUE(driver.waitForAnswer());
        driver.press(Qt::Key_1);
        ASSERT_TRUE(driver.waitForSaved(index));
    }
    EXPECT_EQ(driver.photos(), 1);
}

TEST(CorrectionLoop, PicturesAndFilesArePasted)
{
    WindowDriver driver;
    auto picture = std::make_unique<QMimeData>();
    picture->setImageData(QImage(driver.sample(QStringLiteral("avocado"))));
    driver.paste(picture.release());
    ASSERT_TRUE(driver.waitForAnswer());
    EXPECT_EQ(driver.find<CandidateCard>("candidate1")->primaryText(), QStringLiteral("牛油果"));
    driver.press(Qt::Key_1);
    ASSERT_TRUE(driver.waitForSaved(0));
    auto files = std::make_unique<QMimeData>();
    files->setUrls({QUrl::fromLocalFile(driver.sample(QStringLiteral("carrots")))});
    driver.paste(files.release());
    ASSERT_TRUE(driver.waitForAnswer());
    EXPECT_EQ(driver.find<CandidateCard>("candidate1")->primaryText(), QStringLiteral("胡萝卜"));
    EXPECT_EQ(driver.photos(), 1);
}

TEST(CorrectionLoop, TheSamplesAreOneClickAway)
{
    WindowDriver driver;
    driver.click("trySample");
    ASSERT_TRUE(driver.waitForAnswer());
    EXPECT_GE(driver.bench().controller.count(), 6);
    EXPECT_TRUE(driver.visible("filmStrip"));
}

TEST(CorrectionLoop, AFolderBecomesAQueueInNaturalOrder)
{
    WindowDriver driver;
    const QString folder = driver.home() + QStringLiteral("/进货 照片");
    ASSERT_TRUE(QDir().mkpath(folder + QStringLiteral("/sub")));
    ASSERT_TRUE(QFile::copy(driver.sample(QStringLiteral("avocado")), folder + QStringLiteral("/10.jpg")));
    ASSERT_TRUE(QFile::copy(driver.sample(QStringLiteral("carrots")), folder + QStringLiteral("/9.jpg")));
    ASSERT_TRUE(QFile::copy(driver.sample(QStringLiteral("carrots")), folder + QStringLiteral("/sub/1.jpg")));
    driver.drop({folder});
    ASSERT_TRUE(driver.waitForAnswer());
    ASSERT_EQ(driver.bench().controller.count(), 3);
    EXPECT_EQ(driver.bench().controller.item(0).source.name, QStringLiteral("9.jpg"));
    EXPECT_EQ(driver.bench().controller.item(1).source.name, QStringLiteral("10.jpg"));
    EXPECT_TRUE(driver.visible("queuePosition"));
}
