#include "ui/settings/AnswerSettings.h"
#include "tests/support/ProjectPhotos.h"
#include "tests/support/WindowDriver.h"
#include "ui/settings/EffectWords.h"
#include "ui/settings/SwitchMeasurementJob.h"

#include <QComboBox>
#include <QDir>
#include <QFile>
#include <QLabel>

#include <gtest/gtest.h>

using namespace goodsight;
using namespace goodsight::testsupport;

namespace {

constexpr int kPatience = 60'000;

const Recognition& answer(WindowDriver& driver)
{
    return *driver.bench().controller.current()->recognition;
}

/// One step down in a list with the keyboard.
void chooseNext(WindowDriver& driver, const char* list)
{
    driver.find(list)->setFocus();
    driver.press(Qt::Key_Down);
}

AnswerSettings& switches(WindowDriver& driver)
{
    return *driver.window().findChild<AnswerSettings*>();
}

QString note(WindowDriver& driver, const char* name)
{
    return driver.find<QLabel>(name)->text();
}

/// Copies of the samples that differ in bytes alone, with their labels, all but one a product on val.
void addManySamples(WindowDriver& driver)
{
    constexpr int kCopies = 7;
    addLabelledSamples(driver);
    const QDir samples(sourceDir() + QStringLiteral("/resources/samples"));
    DatasetStore& store = *driver.bench().project.store();
    for (const QString& file : samples.entryList({QStringLiteral("*.jpg")})) {
        QFile sample(samples.filePath(file));
        ASSERT_TRUE(sample.open(QIODevice::ReadOnly));
        const QByteArray bytes = sample.readAll();
        for (int copy = 1; copy < kCopies; ++copy) {
            Answer given;
            given.photo.bytes = bytes + QByteArray(copy, '\0');
            given.photo.suffix = QStringLiteral("jpg");
            given.photo.source = QStringLiteral("file");
            given.labelId = file.section(u'-', 1).section(u'.', 0, 0);
            ASSERT_TRUE(store.answer(given));
        }
    }
    SplitOptions options;
    options.val = 0.85;
    const auto parts = store.split(options, {});
    ASSERT_TRUE(parts);
    ASSERT_GE(parts->val, kMeasuredAtLeast);
}

bool isIdle(WindowDriver& driver)
{
    return waitFor([&] { return !driver.bench().switches.busy(); }, 2 * kPatience);
}

} // namespace

TEST(AnswerSettings, MoreViewsAnswerTheNextPhotoAndTheOneOnTheScreenAndAreRemembered)
{
    WindowDriver driver;
    driver.drop({driver.sample(QStringLiteral("avocado"))});
    ASSERT_TRUE(driver.waitForAnswer());
    ASSERT_EQ(answer(driver).views, 1);
    const std::vector<float> before = answer(driver).logits;
    driver.click("navSettings");
    chooseNext(driver, "moreViews");
    chooseNext(driver, "moreViews");
    EXPECT_EQ(driver.bench().settings.augmentation(), QStringLiteral("always"));
    driver.click("navRecognise");
    ASSERT_TRUE(waitFor(
        [&] {
            const QueueItem* item = driver.bench().controller.current();
            return item->recognition && item->recognition->views == 1 + kExtraViews;
        },
        kPatience));
    EXPECT_NE(answer(driver).logits, before);
    EXPECT_TRUE(driver.find<QLabel>("statusTimes")->text().contains(QStringLiteral("多视角 1 / 1 张")))
        << driver.find<QLabel>("statusTimes")->text().toStdString();
    // Answered again without a pass, it keeps its views.
    const std::vector<float> mean = answer(driver).logits;
    driver.bench().settings.setCalibrated(false);
    const double calibrated = answer(driver).top.first().confidence;
    ASSERT_TRUE(waitFor([&] { return answer(driver).top.first().confidence != calibrated; }, kPatience));
    EXPECT_EQ(answer(driver).views, 1 + kExtraViews);
    for (std::size_t i = 0; i < mean.size(); ++i)
        ASSERT_NEAR(answer(driver).logits[i], mean[i], 1e-2F);
    driver.restart();
    EXPECT_EQ(driver.window().findChild<QComboBox*>(QStringLiteral("moreViews"))->currentIndex(), 2);
    driver.drop({driver.sample(QStringLiteral("carrots"))});
    ASSERT_TRUE(driver.waitForAnswer());
    EXPECT_EQ(answer(driver).views, 1 + kExtraViews);
}

