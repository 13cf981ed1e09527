#include "core/evaluation/EvaluationReport.h"

#include "tests/core/evaluation/Golden.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

using namespace goodsight;
using namespace goodsight::testsupport;

TEST(EvaluationReport, AgreesWithScikitLearn)
{
    const QJsonObject photos = golden("photos");
    const QJsonObject expected = photos[u"calibrated"].toObject();
    const EvaluationReport report = goldenReport();
    EXPECT_EQ(report.photos.size(), 240U);
    EXPECT_EQ(report.passedOver, 0);
    EXPECT_DOUBLE_EQ(report.metrics.top1, expected[u"top1"].toDouble());
    EXPECT_DOUBLE_EQ(report.metrics.top3, expected[u"top3"].toDouble());
    EXPECT_NEAR(report.metrics.macroF1, expected[u"macro_f1"].toDouble(), 1e-12);
    EXPECT_NEAR(report.nll, expected[u"nll"].toDouble(), 1e-12);
    EXPECT_NEAR(report.reliability.ece, expected[u"ece"].toDouble(), 1e-12);
    EXPECT_NEAR(report.reliability.mce, expected[u"mce"].toDouble(), 1e-12);
    EXPECT_NEAR(report.riskCoverage.aurc, expected[u"aurc"].toDouble(), 1e-12);
    const std::vector<double> top3 = numbers(expected[u"class_top3"]);
    ASSERT_EQ(report.metrics.classes.size(), top3.size());
    for (std::size_t i = 0; i < top3.size(); ++i)
        EXPECT_DOUBLE_EQ(report.metrics.classes[i].top3, top3[i]);
    const QJsonArray rows = expected[u"confusion"].toArray();
    for (int truth = 0; truth < rows.size(); ++truth) {
        for (int predicted = 0; predicted < rows.size(); ++predicted)
            EXPECT_EQ(report.confusion.count(truth, predicted), rows[truth].toArray()[predicted].toInt());
    }
}

TEST(EvaluationReport, SaysWhatTheTemperatureDid)
{
    const QJsonObject plain = golden("photos")[u"plain"].toObject();
    const EvaluationReport report = goldenReport();
    ASSERT_TRUE(report.uncalibrated);
    EXPECT_NEAR(report.uncalibrated->ece, plain[u"ece"].toDouble(), 1e-12);
    EXPECT_NEAR(report.uncalibrated->mce, plain[u"mce"].toDouble(), 1e-12);
    EXPECT_LT(report.reliability.ece, report.uncalibrated->ece);
}

TEST(EvaluationReport, CountsClassesThatTheModelLacksAsWrong)
{
    const EvaluationReport report = goldenReport();
    const ClassMetrics& lacking = report.metrics.classes.back();
    EXPECT_EQ(lacking.label, 5);
    EXPECT_EQ(lacking.right, 0);
    EXPECT_GT(lacking.photos, 0);
    EXPECT_EQ(report.unknownToModel, lacking.photos);
}

TEST(EvaluationReport, PassesOverWhatIsNoNumberAndSaysHowOften)
{
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    EvaluationBuilder builder;
    builder.add({QStringLiteral("a"), {}}, 0, std::vector<double>{0.5, nan});
    builder.add({QStringLiteral("b"), {}}, 1, std::vector<double>{0.25, 0.75});
    builder.add({QStringLiteral("c"), {}}, 1, std::vector<double>{});
    builder.addLogits({QStringLiteral("d"), {}}, 0, std::vector<float>{1, INFINITY}, 1);
    const EvaluationReport report = builder.finish();
    EXPECT_EQ(report.passedOver, 3);
    ASSERT_EQ(report.photos.size(), 1U);
    EXPECT_EQ(report.photos[0].sha256, QStringLiteral("b"));
    EXPECT_DOUBLE_EQ(report.nll, -std::log(0.75));
    EXPECT_FALSE(report.uncalibrated);
}

TEST(EvaluationReport, KeepsEmbeddingsOnlyWhereEveryPhotoHasOne)
{
    EXPECT_EQ(goldenReport().dimensions, 2);
    EXPECT_EQ(goldenReport().embeddings.size(), 480U);
    EvaluationBuilder builder;
    const std::vector<double> sure{1};
    builder.add({}, 0, sure, std::vector<float>{1, 2});
    builder.add({}, 0, sure);
    const EvaluationReport report = builder.finish();
    EXPECT_EQ(report.dimensions, 0);
    EXPECT_TRUE(report.embeddings.empty());
}

TEST(EvaluationReport, OfNothingIsEmptyAndTheBuilderStartsAnew)
{
    EvaluationBuilder builder;
    builder.add({}, 0, std::vector<double>{1});
    EXPECT_EQ(builder.finish().metrics.photos, 1);
    const EvaluationReport report = builder.finish();
    EXPECT_EQ(report.metrics.photos, 0);
    EXPECT_DOUBLE_EQ(report.nll, 0);
    EXPECT_EQ(report.reliability.bins.size(), static_cast<std::size_t>(kCalibrationBins));
    EXPECT_TRUE(report.riskCoverage.points.empty());
    EXPECT_TRUE(report.confusion.classes().empty());
}

TEST(EvaluationReport, CertainAndWrongIsFinite)
{
    EvaluationBuilder builder;
    builder.add({}, 1, std::vector<double>{1, 0});
    EXPECT_TRUE(std::isfinite(builder.finish().nll));
}
