#include "tests/support/FakeTraining.h"
#include "tests/support/ProjectPhotos.h"
#include "tests/support/WindowDriver.h"
#include "ui/charts/ClassBars.h"
#include "ui/charts/LineChart.h"
#include "ui/training/TrainingRunsModel.h"

#include <QAbstractButton>
#include <QAbstractItemModel>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QImage>
#include <QLabel>
#include <QListView>
#include <QTableView>

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <map>

using namespace goodsight;
using namespace goodsight::testsupport;

namespace {

std::shared_ptr<FakeTraining> script(WindowDriver& driver)
{
    auto made = std::make_shared<FakeTraining>();
    for (const char* id : {"avocado", "carrots", "granny-smith"})
        made->classes.append({QString::fromLatin1(id), {}, {}});
    made->epochs = learningCurve(5, 0.82);
    driver.bench().training.setFactory(fakeTrainingFactory(made));
    return made;
}

int pointsOf(WindowDriver& driver, const char* chart)
{
    const LineChart* found = nullptr;
    for (const LineChart* one : driver.window().findChildren<LineChart*>(QString::fromLatin1(chart))) {
        if (one->isVisible())
            found = one;
    }
    return found ? static_cast<int>(found->curves().first().points.size()) : -1;
}

} // namespace

TEST(TrainingPage, AnEmptyProjectSaysWhatToDo)
{
    WindowDriver driver;
    script(driver);
    driver.press(Qt::Key_3, Qt::ControlModifier);
    EXPECT_TRUE(driver.visible("trainingPage"));
    EXPECT_TRUE(driver.visible("trainingEmpty"));
    EXPECT_TRUE(driver.visible("trainingObstacle"));
    EXPECT_FALSE(driver.find<QAbstractButton>("startTraining")->isEnabled());
    driver.click("trainingProgress");
    EXPECT_TRUE(driver.visible("progressEmpty"));
    driver.click("trainingHistory");
    EXPECT_TRUE(driver.visible("historyEmpty"));
}

TEST(TrainingPage, CountsAreListedFewestFirstWithWhatIsTooFew)
{
    WindowDriver driver;
    script(driver);
    addLabelledSamples(driver);
    driver.click("navTraining");
    auto* list = driver.find<QListView>("labelCounts");
    ASSERT_TRUE(waitFor([&] { return list->model()->rowCount() == 6; }));
    EXPECT_TRUE(list->model()->index(0, 0).data().toString().contains(QStringLiteral("1 张，10 张更好")))
        << list->model()->index(0, 0).data().toString().toStdString();
}

TEST(TrainingPage, AKeyStartsTheRunAndTheCurvesGrow)
{
    WindowDriver driver;
    const auto made = script(driver);
    made->hang = true;
    addLabelledSamples(driver);
    driver.click("navTraining");
    ASSERT_TRUE(waitFor([&] { return driver.find<QAbstractButton>("startTraining")->isEnabled(); }));
    driver.press(Qt::Key_Return, Qt::ControlModifier);
    EXPECT_TRUE(driver.visible("trainingBar"));
    ASSERT_TRUE(waitFor([&] { return pointsOf(driver, "lossChart") == 5; }));
    EXPECT_EQ(pointsOf(driver, "accuracyChart"), 5);
    EXPECT_TRUE(driver.visible("cancelTraining"));

    driver.click("trainingSetup");
    driver.click("preset-thorough");
    driver.press(Qt::Key_Return, Qt::ControlModifier);
    EXPECT_EQ(driver.bench().training.waiting(), 1);
    EXPECT_TRUE(driver.visible("queueCard"));
    driver.click("cancelWaiting");
    EXPECT_EQ(driver.bench().training.waiting(), 0);
    EXPECT_FALSE(driver.visible("queueCard"));

    driver.click("cancelTraining");
    ASSERT_TRUE(waitFor([&] { return driver.bench().training.running() == nullptr; }));
    EXPECT_FALSE(driver.visible("cancelTraining"));
    driver.click("trainingHistory");
    EXPECT_EQ(driver.find<QTableView>("trainingRuns")->model()->rowCount(), 2);
    EXPECT_EQ(pointsOf(driver, "lossChart"), 0); // the newest is selected: it never ran
}