TEST(AnswerSettings, WithoutCalibrationConfidencesDifferAndTheOrderDoesNot)
{
    WindowDriver driver;
    driver.drop({driver.sample(QStringLiteral("avocado"))});
    ASSERT_TRUE(driver.waitForAnswer());
    const Candidate before = answer(driver).top.first();
    driver.click("navSettings");
    driver.find("calibrated")->setFocus();
    driver.press(Qt::Key_Space);
    EXPECT_FALSE(driver.bench().settings.calibrated());
    ASSERT_TRUE(
        waitFor([&] { return answer(driver).top.first().confidence != before.confidence; }, kPatience));
    EXPECT_EQ(answer(driver).top.first().id, before.id);
    driver.restart();
    EXPECT_FALSE(driver.bench().settings.calibrated());
}

TEST(AnswerSettings, TheStoresHabitsMoveACandidateAndOneClickTurnsThemOffForGood)
{
    WindowDriver driver;
    driver.bench().settings.setInstantLearning(false);
    const QString grey = driver.home() + QStringLiteral("/grey.png");
    QImage plain(640, 480, QImage::Format_RGB32);
    plain.fill(QColor(120, 124, 110));
    ASSERT_TRUE(plain.save(grey));
    driver.drop({grey});
    ASSERT_TRUE(driver.waitForAnswer());
    EXPECT_FALSE(driver.visible("priorMoved"));
    // The second of a doubtful photo is what this store answers all day.
    const QString usual = answer(driver).top.at(1).id;
    const double before = answer(driver).top.at(1).confidence;
    for (int photo = 0; photo < 60; ++photo) {
        plain.fill(QColor(photo, 0, 0));
        Answer given;
        given.photo.path = driver.home() + QStringLiteral("/%1.png").arg(photo);
        ASSERT_TRUE(plain.save(given.photo.path));
        given.labelId = usual;
        ASSERT_TRUE(driver.bench().project.store()->answer(given));
    }
    driver.click("navSettings");
    chooseNext(driver, "prior");
    EXPECT_EQ(driver.bench().settings.prior(), Settings::Prior::Project);
    driver.click("navRecognise");
    ASSERT_TRUE(waitFor([&] { return driver.visible("priorMoved"); }, kPatience));
    const Candidate& first = answer(driver).top.first();
    EXPECT_EQ(first.id, usual);
    EXPECT_GT(first.confidence, before);
    const auto* card = driver.find<CandidateCard>("candidate1");
    EXPECT_EQ(card->priorText(),
              QStringLiteral("▲ +%1 个百分点").arg(qRound((first.confidence - before) * 100)));
    EXPECT_TRUE(card->accessibleName().contains(card->priorText()));
    driver.click("turnPriorOff");
    ASSERT_TRUE(waitFor([&] { return !driver.visible("priorMoved"); }, kPatience));
    EXPECT_EQ(card->priorText(), QString());
    driver.restart();
    EXPECT_EQ(driver.bench().settings.prior(), Settings::Prior::Off);
}

