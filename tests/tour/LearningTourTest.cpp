#include "tests/support/FakeTraining.h"
#include "tests/support/ProjectPhotos.h"
#include "tests/tour/TourPicture.h"
#include "ui/charts/ConfusionView.h"
#include "ui/charts/EmbeddingMapView.h"
#include "ui/evaluation/EvaluationBar.h"
#include "ui/evaluation/EvaluationPage.h"
#include "ui/evaluation/MixUpList.h"

#include <QApplication>
#include <QMouseEvent>
#include <QSlider>
#include <QTableView>

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

using namespace goodsight;
using namespace goodsight::testsupport;

namespace {

/// The curves of these pictures are invented; the engine that draws real ones has its own tests.
std::shared_ptr<FakeTraining> script(WindowDriver& driver)
{
    auto made = std::make_shared<FakeTraining>();
    for (const char* id : {"avocado", "carrots", "granny-smith"})
        made->classes.append({QString::fromLatin1(id), {}, {}});
    made->photos = {41, 36, 7};
    driver.bench().training.setFactory(fakeTrainingFactory(made));
    return made;
}

void fillProject(WindowDriver& driver)
{
    const QString val = groceryPhotos(QStringLiteral("val"));
    if (val.isEmpty())
        addLabelledSamples(driver);
    else
        importFolder(driver, val);
}

void train(WindowDriver& driver, const char* preset)
{
    driver.click("trainingSetup");
    driver.click(preset);
    driver.click("startTraining");
    ASSERT_TRUE(waitFor([&] { return driver.bench().training.running() == nullptr; }));
}

void english(WindowDriver& driver, Settings::Theme theme)
{
    driver.bench().settings.setTheme(theme);
    driver.bench().settings.setLanguage(QStringLiteral("en"));
    ASSERT_TRUE(waitFor([&] { return driver.spoken("navPhotos") == u"Photos"; }));
}

/// A chart by itself, as large as the page gives it.
void pictureOf(QWidget& chart, const char* name)
{
    chart.resize(760, 620);
    QImage image(chart.size() * 2, QImage::Format_RGB32);
    image.setDevicePixelRatio(2);
    image.fill(Theme::colors().panel);
    chart.render(&image, {}, {}, QWidget::DrawChildren);
    ASSERT_TRUE(image.save(QStringLiteral(GOODSIGHT_TOUR_DIR "/%1.png").arg(QLatin1String(name))));
}

void hoverOver(EmbeddingMapView* map, int point)
{
    const QPointF place = map->placeOf(point).toPoint();
    QMouseEvent move(QEvent::MouseMove, place, map->mapToGlobal(place), Qt::NoButton, Qt::NoButton,
                     Qt::NoModifier);
    QApplication::sendEvent(map, &move);
}

} // namespace