TEST(TrainingPage, PhotosHavePartsThatStayBeforeARunReadsThem)
{
    WindowDriver driver;
    const auto made = script(driver);
    const QString folder = sampleFolder(driver);
    // Every photo once more, a little smaller: near-duplicates, which must not be torn.
    for (const QString& product : QDir(folder).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        const QImage sample(folder + u'/' + product + QStringLiteral("/1.jpg"));
        ASSERT_TRUE(sample.scaledToWidth(sample.width() * 9 / 10, Qt::SmoothTransformation)
                        .save(folder + u'/' + product + QStringLiteral("/2.jpg")));
        ASSERT_TRUE(sample.mirrored(false, true).save(folder + u'/' + product + QStringLiteral("/3.jpg")));
    }
    importFolder(driver, folder);
    std::map<QString, std::map<QString, QString>> parts;
    driver.bench().training.setFactory([&](const TrainingWish& wish, TrainingCallbacks callbacks) {
        const auto rows = driver.bench().project.store()->photos(PhotoQuery::labelled());
        EXPECT_TRUE(rows);
        for (const PhotoRow& row : *rows)
            parts[row.labelId][QFileInfo(row.file).fileName()] = row.split;
        return fakeTrainingFactory(made)(wish, std::move(callbacks));
    });
    driver.click("navTraining");
    ASSERT_TRUE(waitFor([&] { return driver.find<QAbstractButton>("startTraining")->isEnabled(); }));
    driver.click("startTraining");
    ASSERT_TRUE(waitFor([&] { return parts.size() == 6; }));
    int val = 0;
    for (const auto& [product, files] : parts) {
        EXPECT_EQ(files.at(QStringLiteral("1.jpg")), files.at(QStringLiteral("2.jpg")))
            << product.toStdString();
        for (const auto& [file, part] : files) {
            EXPECT_FALSE(part.isEmpty()) << product.toStdString();
            val += part == partWord(Part::Val) ? 1 : 0;
        }
    }
    EXPECT_GT(val, 0);
    ASSERT_TRUE(waitFor([&] { return driver.bench().training.running() == nullptr; }));
}

TEST(TrainingPage, ARunWhoseProjectIsClosedWhileItsPhotosGetPartsBeginsAllTheSame)
{
    WindowDriver driver;
    const auto made = script(driver);
    addLabelledSamples(driver);
    driver.click("navTraining");
    ASSERT_TRUE(waitFor([&] { return driver.find<QAbstractButton>("startTraining")->isEnabled(); }));
    driver.click("startTraining");
    const QString dir = driver.bench().project.dir();
    driver.bench().project.open(driver.home() + QStringLiteral("/另一个.goodsight"));
    ASSERT_TRUE(waitFor([&] { return made->wishes.size() == 1; }));
    EXPECT_EQ(made->wishes.first().projectDir, dir);
    ASSERT_TRUE(waitFor([&] { return driver.bench().training.running() == nullptr; }));
    EXPECT_EQ(driver.bench().training.runs().last().state, TrainingRun::State::Done);
}