TEST(AnswerSettings, ABadTableSaysInPlaceWhatIsWrong)
{
    WindowDriver driver;
    const QString table = driver.home() + QStringLiteral("/搭配.csv");
    const auto write = [&](const char* text) {
        QFile file(table);
        EXPECT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(text);
    };
    driver.click("navSettings");
    EXPECT_FALSE(driver.visible("priorFile"));
    write("label_a,label_b,weight\navocado,carrots,lots\n");
    switches(driver).setPriorFile(table);
    ASSERT_TRUE(waitFor([&] { return driver.visible("priorError"); }, kPatience));
    EXPECT_TRUE(note(driver, "priorError").contains(QStringLiteral("lots")));
    EXPECT_TRUE(driver.visible("priorFile"));
    EXPECT_TRUE(note(driver, "priorFileNote").contains(QStringLiteral("搭配.csv")));
    driver.restart();
    ASSERT_TRUE(waitFor([&] { return driver.bench().prior.error().has_value(); }, kPatience));
    write("label_a,label_b,weight\navocado,carrots,40\n");
    driver.bench().settings.setPrior(Settings::Prior::Off);
    EXPECT_FALSE(driver.bench().prior.error());
    driver.bench().settings.setPrior(Settings::Prior::File);
    EXPECT_TRUE(waitFor([&] { return driver.bench().prior.step() != nullptr; }, kPatience));
}

TEST(AnswerSettings, WithTooFewPhotosASentenceSaysSo)
{
    WindowDriver driver;
    addLabelledSamples(driver);
    driver.click("navSettings");
    EXPECT_EQ(note(driver, "moreViewsNote"), QStringLiteral("尚未测量。"));
    driver.find("measureSwitches")->setFocus();
    driver.press(Qt::Key_Space);
    ASSERT_TRUE(isIdle(driver));
    ASSERT_TRUE(waitFor([&] { return note(driver, "measuringNote").contains(QStringLiteral("需要 30 张")); }))
        << note(driver, "measuringNote").toStdString();
    EXPECT_EQ(note(driver, "moreViewsNote"), QStringLiteral("尚未测量。"));
}

TEST(AnswerSettings, MeasuringCanBeCancelledAndIsRememberedAndFadesWithAnotherModel)
{
    WindowDriver driver;
    addManySamples(driver);
    driver.click("navSettings");
    driver.find("measureSwitches")->setFocus();
    driver.press(Qt::Key_Space);
    EXPECT_TRUE(driver.visible("measuringProgress"));
    driver.press(Qt::Key_Space); // the focus went to Cancel
    ASSERT_TRUE(isIdle(driver));
    ASSERT_TRUE(waitFor([&] { return note(driver, "measuringNote") == QStringLiteral("已取消。"); }));
    EXPECT_FALSE(driver.bench().switches.last());

    driver.click("measureSwitches");
    ASSERT_TRUE(isIdle(driver));
    ASSERT_TRUE(driver.bench().switches.last()) << note(driver, "measuringNote").toStdString();
    const SwitchEffects effects = *driver.bench().switches.last();
    EXPECT_GE(effects.photos, kMeasuredAtLeast);
    EXPECT_GT(effects.plain.top1, 0.9) << "the samples are easy";
    EXPECT_GT(effects.alwaysMs, effects.automaticMs);
    EXPECT_TRUE(
        note(driver, "moreViewsNote").startsWith(QStringLiteral("在 %1 张验证照片上：").arg(effects.photos)))
        << note(driver, "moreViewsNote").toStdString();
    EXPECT_TRUE(note(driver, "calibratedNote").contains(QStringLiteral("%")));
    for (const char* words : {"calibratedNote", "moreViewsNote"})
        EXPECT_FALSE(note(driver, words).contains(QStringLiteral(" %"))) << note(driver, words).toStdString();
    driver.restart();
    ASSERT_TRUE(driver.bench().switches.last());
    EXPECT_EQ(driver.bench().switches.last()->photos, effects.photos);
    EXPECT_FALSE(driver.bench().switches.isStale());
    LoadedModel other;
    other.fingerprint = QStringLiteral("other");
    driver.bench().switches.setModel(other);
    EXPECT_TRUE(driver.bench().switches.isStale());
    EXPECT_EQ(
        driver.window().findChild<QLabel*>(QStringLiteral("moreViewsNote"))->property("kind").toString(),
        QStringLiteral("faded"));
}

TEST(AnswerSettings, OnePhotoIsOnePhotoInEnglish)
{
    const WindowDriver driver(QStringLiteral("en"));
    EXPECT_EQ(useText({1, 1, 12.0}),
              QStringLiteral("So far: 1 of 1 photo, 12 ms more for each photo on average."));
}
