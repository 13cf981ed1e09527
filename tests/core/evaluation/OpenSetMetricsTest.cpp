#include "core/evaluation/OpenSetMetrics.h"

#include "tests/core/evaluation/Golden.h"

#include <gtest/gtest.h>

#include <limits>

using namespace goodsight;
using namespace goodsight::testsupport;

TEST(OpenSetMetrics, AgreeWithScikitLearnTiesIncluded)
{
    const QJsonObject expected = golden("open_set");
    const OpenSetMetrics metrics = openSetMetrics(numbers(expected[u"known"]), numbers(expected[u"other"]));
    EXPECT_NEAR(metrics.auroc, expected[u"auroc"].toDouble(), 1e-12);
    EXPECT_NEAR(metrics.fprAt95Tpr, expected[u"fpr95"].toDouble(), 1e-12);
}

TEST(OpenSetMetrics, OfAPerfectScoreArePerfect)
{
    const std::vector<double> known{2, 3, 4};
    const std::vector<double> other{0, 1};
    EXPECT_DOUBLE_EQ(openSetMetrics(known, other).auroc, 1);
    EXPECT_DOUBLE_EQ(openSetMetrics(known, other).fprAt95Tpr, 0);
    EXPECT_DOUBLE_EQ(openSetMetrics(other, known).auroc, 0);
}

TEST(OpenSetMetrics, LetExactlyNineteenOfTwentyPass)
{
    std::vector<double> known;
    for (int i = 0; i < 20; ++i)
        known.push_back(i);
    EXPECT_DOUBLE_EQ(openSetMetrics(known, std::vector<double>{0.5, 1}).fprAt95Tpr, 0.5);
}

TEST(OpenSetMetrics, OfNothingAreThoseOfGuessing)
{
    const std::vector<double> some{1};
    EXPECT_DOUBLE_EQ(openSetMetrics({}, some).auroc, 0.5);
    EXPECT_DOUBLE_EQ(openSetMetrics(some, {}).fprAt95Tpr, 1);
}

TEST(OpenSetMetrics, AScoreThatIsNoNumberIsTheLowest)
{
    const std::vector<double> known{std::numeric_limits<double>::quiet_NaN(), 1};
    EXPECT_DOUBLE_EQ(openSetMetrics(known, std::vector<double>{0}).auroc, 0.5);
}