TEST(TrainingPage, TheTimeLeftTicksBetweenEpochsAndIsNotGivenForTheCheckAfterThem)
{
    WindowDriver driver(QStringLiteral("en"));
    const auto made = script(driver);
    made->hang = true;
    made->epochs = learningCurve(5, 0.82).first(1);
    made->epochs[0].secondsLeft = 40;
    addLabelledSamples(driver);
    driver.click("navTraining");
    ASSERT_TRUE(waitFor([&] { return driver.find<QAbstractButton>("startTraining")->isEnabled(); }));
    driver.click("startTraining");
    auto* left = driver.find<QLabel>("timeLeft");
    ASSERT_TRUE(waitFor([&] { return left->text().startsWith(QStringLiteral("about ")); }));
    const QString first = left->text();
    EXPECT_TRUE(waitFor([&] { return left->text() != first; })) << first.toStdString();
    EXPECT_TRUE(left->text().startsWith(QStringLiteral("about 3"))) << left->text().toStdString();
    driver.click("cancelTraining");
    ASSERT_TRUE(waitFor([&] { return driver.bench().training.running() == nullptr; }));

    made->epochs = learningCurve(5, 0.82); // after the last one the model is checked, which takes a while
    driver.click("trainingSetup");
    driver.click("startTraining");
    ASSERT_TRUE(waitFor([&] { return pointsOf(driver, "lossChart") == 5; }));
    EXPECT_EQ(left->text(), QStringLiteral("Checking the model …"));
}

TEST(TrainingPage, AFailedRunSaysWhyAndTwoAreCompared)
{
    WindowDriver driver;
    const auto made = script(driver);
    addLabelledSamples(driver);
    driver.click("navTraining");
    ASSERT_TRUE(waitFor([&] { return driver.find<QAbstractButton>("startTraining")->isEnabled(); }));
    driver.click("startTraining");
    ASSERT_TRUE(waitFor([&] { return driver.visible("trainingBanner"); }));
    const QString right = QString::number(qRound(made->epochs.last().valTop1 * 100));
    EXPECT_TRUE(driver.spoken("trainingBanner").contains(right))
        << driver.spoken("trainingBanner").toStdString();
    made->failure = {QStringLiteral("disk-full"), QStringLiteral("磁盘已满。"),
                     QStringLiteral("请腾出空间。")};
    driver.click("trainingSetup");
    driver.click("startTraining");
    ASSERT_TRUE(
        waitFor([&] { return driver.spoken("trainingBanner").contains(QStringLiteral("磁盘已满。")); }));
    driver.click("trainingHistory");
    auto* table = driver.find<QTableView>("trainingRuns");
    ASSERT_EQ(table->model()->rowCount(), 2);
    table->selectRow(0);
    EXPECT_TRUE(driver.visible("runError"));
    table->setFocus();
    table->selectAll();
    EXPECT_FALSE(driver.visible("runError"));
    for (const LineChart* chart : driver.window().findChildren<LineChart*>(QStringLiteral("accuracyChart"))) {
        if (chart->isVisible()) {
            EXPECT_EQ(chart->curves().size(), 4); // two runs, first and among three
            EXPECT_EQ(chart->curves().last().points.size(), 5);
        }
    }
}

TEST(TrainingPage, TheLossChartSaysWhatItsCurvesAre)
{
    WindowDriver driver(QStringLiteral("en"));
    const auto made = script(driver);
    made->hang = true;
    addLabelledSamples(driver);
    driver.click("navTraining");
    ASSERT_TRUE(waitFor([&] { return driver.find<QAbstractButton>("startTraining")->isEnabled(); }));
    driver.click("startTraining");
    ASSERT_TRUE(waitFor([&] { return pointsOf(driver, "lossChart") == 5; }));
    const auto labels = driver.find("trainingPage")->findChildren<QLabel*>();
    EXPECT_TRUE(std::any_of(labels.begin(), labels.end(), [](const QLabel* label) {
        return label->isVisible() && label->text().contains(QStringLiteral("smoothed labels"));
    }));
}