TEST(Tour, Training)
{
    WindowDriver driver;
    driver.window().resize(1280, 800);
    const auto made = script(driver);
    driver.click("navTraining");
    picture(driver, "20-training-empty");
    fillProject(driver);
    ASSERT_TRUE(waitFor([&] { return !driver.visible("trainingEmpty"); }));
    picture(driver, "21-training-setup");
    made->epochs = learningCurve(15, 0.71);
    train(driver, "preset-quick");
    made->failure = {QStringLiteral("not-finite"), QStringLiteral("第 3 轮的损失不再是数字，训练已停止。"),
                     QStringLiteral("请降低学习率再试；原来的模型仍在使用。")};
    made->epochs = learningCurve(3, 0.4);
    train(driver, "preset-classic");
    picture(driver, "22-training-failed");
    made->failure = {};
    made->epochs = learningCurve(15, 0.84);
    train(driver, "preset-thorough");
    made->epochs = learningCurve(15, 0.8).first(9);
    made->hang = true;
    driver.click("trainingSetup");
    driver.click("startTraining");
    driver.click("trainingSetup");
    driver.click("preset-quick");
    driver.click("startTraining");
    ASSERT_TRUE(waitFor([&] {
        return driver.bench().training.running() && driver.bench().training.running()->epochs.size() == 9;
    }));
    settleThumbnails(driver);
    picture(driver, "23-training-running");
    driver.window().resize(1024, 700);
    QApplication::processEvents();
    picture(driver, "24-training-small-window");
    driver.window().resize(1280, 800);
    english(driver, Settings::Theme::Dark);
    settleThumbnails(driver);
    picture(driver, "25-training-running-dark-english");
    driver.click("trainingHistory");
    driver.find<QTableView>("trainingRuns")->selectAll();
    picture(driver, "26-training-history-dark-english");
    driver.bench().settings.setLanguage(QStringLiteral("zh_CN"));
    driver.bench().settings.setTheme(Settings::Theme::Light);
    ASSERT_TRUE(waitFor([&] { return driver.spoken("navPhotos") != u"Photos"; }));
    driver.find<QTableView>("trainingRuns")->selectAll();
    picture(driver, "27-training-history");
    driver.click("cancelTraining");
    ASSERT_TRUE(waitFor([&] {
        return driver.bench().training.running() &&
               driver.bench().training.running()->wish.preset == u"quick";
    }));
    driver.click("trainingSetup");
    driver.bench().settings.setTheme(Settings::Theme::Dark);
    QApplication::processEvents();
    picture(driver, "28-training-setup-dark");
}

// Minutes of work: on request only (GOODSIGHT_TOUR_TRAINING=1).
TEST(Tour, RealTraining)
{
    const QString photos = groceryPhotos(QStringLiteral("train/Vegetables"));
    if (photos.isEmpty() || !qEnvironmentVariableIsSet("GOODSIGHT_TOUR_TRAINING"))
        GTEST_SKIP() << "skipped: asked for by GOODSIGHT_TOUR_TRAINING=1, with ../shared";
    WindowDriver driver;
    driver.window().resize(1280, 800);
    importFolder(driver, photos);
    driver.click("navTraining");
    driver.press(Qt::Key_Return, Qt::ControlModifier);
    constexpr int kPatience = 1'200'000;
    ASSERT_TRUE(waitFor(
        [&] {
            return !driver.bench().training.running() || driver.bench().training.running()->epochs.size() > 2;
        },
        kPatience));
    settleThumbnails(driver);
    picture(driver, "49-real-training-running");
    ASSERT_TRUE(waitFor([&] { return driver.bench().training.running() == nullptr; }, kPatience));
    const TrainingRun run = driver.bench().training.runs().last();
    settleThumbnails(driver);
    EXPECT_EQ(run.state, TrainingRun::State::Done) << run.error.message.toStdString();
    picture(driver, "50-real-training-finished");
    driver.click("navModels");
    EXPECT_TRUE(waitFor([&] { return driver.visible(("modelCard-" + run.model.toLatin1()).constData()); }));
}

TEST(Tour, LargeChartsAtTwiceTheScale)
{
    WindowDriver driver; // its style sheet has the fonts
    std::mt19937 random(7);
    ConfusionTable table;
    for (int label = 0; label < 1000; ++label) {
        table.names.append(QStringLiteral("商品%1").arg(label));
        table.cells.append({label, label, 70});
        for (int wrong = 0; wrong < 4; ++wrong) // near ones, as classes are ordered by kind
            table.cells.append({label, std::clamp(label + static_cast<int>(random() % 21) - 10, 0, 999), 3});
        if (random() % 10 == 0)
            table.cells.append({label, static_cast<int>(random() % 1000), 12});
    }
    ConfusionView matrix;
    matrix.setTable(table);
    pictureOf(matrix, "45-confusion-1000");
    matrix.zoomBy(30, matrix.placeOf({500, 500}));
    pictureOf(matrix, "46-confusion-1000-zoomed");
    QList<MapPoint> points;
    std::normal_distribution<double> near(0, 1.6);
    for (int i = 0; i < 10'000; ++i) {
        const int label = i % 81;
        points.append({{label % 9 * 10 + near(random), label / 9 * 8 + near(random)}, label, {}});
    }
    EmbeddingMapView map;
    map.setMap(points, table.names);
    pictureOf(map, "47-map-10000");
    map.setMarked({3, 12, 40});
    pictureOf(map, "48-map-10000-marked");
}

