#include "ui/evaluation/EvaluationPage.h"
#include "tests/support/ChangedModel.h"
#include "tests/support/ProjectPhotos.h"
#include "tests/support/WindowDriver.h"
#include "ui/charts/ConfusionView.h"
#include "ui/evaluation/EvaluationBar.h"
#include "ui/evaluation/MixUpList.h"
#include "ui/evaluation/PhotoStrip.h"

#include <QAbstractItemModel>
#include <QComboBox>
#include <QDir>
#include <QImage>
#include <QLabel>
#include <QSignalSpy>
#include <QSlider>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTableView>

#include <gtest/gtest.h>

using namespace goodsight;
using namespace goodsight::testsupport;

namespace {

bool waitForFigures(WindowDriver& driver)
{
    return waitFor(
        [&] { return !driver.bench().evaluation.busy() && driver.bench().evaluation.last() != nullptr; },
        60'000);
}

/// Measures on all that is labelled: six samples have no validation part.
void measureAll(WindowDriver& driver)
{
    driver.find<EvaluationPage>("evaluationPage")->bar().setData(EvaluationData::Project);
    driver.click("runEvaluation");
}

/// The samples, three of each, in the driver's project.
void importThreeOfEach(WindowDriver& driver)
{
    const QString folder = sampleFolder(driver);
    for (const QString& product : QDir(folder).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        const QImage sample(folder + u'/' + product + QStringLiteral("/1.jpg"));
        ASSERT_TRUE(sample.mirrored(true, false).save(folder + u'/' + product + QStringLiteral("/2.jpg")));
        ASSERT_TRUE(sample.mirrored(false, true).save(folder + u'/' + product + QStringLiteral("/3.jpg")));
    }
    importFolder(driver, folder);
}

QStringList hashesOf(WindowDriver& driver, Part part)
{
    QStringList hashes;
    const auto rows = driver.bench().project.store()->photos(PhotoQuery::labelled());
    EXPECT_TRUE(rows);
    for (const PhotoRow& row : *rows) {
        if (row.split == partWord(part))
            hashes.append(row.sha256);
    }
    return hashes;
}

} // namespace

TEST(EvaluationPage, TheFirstChoiceIsAValidationPartWhichIsMadeForIt)
{
    WindowDriver driver;
    importThreeOfEach(driver);
    driver.click("navEvaluation");
    driver.press(Qt::Key_Return, Qt::ControlModifier);
    ASSERT_TRUE(waitForFigures(driver));
    const QStringList val = hashesOf(driver, Part::Val);
    EXPECT_FALSE(val.isEmpty());
    EXPECT_EQ(driver.bench().evaluation.last()->report.metrics.photos, val.size());
    EXPECT_EQ(hashesOf(driver, Part::Train).size() + val.size(), 18);
}

TEST(EvaluationPage, PhotosThatTheModelLearntFromAreLeftOutOfTheValidationPart)
{
    WindowDriver driver;
    importThreeOfEach(driver);
    ASSERT_TRUE(driver.bench().project.store()->split({}));
    const QStringList val = hashesOf(driver, Part::Val);
    ASSERT_GT(val.size(), 2);
    installRotated(QStringLiteral("grown"), {}, {val[0], val[1]});
    driver.click("navEvaluation");
    auto* models = driver.find<QComboBox>("evaluationModel");
    models->setCurrentIndex(models->findData(QStringLiteral("grown")));
    driver.press(Qt::Key_Return, Qt::ControlModifier);
    ASSERT_TRUE(waitForFigures(driver));
    const EvaluationPtr part = driver.bench().evaluation.last();
    ASSERT_EQ(part->model.id, QStringLiteral("grown"));
    EXPECT_EQ(part->report.metrics.photos, val.size() - 2);
    EXPECT_EQ(part->learnt, 2);
    EXPECT_TRUE(driver.find<QLabel>("evaluationSummary")->text().contains(QStringLiteral("不计 2 张")))
        << driver.find<QLabel>("evaluationSummary")->text().toStdString();
    measureAll(driver);
    ASSERT_TRUE(waitFor([&] { return driver.bench().evaluation.last() != part; }, 60'000));
    EXPECT_EQ(driver.bench().evaluation.last()->report.metrics.photos, 18);
    EXPECT_EQ(driver.bench().evaluation.last()->learnt, 2);

    installRotated(QStringLiteral("full"), {}, val);
    QSignalSpy failed(&driver.bench().evaluation, &EvaluationController::failed);
    EvaluationWish wish = part->wish;
    wish.model = QStringLiteral("full");
    driver.bench().evaluation.start(wish);
    ASSERT_TRUE(waitFor([&] { return failed.size() == 1; }, 60'000));
    EXPECT_EQ(failed.first().first().value<Error>().code, QStringLiteral("no-photos"));
}

TEST(EvaluationPage, WithoutLabelledPhotosASentenceSaysSo)
{
    WindowDriver driver;
    driver.press(Qt::Key_4, Qt::ControlModifier);
    EXPECT_TRUE(driver.visible("evaluationPage"));
    EXPECT_TRUE(driver.visible("evaluationEmpty"));
    EXPECT_FALSE(driver.visible("evaluationOverview"));
    driver.press(Qt::Key_Return, Qt::ControlModifier);
    ASSERT_TRUE(waitFor([&] { return driver.visible("evaluationBanner"); }, 60'000));
    EXPECT_TRUE(driver.visible("evaluationEmpty"));
}

TEST(EvaluationPage, MeasuresTheProjectAndShowsThePhotosOfACell)
{
    WindowDriver driver;
    // Five as they are, the carrots as an avocado: one mistake for certain.
    addLabelledSamples(driver, {{QStringLiteral("carrots"), QStringLiteral("avocado")}});
    driver.click("navEvaluation");
    measureAll(driver);
    EXPECT_TRUE(driver.visible("cancelEvaluation"));
    EXPECT_TRUE(driver.visible("evaluationProgress"));
    ASSERT_TRUE(waitForFigures(driver));
    EXPECT_FALSE(driver.visible("cancelEvaluation"));
    const EvaluationPtr found = driver.bench().evaluation.last();
    EXPECT_EQ(found->report.metrics.photos, 6);
    EXPECT_DOUBLE_EQ(found->report.metrics.top1, 5.0 / 6);
    EXPECT_EQ(driver.find<QLabel>("evaluationHeadline")->text(),
              QStringLiteral("每 100 张照片，83 张一次就对，%1 张的答案在前三里。")
                  .arg(qRound(found->report.metrics.top3 * 100)));

    driver.click("evaluationMixUps");
    EXPECT_EQ(driver.find<ConfusionView>("confusionView")->classes(), 6);
    auto* mixUps = driver.find<MixUpList>("mixUps");
    ASSERT_EQ(mixUps->count(), 1);
    mixUps->setCurrentRow(0);
    mixUps->setFocus();
    driver.press(Qt::Key_Return);
    EXPECT_TRUE(driver.visible("cellPhotos"));
    EXPECT_EQ(driver.find<PhotoStrip>("cellPhotos")->count(), 1);
    EXPECT_TRUE(driver.find<QLabel>("cellTitle")->text().contains(QStringLiteral("胡萝卜")));
    auto* strip = driver.find<PhotoStrip>("cellPhotos");
    strip->setCurrentRow(0);
    strip->setFocus();
    driver.press(Qt::Key_Return); // to answer it anew
    EXPECT_TRUE(driver.visible("recognitionPage"));
}

TEST(EvaluationPage, TheTableIsWorstFirstAndTheBudgetIsRemembered)
{
    WindowDriver driver;
    addLabelledSamples(driver, {{QStringLiteral("carrots"), QStringLiteral("avocado")}});
    driver.click("navEvaluation");
    measureAll(driver);
    ASSERT_TRUE(waitForFigures(driver));
    driver.click("evaluationProducts");
    auto* table = driver.find<QTableView>("classTable");
    ASSERT_EQ(table->model()->rowCount(), 5);
    EXPECT_EQ(table->model()->index(0, 0).data().toString(), QStringLiteral("牛油果"));
    EXPECT_EQ(table->model()->index(0, 1).data().toString(), QStringLiteral("2"));
    driver.click("evaluationCertainty");
    auto* slider = driver.find<QSlider>("budgetSlider");
    slider->setFocus();
    driver.press(Qt::Key_Right);
    EXPECT_EQ(driver.find<QLabel>("budgetPromise")->text(), QStringLiteral("最多错 2%"));
    // Six photos promise nothing.
    EXPECT_TRUE(driver.find<QLabel>("budgetOutcome")->text().startsWith(QStringLiteral("照片太少")));
    const int chosen = slider->value();
    driver.restart();
    EXPECT_EQ(driver.window().findChild<QSlider*>(QStringLiteral("budgetSlider"))->value(), chosen);
}

TEST(EvaluationPage, MeasuresAFolderByTheNamesOfItsFolders)
{
    WindowDriver driver;
    driver.click("navEvaluation");
    driver.find<EvaluationPage>("evaluationPage")->bar().setFolder(sampleFolder(driver));
    driver.click("runEvaluation");
    ASSERT_TRUE(waitForFigures(driver));
    EXPECT_EQ(driver.bench().evaluation.last()->report.metrics.photos, 6);
    EXPECT_DOUBLE_EQ(driver.bench().evaluation.last()->report.metrics.top1, 1);
    EXPECT_EQ(driver.photos(), 0); // nothing enters the project
}

TEST(EvaluationPage, CancelEndsItAndSaysSo)
{
    WindowDriver driver;
    addLabelledSamples(driver);
    driver.click("navEvaluation");
    measureAll(driver);
    driver.click("cancelEvaluation");
    ASSERT_TRUE(waitFor([&] { return !driver.bench().evaluation.busy(); }, 60'000));
    EXPECT_TRUE(driver.visible("runEvaluation"));
    EXPECT_TRUE(driver.visible("evaluationBanner"));
    EXPECT_EQ(driver.bench().evaluation.last(), nullptr);
}

TEST(EvaluationPage, TheNewestQuarterIsComparedWithTheTrainingAndAllAreOnTheMap)
{
    const QString photos = shared(QStringLiteral("data/grocery/val/Vegetables"));
    if (photos.isEmpty())
        GTEST_SKIP() << kNoShared;
    WindowDriver driver;
    importFolder(driver, photos);
    driver.click("navEvaluation");
    measureAll(driver);
    ASSERT_TRUE(waitForFigures(driver));
    const EvaluationPtr found = driver.bench().evaluation.last();
    EXPECT_EQ(found->map.size(), std::ssize(found->report.photos));
    ASSERT_TRUE(found->drift);
    EXPECT_EQ(found->drift->look.recent, found->report.metrics.photos / 4);
    EXPECT_TRUE(found->drift->fromTraining);
    EXPECT_EQ(found->drift->look.training, 296); // what the shipped model keeps of its val photos
    driver.click("evaluationMap");
    EXPECT_FALSE(driver.find<QLabel>("drift")->text().startsWith(QStringLiteral("没有可比的")));
}

TEST(EvaluationPage, AProjectThatCannotBeReadIsNoEvaluationOfItsPart)
{
    WindowDriver driver;
    addLabelledSamples(driver);
    {
        QSqlDatabase database =
            QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("breaks"));
        database.setDatabaseName(driver.bench().project.dir() + QStringLiteral("/project.sqlite"));
        ASSERT_TRUE(database.open());
        ASSERT_TRUE(QSqlQuery(database).exec(QStringLiteral("DROP TABLE splits")));
    }
    QSqlDatabase::removeDatabase(QStringLiteral("breaks"));
    QSignalSpy failed(&driver.bench().evaluation, &EvaluationController::failed);
    driver.click("navEvaluation");
    measureAll(driver);
    ASSERT_TRUE(waitFor([&] { return failed.size() == 1; }, 60'000));
    EXPECT_NE(failed.first().first().value<Error>().code, QStringLiteral("no-photos"));
    EXPECT_TRUE(driver.spoken("evaluationBanner").contains(QStringLiteral("default.goodsight")))
        << driver.spoken("evaluationBanner").toStdString();
    EXPECT_EQ(driver.bench().evaluation.last(), nullptr);
}
