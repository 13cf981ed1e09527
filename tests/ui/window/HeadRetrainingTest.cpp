#include "tests/support/WindowDriver.h"

#include <QDir>
#include <QLabel>
#include <QPainter>
#include <QSpinBox>

#include <gtest/gtest.h>

#include <algorithm>

using namespace goodsight;
using namespace goodsight::testsupport;

namespace {

const QString kName = QStringLiteral("wooden robot");
constexpr int kPatience = 60'000;
/// As many as a product needs to be in the head.
const int kAnswers = RetrainingOptions().fewestPhotos;

/// A thing that no model knows, seen `turn` degrees from upright.
QString toy(const WindowDriver& driver, int turn)
{
    QImage picture(480, 480, QImage::Format_RGB32);
    picture.fill(QColor(236, 232, 224));
    QPainter painter(&picture);
    painter.translate(240, 240);
    painter.rotate(turn);
    painter.setPen(QPen(QColor(20, 20, 40), 6));
    painter.setBrush(QColor(30, 80, 200));
    painter.drawRect(-90, -60, 180, 190);
    painter.setBrush(QColor(250, 190, 20));
    painter.drawEllipse(-70, -190, 140, 130);
    painter.setBrush(QColor(200, 30, 30));
    for (int i = 0; i < 4; ++i)
        painter.drawRect(-60 + i * 34, -20, 18, 120);
    painter.end();
    const QString file = QDir(driver.home()).filePath(QStringLiteral("robot%1.png").arg(turn));
    EXPECT_TRUE(picture.save(file));
    return file;
}

const HeadRetraining::State& state(WindowDriver& driver)
{
    return driver.bench().learning.retraining().state();
}

bool hasHead(WindowDriver& driver, int photos)
{
    return waitFor(
        [&] {
            return state(driver).head && state(driver).head->photos() == photos && !state(driver).fitting;
        },
        kPatience);
}

/// Answers a photo of the toy: by name the first time, by the first key afterwards.
void answerToy(WindowDriver& driver, int index, int turn)
{
    driver.drop({toy(driver, turn)});
    ASSERT_TRUE(driver.waitForAnswer());
    if (index == 0) {
        driver.press(Qt::Key_N, Qt::ControlModifier);
        driver.type(kName);
        driver.press(Qt::Key_Return);
    } else {
        ASSERT_TRUE(waitFor(
            [&] {
                const QList<Candidate> top = driver.bench().controller.current()->recognition->top;
                return !top.isEmpty() && (top.first().zh == kName || top.first().en == kName);
            },
            kPatience));
        driver.press(Qt::Key_1);
    }
    ASSERT_TRUE(driver.waitForSaved(0)); // each photo is a queue of its own
}

/// Whether the head's step spoke of the current photo.
bool headSpoke(WindowDriver& driver)
{
    const QueueItem* item = driver.bench().controller.current();
    return item && item->recognition &&
           std::any_of(item->recognition->top.begin(), item->recognition->top.end(),
                       [](const Candidate& one) {
                           return std::any_of(one.moves.begin(), one.moves.end(),
                                              [](const CandidateMove& move) { return move.step == u"head"; });
                       });
}

} // namespace