TEST(Tour, Evaluation)
{
    WindowDriver driver;
    driver.window().resize(1280, 800);
    driver.click("navEvaluation");
    picture(driver, "30-evaluation-empty");
    const QString val = groceryPhotos(QStringLiteral("val"));
    driver.find<EvaluationPage>("evaluationPage")
        ->bar()
        .setFolder(val.isEmpty() ? sampleFolder(driver) : val);
    driver.click("runEvaluation");
    int seen = 0;
    QObject::connect(&driver.bench().evaluation, &EvaluationController::progressed, &driver.window(),
                     [&](qint64 done, qint64 total) { seen = total > 0 && done * 3 > total ? 1 : seen; });
    ASSERT_TRUE(waitFor([&] { return seen > 0 || driver.bench().evaluation.last(); }, 60'000));
    picture(driver, "31-evaluation-running");
    ASSERT_TRUE(waitFor([&] { return driver.bench().evaluation.last() != nullptr; }, 120'000));
    settleThumbnails(driver);
    picture(driver, "32-evaluation-overview");
    driver.window().resize(1024, 700);
    QApplication::processEvents();
    settleThumbnails(driver);
    picture(driver, "33-evaluation-small-window");
    driver.window().resize(1280, 800);
    driver.click("evaluationMixUps");
    auto* mixUps = driver.find<MixUpList>("mixUps");
    if (mixUps->count() > 0) {
        mixUps->setCurrentRow(0);
        mixUps->setFocus();
        driver.press(Qt::Key_Return);
        QApplication::processEvents();
        settleThumbnails(driver);
    }
    picture(driver, "34-evaluation-mix-ups");
    driver.click("evaluationProducts");
    picture(driver, "35-evaluation-products");
    driver.click("evaluationCertainty");
    driver.find<QSlider>("budgetSlider")->setFocus();
    for (int step = 0; step < 3; ++step)
        driver.press(Qt::Key_Right);
    picture(driver, "36-evaluation-certainty");
    driver.click("evaluationMap");
    QApplication::processEvents();
    auto* map = driver.find<EmbeddingMapView>("embeddingMap");
    const auto points = driver.bench().evaluation.last()->map.size();
    if (points > 40) {
        map->setMarked({driver.bench().evaluation.last()->report.scored[5].truth,
                        driver.bench().evaluation.last()->report.scored[40].truth});
        hoverOver(map, 5);
        settleThumbnails(driver);
    }
    picture(driver, "37-evaluation-map");
    english(driver, Settings::Theme::Dark);
    settleThumbnails(driver);
    picture(driver, "38-evaluation-map-dark-english");
    driver.click("evaluationCertainty");
    picture(driver, "39-evaluation-certainty-dark-english");
    driver.click("evaluationMixUps");
    picture(driver, "40-evaluation-mix-ups-dark-english");
    driver.click("evaluationOverview");
    settleThumbnails(driver);
    picture(driver, "41-evaluation-overview-dark-english");
    driver.window().resize(1024, 700);
    QApplication::processEvents();
    for (const auto& [chip, name] : {std::pair("evaluationMixUps", "42-evaluation-mix-ups-small"),
                                     std::pair("evaluationCertainty", "43-evaluation-certainty-small"),
                                     std::pair("evaluationMap", "44-evaluation-map-small")}) {
        driver.click(chip);
        picture(driver, name);
    }
}
