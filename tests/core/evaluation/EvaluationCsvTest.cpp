#include "core/evaluation/EvaluationCsv.h"

#include "core/labels/Csv.h"
#include "tests/core/evaluation/Golden.h"

#include <QBuffer>

#include <gtest/gtest.h>

#include <limits>

using namespace goodsight;
using namespace goodsight::testsupport;

namespace {

QList<CsvRecord> read(QByteArray bytes)
{
    EXPECT_TRUE(bytes.endsWith("\r\n"));
    QBuffer buffer(&bytes);
    EXPECT_TRUE(buffer.open(QIODevice::ReadOnly));
    const auto records = readCsv(buffer, QStringLiteral("table"));
    EXPECT_TRUE(records.has_value());
    return records.value_or(QList<CsvRecord>());
}

const QStringList& labels()
{
    static const QStringList names{QStringLiteral("青苹果"), QStringLiteral("Milk, 1.5 %"),
                                   QStringLiteral("the \"big\" one"), QStringLiteral("two\nlines"),
                                   QStringLiteral("e")};
    return names;
}

} // namespace

TEST(EvaluationCsv, NamesSurviveCommasQuotesLinesAndChinese)
{
    const EvaluationReport report = goldenReport();
    const auto records = read(csv::classes(report.metrics, labels()));
    ASSERT_EQ(records.size(), 7);
    EXPECT_EQ(records[0].fields.first(), QStringLiteral("label"));
    for (int i = 0; i < labels().size(); ++i) {
        EXPECT_EQ(records[i + 1].fields[0], labels()[i]);
        EXPECT_EQ(records[i + 1].fields.size(), records[0].fields.size());
    }
    EXPECT_EQ(records[6].fields[0], QStringLiteral("5")) << "a class without a name";
    EXPECT_NEAR(records[1].fields[4].toDouble(), report.metrics.classes[0].top3, 1e-9);
}

TEST(EvaluationCsv, EveryTableHasItsRows)
{
    const EvaluationReport report = goldenReport();
    EXPECT_EQ(read(csv::confusion(report.confusion, labels())).size(),
              static_cast<qsizetype>(report.confusion.cells().size()) + 1);
    EXPECT_EQ(read(csv::reliability(report.reliability)).size(), kCalibrationBins + 1);
    EXPECT_EQ(read(csv::riskCoverage(report.riskCoverage)).size(),
              static_cast<qsizetype>(report.riskCoverage.points.size()) + 1);
    const auto photos = read(csv::photos(report, labels()));
    ASSERT_EQ(photos.size(), 241);
    EXPECT_EQ(photos[1].fields[0], QStringLiteral("0.png"));
    const auto shifts =
        read(csv::shifts(shareDrift(std::vector<int>{0, 1}, std::vector<int>{1, 1}), labels()));
    ASSERT_EQ(shifts.size(), 3);
    EXPECT_EQ(shifts[1].fields[2], QStringLiteral("0"));
}

TEST(EvaluationCsv, AMapLeavesPhotosWithoutAPlaceOut)
{
    const EvaluationReport report = goldenReport();
    EmbeddingMap map;
    map.positions.assign(480, 1.5F);
    map.positions[0] = std::numeric_limits<float>::quiet_NaN();
    const auto records = read(csv::map(map, report, labels()));
    ASSERT_EQ(records.size(), 240);
    EXPECT_EQ(records[1].fields[0], QStringLiteral("1.png"));
    EXPECT_EQ(records[1].fields[3], QStringLiteral("1.5"));
}