TEST(HeadRetraining, AfterEnoughAnswersTheHeadKnowsTheProductUntilTheyAreTakenBack)
{
    WindowDriver driver;
    ASSERT_TRUE(waitFor([&] { return driver.bench().learning.isReady(); }, kPatience));
    driver.click("navSettings");
    auto* every = driver.find<QSpinBox>("retrainAfter");
    EXPECT_EQ(every->value(), Settings::kDefaultRetrainAfter);
    every->setFocus();
    every->selectAll();
    driver.type(QString::number(kAnswers));
    driver.press(Qt::Key_Return);
    EXPECT_EQ(driver.bench().settings.retrainAfter(), kAnswers);
    auto* note = driver.find<QLabel>("retrainAfterNote");
    EXPECT_TRUE(note->text().contains(QStringLiteral("%1 次回答").arg(kAnswers)))
        << note->text().toStdString();

    driver.click("navRecognise");
    for (int i = 0; i < kAnswers; ++i) {
        EXPECT_FALSE(state(driver).head) << i;
        answerToy(driver, i, i * 4);
    }
    ASSERT_TRUE(hasHead(driver, kAnswers))
        << (state(driver).error ? state(driver).error->message.toStdString() : "");
    EXPECT_EQ(state(driver).head->classes.size(), 82);
    EXPECT_GE(state(driver).head->knownAccuracy, state(driver).head->knownAccuracyBefore - 0.01);
    EXPECT_TRUE(state(driver).fittedAt.isValid());
    EXPECT_TRUE(note->text().contains(QStringLiteral("根据 %1 次回答拟合").arg(kAnswers)))
        << note->text().toStdString();

    driver.drop({toy(driver, -11)});
    ASSERT_TRUE(driver.waitForAnswer());
    EXPECT_TRUE(headSpoke(driver));
    const Candidate first = driver.bench().controller.current()->recognition->top.first();
    EXPECT_TRUE(first.zh == kName || first.en == kName);
    EXPECT_EQ(first.plainConfidence, 0);
    driver.press(Qt::Key_Delete);

    // The head learnt from what is taken back: it has gone, and the answers left are too few for another one.
    driver.press(Qt::Key_Z, Qt::ControlModifier); // the skip
    driver.press(Qt::Key_Z, Qt::ControlModifier);
    ASSERT_TRUE(waitFor([&] { return driver.bench().learning.taughtPhotos() == kAnswers - 1; }, kPatience));
    EXPECT_FALSE(state(driver).head);
    EXPECT_FALSE(state(driver).fitting);
    ASSERT_TRUE(waitFor([&] { return !headSpoke(driver); }, kPatience));

    // Its answers are still there in the next session, and so is the head, once there are enough.
    driver.press(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    ASSERT_TRUE(waitFor([&] { return driver.bench().learning.taughtPhotos() == kAnswers; }, kPatience));
    ASSERT_TRUE(hasHead(driver, kAnswers));
    driver.restart();
    ASSERT_TRUE(hasHead(driver, kAnswers));

    driver.click("navSettings");
    auto* off = driver.find<QSpinBox>("retrainAfter");
    EXPECT_EQ(off->value(), kAnswers);
    off->setFocus();
    off->selectAll();
    driver.type(QStringLiteral("0"));
    driver.press(Qt::Key_Return);
    EXPECT_EQ(driver.bench().settings.retrainAfter(), 0);
    EXPECT_FALSE(state(driver).head);
    EXPECT_TRUE(driver.find<QLabel>("retrainAfterNote")->text().isEmpty());
}

TEST(HeadRetraining, AHeadThatLearntAChangedAnswerGoesThoughItsProductHasMorePhotosByNow)
{
    WindowDriver driver;
    ASSERT_TRUE(waitFor([&] { return driver.bench().learning.isReady(); }, kPatience));
    driver.bench().settings.setRetrainAfter(kAnswers);
    QString first;
    for (int i = 0; i < kAnswers; ++i) {
        answerToy(driver, i, i * 4);
        if (i == 0)
            first = driver.bench().controller.current()->recognition->sha256;
    }
    ASSERT_TRUE(hasHead(driver, kAnswers));
    for (int i = kAnswers; i < 2 * kAnswers - 1; ++i)
        answerToy(driver, i, i * 4);
    ASSERT_TRUE(waitFor([&] { return driver.bench().learning.taughtPhotos() == 2 * kAnswers - 1; }));
    const std::shared_ptr<const RetrainedHead> before = state(driver).head;
    ASSERT_TRUE(before);
    ASSERT_EQ(before->photos(), kAnswers);
    // More photos of the toy are left than the head learnt from, but not the ones that it learnt from.
    ASSERT_TRUE(driver.bench().project.store()->label(first, QStringLiteral("avocado")));
    EXPECT_TRUE(waitFor([&] { return state(driver).head != before; }, kPatience));
}

TEST(HeadRetraining, AnotherModelOrProjectEndsTheFitThatRuns)
{
    WindowDriver driver;
    ASSERT_TRUE(waitFor([&] { return driver.bench().learning.isReady(); }, kPatience));
    driver.bench().settings.setRetrainAfter(kAnswers);
    for (int i = 0; i < kAnswers; ++i)
        answerToy(driver, i, i * 4);
    ASSERT_TRUE(waitFor([&] { return state(driver).fitting || state(driver).head; }, kPatience));
    driver.bench().settings.setProjectDir(QDir(driver.home()).filePath(QStringLiteral("other.goodsight")));
    ASSERT_TRUE(waitFor(
        [&] { return driver.bench().learning.isReady() && driver.bench().learning.taughtPhotos() == 0; },
        kPatience));
    EXPECT_FALSE(state(driver).head);
    EXPECT_FALSE(state(driver).fitting);
    EXPECT_EQ(state(driver).missing, kAnswers);
}