TEST(TrainingPage, TheWeakestProductsHaveTheirShareAndTheRunsOwnCounts)
{
    WindowDriver driver(QStringLiteral("en"));
    const auto made = script(driver);
    made->hang = true;
    made->photos = {70, 31, 4};
    addLabelledSamples(driver); // one photo each
    driver.click("navTraining");
    ASSERT_TRUE(waitFor([&] { return driver.find<QAbstractButton>("startTraining")->isEnabled(); }));
    driver.click("startTraining");
    ASSERT_TRUE(waitFor([&] { return pointsOf(driver, "lossChart") == 5; }));
    const auto* bars = driver.find("trainingPage")->findChild<ClassBars*>();
    ASSERT_NE(bars, nullptr);
    ASSERT_EQ(bars->bars().size(), 3);
    EXPECT_DOUBLE_EQ(bars->bars()[0].share, 0.25);
    EXPECT_EQ(bars->bars()[0].note, QStringLiteral("only 4 photos: take more"));
    EXPECT_DOUBLE_EQ(bars->bars()[1].share, 0.5);
    EXPECT_EQ(bars->bars()[1].note, QStringLiteral("70 photos"));
    driver.bench().project.open(driver.home() + QStringLiteral("/another.goodsight"));
    ASSERT_TRUE(waitFor([&] { return driver.bench().project.store() != nullptr; }));
    driver.click("navRecognise");
    driver.click("navTraining");
    EXPECT_EQ(bars->bars()[1].note, QStringLiteral("70 photos")) << "of the run, not of the project";

    driver.click("cancelTraining");
    ASSERT_TRUE(waitFor([&] { return driver.bench().training.running() == nullptr; }));
    driver.click("trainingHistory");
    const auto* runs = driver.find<QTableView>("trainingRuns")->model();
    EXPECT_EQ(runs->index(0, TrainingRunsModel::Photos).data().toString(), QStringLiteral("105"));
}

TEST(TrainingPage, AllSelectedRunsAreDrawn)
{
    WindowDriver driver;
    script(driver);
    addLabelledSamples(driver);
    driver.click("navTraining");
    ASSERT_TRUE(waitFor([&] { return driver.find<QAbstractButton>("startTraining")->isEnabled(); }));
    const auto curves = [&](const char* chart) {
        for (const LineChart* one : driver.window().findChildren<LineChart*>(QString::fromLatin1(chart)))
            if (one->isVisible())
                return one->curves().size();
        return qsizetype(-1);
    };
    auto* table = driver.find<QTableView>("trainingRuns");
    for (int runs = 1; runs <= 4; ++runs) {
        driver.click("trainingSetup");
        driver.click("startTraining");
        ASSERT_TRUE(waitFor([&] { return table->model()->rowCount() == runs; }));
        driver.click("trainingHistory");
        table->setFocus();
        table->selectAll();
        if (runs >= 2) {
            EXPECT_EQ(curves("lossChart"), std::min(runs, 3));
            EXPECT_EQ(curves("accuracyChart"), 2 * std::min(runs, 3));
        }
    }
    EXPECT_TRUE(driver.find<QLabel>("historyHint")->text().contains(u'3')) << "it says so";
}

TEST(TrainingPage, TheRecipeAndTheHistoryAreRemembered)
{
    WindowDriver driver;
    script(driver);
    addLabelledSamples(driver);
    driver.click("navTraining");
    driver.click("preset-classic");
    ASSERT_TRUE(waitFor([&] { return driver.find<QAbstractButton>("startTraining")->isEnabled(); }));
    driver.click("startTraining");
    ASSERT_TRUE(waitFor([&] { return driver.visible("trainingBanner"); }));
    driver.restart();
    driver.click("navTraining");
    EXPECT_TRUE(driver.find<QAbstractButton>("preset-classic")->isChecked());
    driver.click("trainingHistory");
    EXPECT_EQ(driver.find<QTableView>("trainingRuns")->model()->rowCount(), 1);
}

