#include "ui/charts/ChartExport.h"
#include "tests/support/TestSupport.h"
#include "ui/charts/ClassBars.h"
#include "ui/charts/ConfusionView.h"
#include "ui/charts/EmbeddingMapView.h"
#include "ui/charts/LineChart.h"
#include "ui/charts/ReliabilityChart.h"
#include "ui/charts/RiskCoverageChart.h"

#include <QFile>
#include <QImage>
#include <QMenu>
#include <QSvgRenderer>
#include <QTemporaryDir>

#include <gtest/gtest.h>

#include <set>

using namespace goodsight;

namespace {

QByteArray contents(const QString& file)
{
    QFile in(file);
    EXPECT_TRUE(in.open(QIODevice::ReadOnly)) << file.toStdString();
    return in.readAll();
}

int colours(const QImage& image)
{
    std::set<QRgb> seen;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x)
            seen.insert(image.pixel(x, y));
    }
    return static_cast<int>(seen.size());
}

/// Each format of one chart, in a folder whose name is Chinese.
void exportAll(ChartContent& chart, const char* name)
{
    SCOPED_TRACE(name);
    const QTemporaryDir home;
    const QString base = home.filePath(QStringLiteral("图表 导出"));
    const QString title = QStringLiteral("损失 & 准确率");
    ASSERT_TRUE(ChartExport::write(chart, title, ChartFormat::Png, base + QStringLiteral(".png")));
    const QImage picture(base + QStringLiteral(".png"));
    EXPECT_EQ(picture.width(), 2 * (chart.pictureSize().width() + 48));
    EXPECT_GT(colours(picture), 10);
    ASSERT_TRUE(ChartExport::write(chart, title, ChartFormat::Svg, base + QStringLiteral(".svg")));
    QSvgRenderer drawing(base + QStringLiteral(".svg"));
    EXPECT_TRUE(drawing.isValid());
    EXPECT_EQ(drawing.viewBox().size(), chart.pictureSize() + QSize(48, 88));
    ASSERT_TRUE(ChartExport::write(chart, title, ChartFormat::Csv, base + QStringLiteral(".csv")));
    const QList<QByteArray> lines = contents(base + QStringLiteral(".csv")).split('\n');
    EXPECT_TRUE(lines.first().startsWith("\xEF\xBB\xBF"));
    EXPECT_EQ(lines.size(), chart.table().size() + 1);
}

} // namespace

TEST(ChartExport, WritesEveryChartInEveryFormat)
{
    LineChart line(LineChart::Scale::Share);
    line.resize(480, 260);
    line.setHorizontal(1, 5, QStringLiteral("Epoch"));
    line.setCurves({{QStringLiteral("前 1"), ChartTone::Brand, false, {{1, 0.2}, {2, 0.5}}}});
    line.grab();
    exportAll(line, "line");
    ReliabilityChart reliability;
    reliability.resize(480, 260);
    reliability.setBars({{0, 0.5, 3, 0.3, 0.2}, {0.5, 1, 8, 0.8, 0.9}},
                        {{0, 0.5, 3, 0.3, 0.3}, {0.5, 1, 8, 0.8, 0.8}});
    reliability.grab();
    exportAll(reliability, "reliability");
    RiskCoverageChart risk;
    risk.resize(480, 260);
    risk.setCurve({{0.9, 1, 0, 0.1, 0}, {0.7, 5, 1, 0.5, 0.2}, {0.25, 10, 3, 1, 0.3}});
    EXPECT_EQ(risk.table()[0].join(u' '), QStringLiteral("threshold accepted wrong coverage risk"));
    EXPECT_EQ(risk.table()[2].join(u' '), QStringLiteral("0.7 5 1 0.5 0.2"));
    risk.setBudget(0.01, 0.5);
    risk.grab();
    exportAll(risk, "risk");
    ConfusionView confusion;
    confusion.resize(480, 400);
    confusion.setTable({{QStringLiteral("苹果"), QStringLiteral("梨")}, {{0, 0, 9}, {0, 1, 2}, {1, 1, 5}}});
    exportAll(confusion, "confusion");
    EmbeddingMapView map;
    map.resize(480, 400);
    map.setMap({{{0, 0}, 0, QStringLiteral("a.jpg")}, {{3, 4}, 1, QStringLiteral("b.jpg")}},
               {QStringLiteral("苹果"), QStringLiteral("梨")});
    exportAll(map, "map");
    ClassBars bars;
    bars.resize(480, 96);
    bars.setBars({{QStringLiteral("啤梨"), 0.38, QStringLiteral("只有 18 张"), {}}});
    exportAll(bars, "bars");
}

TEST(ChartExport, QuotesWhatACsvFieldMayNotHold)
{
    EmbeddingMapView map;
    map.setMap({{{0, 0}, 0, QStringLiteral("a \"b\", c.jpg")}}, {QStringLiteral("苹果")});
    const QTemporaryDir home;
    const QString file = home.filePath(QStringLiteral("map.csv"));
    ASSERT_TRUE(ChartExport::write(map, {}, ChartFormat::Csv, file));
    EXPECT_TRUE(contents(file).contains("\"a \"\"b\"\", c.jpg\"\r\n")) << contents(file).constData();
}

TEST(ChartExport, NamesFilesSoThatAnySystemTakesThem)
{
    const QString name =
        ChartExport::fileName(QStringLiteral("A/B: \"loss\"?"), ChartFormat::Svg, QDate(2026, 3, 9));
    EXPECT_TRUE(name.endsWith(QStringLiteral(" A B loss 2026-03-09.svg"))) << name.toStdString();
}

TEST(ChartExport, AFolderThatIsNotThereIsNamed)
{
    ClassBars bars;
    bars.resize(300, 48);
    bars.setBars({{QStringLiteral("x"), 0.5, {}, {}}});
    const QTemporaryDir home;
    const auto written =
        ChartExport::write(bars, {}, ChartFormat::Png, home.filePath(QStringLiteral("none/深处.png")));
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().code, QStringLiteral("unwritable"));
    EXPECT_TRUE(written.error().message.contains(QStringLiteral("深处.png")));
}

TEST(ChartExport, TheButtonOffersThreeFormats)
{
    ClassBars bars;
    ChartExportButton button(bars);
    button.setChartTitle(QStringLiteral("损失"));
    EXPECT_EQ(button.findChild<QMenu*>()->actions().size(), 3);
    EXPECT_TRUE(button.accessibleName().contains(QStringLiteral("损失")));
    EXPECT_GE(button.sizeHint().height(), 44);
}
