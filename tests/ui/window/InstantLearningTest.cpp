#include "core/base/Paths.h"
#include "tests/support/WindowDriver.h"

#include <QAbstractButton>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QPainter>

#include <gtest/gtest.h>

#include <algorithm>

using namespace goodsight;
using namespace goodsight::testsupport;

namespace {

const QString kName = QStringLiteral("wooden robot");

/// A thing that no model knows, seen `turn` degrees from upright.
QString toy(const WindowDriver& driver, int turn, const QColor& body = QColor(30, 80, 200))
{
    QImage picture(480, 480, QImage::Format_RGB32);
    picture.fill(QColor(236, 232, 224));
    QPainter painter(&picture);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(240, 240);
    painter.rotate(turn);
    painter.setPen(QPen(QColor(20, 20, 40), 6));
    painter.setBrush(body);
    painter.drawRect(-90, -60, 180, 190);
    painter.setBrush(QColor(250, 190, 20));
    painter.drawEllipse(-70, -190, 140, 130);
    painter.setBrush(Qt::white);
    painter.drawEllipse(-45, -150, 32, 32);
    painter.drawEllipse(13, -150, 32, 32);
    painter.setBrush(QColor(200, 30, 30));
    for (const int x : {-150, 90})
        painter.drawRect(x, -40, 60, 24);
    for (int i = 0; i < 4; ++i)
        painter.drawRect(-60 + i * 34, -20, 18, 120);
    painter.end();
    const QString file =
        QDir(driver.home()).filePath(QStringLiteral("toy%1%2.png").arg(turn).arg(body.name().mid(1)));
    EXPECT_TRUE(picture.save(file));
    return file;
}

bool isReady(WindowDriver& driver)
{
    return waitFor([&] { return driver.bench().learning.isReady(); }, 60'000);
}

bool hasTaught(WindowDriver& driver, int photos)
{
    return waitFor(
        [&] { return driver.bench().learning.isReady() && driver.bench().learning.taughtPhotos() == photos; },
        60'000);
}

/// Whether one of the three candidates has this name.
bool isCandidate(WindowDriver& driver, const QString& name)
{
    const QueueItem* item = driver.bench().controller.current();
    return item && item->recognition &&
           std::any_of(item->recognition->top.begin(), item->recognition->top.end(),
                       [&](const Candidate& one) { return one.zh == name || one.en == name; });
}

/// Shows one photo and waits for its answer.
void show(WindowDriver& driver, const QString& file)
{
    driver.drop({file});
    ASSERT_TRUE(driver.waitForAnswer());
}

void nameIt(WindowDriver& driver, const QString& name)
{
    driver.press(Qt::Key_N, Qt::ControlModifier);
    driver.type(name);
    driver.press(Qt::Key_Return);
}

} // namespace

TEST(InstantLearning, AProductNamedOnceIsKnownAtTheNextPhotoAndInTheNextSession)
{
    WindowDriver driver;
    ASSERT_TRUE(isReady(driver));
    show(driver, driver.sample(QStringLiteral("granny-smith")));
    const Candidate before = driver.bench().controller.current()->recognition->top.first();
    driver.press(Qt::Key_Delete);
    show(driver, toy(driver, 0));
    EXPECT_FALSE(isCandidate(driver, kName));
    nameIt(driver, kName);
    ASSERT_TRUE(driver.waitForSaved(0));
    ASSERT_TRUE(hasTaught(driver, 1));

    // No training: the very next recognition has it.
    int answers = 0;
    bool first = false;
    QObject::connect(&driver.bench().service, &RecognitionService::recognized, &driver.window(),
                     [&](quint64, const Recognition& recognition) {
                         if (answers++ == 0)
                             first = std::any_of(
                                 recognition.top.begin(), recognition.top.end(),
                                 [](const Candidate& one) { return one.zh == kName || one.en == kName; });
                     });
    show(driver, toy(driver, 8));
    EXPECT_TRUE(first);
    ASSERT_TRUE(isCandidate(driver, kName));
    EXPECT_EQ(driver.find<CandidateCard>("candidate1")->primaryText(), kName);
    EXPECT_EQ(driver.find<CandidateCard>("candidate1")->toolTip(), QStringLiteral("由 1 张照片教会"));
    driver.press(Qt::Key_Delete);
    show(driver, driver.sample(QStringLiteral("granny-smith")));
    EXPECT_EQ(driver.bench().controller.current()->recognition->top.first().id, before.id);

    driver.restart();
    ASSERT_TRUE(hasTaught(driver, 1));
    show(driver, toy(driver, -9));
    EXPECT_TRUE(isCandidate(driver, kName));

    driver.press(Qt::Key_Z, Qt::ControlModifier);
    ASSERT_TRUE(hasTaught(driver, 0));
    show(driver, toy(driver, 5));
    EXPECT_FALSE(isCandidate(driver, kName));
}

TEST(InstantLearning, APhotoThatWaitedWithItsAnswerHearsOfTheNewProduct)
{
    WindowDriver driver;
    ASSERT_TRUE(isReady(driver));
    driver.drop({toy(driver, 0), toy(driver, 6)});
    ASSERT_TRUE(driver.waitForAnswer());
    ASSERT_TRUE(waitFor([&] { return driver.bench().controller.item(1).recognition.has_value(); }, 60'000));
    nameIt(driver, kName);
    ASSERT_TRUE(driver.waitForSaved(0));
    EXPECT_EQ(driver.bench().controller.currentIndex(), 1);
    EXPECT_TRUE(waitFor([&] { return isCandidate(driver, kName); }, 60'000));
    EXPECT_FALSE(driver.bench().controller.currentPhoto().isNull());

    // Taken back, it has gone from what is on the screen too.
    driver.press(Qt::Key_Z, Qt::ControlModifier);
    EXPECT_TRUE(
        waitFor([&] { return driver.bench().controller.currentIndex() == 0 && !isCandidate(driver, kName); },
                60'000));
    ASSERT_TRUE(hasTaught(driver, 0));
}

TEST(InstantLearning, AnAnswerThatIsGivenWhileTheProjectIsReadIsNotLost)
{
    WindowDriver driver;
    show(driver, toy(driver, 0));
    driver.bench().settings.setInstantLearning(false);
    driver.bench().settings.setInstantLearning(true);
    EXPECT_FALSE(driver.bench().learning.isReady());
    nameIt(driver, kName);
    ASSERT_TRUE(driver.waitForSaved(0));
    EXPECT_TRUE(hasTaught(driver, 1));
}

TEST(InstantLearning, APhotoThatIsAnsweredBeforeItIsRecognisedTeachesTooAndForGood)
{
    WindowDriver driver;
    ASSERT_TRUE(isReady(driver));
    driver.bench().controller.addFiles({toy(driver, 0)});
    ASSERT_FALSE(driver.bench().controller.current()->recognition);
    ASSERT_TRUE(driver.bench().controller.answerNew(kName));
    ASSERT_TRUE(driver.waitForSaved(0));
    ASSERT_TRUE(hasTaught(driver, 1));
    driver.restart();
    EXPECT_TRUE(hasTaught(driver, 1));
}

TEST(InstantLearning, TheSwitchTurnsItOff)
{
    WindowDriver driver;
    ASSERT_TRUE(isReady(driver));
    show(driver, toy(driver, 0));
    nameIt(driver, kName);
    ASSERT_TRUE(driver.waitForSaved(0));
    ASSERT_TRUE(hasTaught(driver, 1));
    driver.click("navSettings");
    auto* button = driver.find<QAbstractButton>("instantLearning");
    EXPECT_TRUE(button->isChecked());
    EXPECT_EQ(button->accessibleName(), QStringLiteral("立即从纠正中学习"));
    button->setFocus();
    driver.press(Qt::Key_Space);
    EXPECT_FALSE(driver.bench().settings.instantLearning());
    EXPECT_EQ(button->text(), QStringLiteral("关"));
    driver.click("navRecognise");
    show(driver, toy(driver, 7));
    EXPECT_FALSE(isCandidate(driver, kName));
    driver.bench().settings.setInstantLearning(true);
    EXPECT_TRUE(waitFor([&] { return isCandidate(driver, kName); }, 60'000));
}

TEST(InstantLearning, APhotoOfNoProductIsSaidToBeOneUntilItIsTaught)
{
    WindowDriver driver;
    ASSERT_TRUE(isReady(driver));
    driver.drop({toy(driver, 0), toy(driver, 6)});
    ASSERT_TRUE(driver.waitForAnswer());
    const auto verdict = [&] { return driver.bench().controller.current()->recognition->unknown; };
    // What tells is measured in the background; then the photos that were recognised before hear of it.
    ASSERT_TRUE(waitFor([&] { return verdict().has_value(); }, 60'000));
    ASSERT_TRUE(verdict()->unknown());
    EXPECT_TRUE(driver.spoken("answerBanner").contains(QStringLiteral("可能不是您的商品")))
        << driver.spoken("answerBanner").toStdString();
    nameIt(driver, kName);
    ASSERT_TRUE(driver.waitForSaved(0));
    ASSERT_TRUE(waitFor([&] { return isCandidate(driver, kName); }, 60'000));
    EXPECT_FALSE(verdict());
    EXPECT_FALSE(driver.visible("answerBanner") &&
                 driver.spoken("answerBanner").contains(QStringLiteral("可能不是您的商品")));
}

TEST(InstantLearning, TheSettingsSayWhyNothingTellsUnknownProducts)
{
    WindowDriver driver;
    driver.click("navSettings");
    auto* note = driver.find<QLabel>("reviewNote");
    EXPECT_TRUE(note->text().isEmpty()) << note->text().toStdString();
    // A model without what it learnt from.
    ASSERT_TRUE(QDir().mkpath(paths::modelsDir()));
    ASSERT_TRUE(QFile::copy(paths::shippedFile(QStringLiteral("models/groceries.safetensors")),
                            paths::modelsDir() + QStringLiteral("/mine.safetensors")));
    driver.bench().settings.setModel(QStringLiteral("mine"));
    ASSERT_TRUE(waitFor([&] { return note->text().contains(QStringLiteral("可能不是您的商品")); }, 60'000));
    EXPECT_TRUE(note->text().contains(QStringLiteral("没有")));
    driver.bench().settings.setLanguage(QStringLiteral("en"));
    EXPECT_TRUE(waitFor([&] { return note->text().contains(QStringLiteral("none of your products")); }))
        << note->text().toStdString();
    driver.bench().settings.setModel(QStringLiteral("groceries"));
    EXPECT_TRUE(waitFor([&] { return note->text().isEmpty(); }, 60'000));
}
