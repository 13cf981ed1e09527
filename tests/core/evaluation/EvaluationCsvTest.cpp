#include "core/evaluation/EvaluationCsv.h"

#include "core/labels/Csv.h"
#include "tests/core/evaluation/Golden.h"

#include <QBuffer>

#include <gtest/gtest.h>

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