TEST(TrainingPage, ARunWithoutValidationPhotosSaysSo)
{
    WindowDriver driver;
    const auto made = script(driver);
    for (EpochReport& epoch : made->epochs) {
        for (double* figure : {&epoch.valLoss, &epoch.valTop1, &epoch.valTop3})
            *figure = std::numeric_limits<double>::quiet_NaN();
    }
    addLabelledSamples(driver);
    driver.click("navTraining");
    ASSERT_TRUE(waitFor([&] { return driver.find<QAbstractButton>("startTraining")->isEnabled(); }));
    driver.click("startTraining");
    ASSERT_TRUE(waitFor([&] { return driver.visible("trainingBanner"); }));
    EXPECT_TRUE(driver.spoken("trainingBanner").contains(QStringLiteral("没有留出照片")))
        << driver.spoken("trainingBanner").toStdString();
    EXPECT_EQ(pointsOf(driver, "lossChart"), 5);
}

TEST(TrainingPage, AStoppedRunGoesOnFromTheHistoryAfterARestart)
{
    WindowDriver driver;
    auto made = script(driver);
    made->keeps = made->hang = true;
    addLabelledSamples(driver);
    driver.click("navTraining");
    ASSERT_TRUE(waitFor([&] { return driver.find<QAbstractButton>("startTraining")->isEnabled(); }));
    driver.click("startTraining");
    ASSERT_TRUE(waitFor([&] { return pointsOf(driver, "lossChart") == 5; }));
    driver.restart(); // in the middle of it
    made = script(driver);
    driver.click("navTraining");
    driver.click("trainingHistory");
    const auto* runs = driver.find<QTableView>("trainingRuns")->model();
    ASSERT_EQ(runs->rowCount(), 1);
    EXPECT_EQ(runs->index(0, TrainingRunsModel::State).data().toString(), QStringLiteral("已停止"));
    EXPECT_TRUE(runs->index(0, TrainingRunsModel::Kept).data().toString().startsWith(QStringLiteral("1")));
    EXPECT_TRUE(driver.find<QLabel>("historyHint")->text().contains(QStringLiteral("磁盘")));
    driver.click("forgetRun"); // asks
    ASSERT_EQ(runs->rowCount(), 1);
    EXPECT_GE(driver.find("goOnRun")->height(), 44);
    driver.click("goOnRun");
    EXPECT_TRUE(driver.visible("trainingBar") || driver.visible("trainingBanner"));
    ASSERT_TRUE(waitFor([&] { return driver.visible("trainingBanner"); }));
    EXPECT_EQ(made->wishes.size(), 1);
    EXPECT_TRUE(QFile::exists(made->wishes.first().folder + QStringLiteral("/run.json")))
        << "it was asked to go on in the folder that the first one kept";
    driver.click("trainingHistory");
    EXPECT_EQ(runs->rowCount(), 1);
    EXPECT_FALSE(driver.visible("goOnRun"));
}

TEST(TrainingPage, PhotosThatARunCouldNotUseAreCounted)
{
    WindowDriver driver;
    const auto made = script(driver);
    made->lost = {QStringLiteral("没了.jpg"), QStringLiteral("坏了.jpg")};
    made->hang = true;
    addLabelledSamples(driver);
    driver.click("navTraining");
    ASSERT_TRUE(waitFor([&] { return driver.find<QAbstractButton>("startTraining")->isEnabled(); }));
    driver.click("startTraining");
    const QString count = QStringLiteral("有 2 张照片无法使用");
    ASSERT_TRUE(waitFor([&] { return driver.spoken("trainingBanner").contains(count); }));
    EXPECT_TRUE(driver.spoken("trainingBanner").contains(QStringLiteral("没了.jpg")));
    driver.click("cancelTraining");
    ASSERT_TRUE(waitFor([&] { return driver.bench().training.running() == nullptr; }));
    driver.click("trainingHistory");
    EXPECT_TRUE(driver.spoken("runError").contains(count)) << driver.spoken("runError").toStdString();
    made->hang = false;
    driver.click("trainingSetup");
    driver.click("startTraining");
    ASSERT_TRUE(
        waitFor([&] { return driver.spoken("trainingBanner").contains(QStringLiteral("训练完成")); }));
    EXPECT_TRUE(driver.spoken("trainingBanner").contains(count))
        << driver.spoken("trainingBanner").toStdString();
}
