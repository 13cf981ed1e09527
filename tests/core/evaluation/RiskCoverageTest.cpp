#include "core/evaluation/RiskCoverage.h"

#include <gtest/gtest.h>

using namespace goodsight;

TEST(RiskCoverage, AcceptsTheSurestFirst)
{
    const std::vector<GradedAnswer> answers{{0.6, false}, {0.9, true}, {0.7, true}, {0.8, false}};
    const RiskCoverage curve = riskCoverage(answers);
    ASSERT_EQ(curve.points.size(), 4U);
    EXPECT_DOUBLE_EQ(curve.points[0].threshold, 0.9);
    EXPECT_DOUBLE_EQ(curve.points[0].risk, 0);
    EXPECT_DOUBLE_EQ(curve.points[1].risk, 0.5);
    EXPECT_EQ(curve.points[3].accepted, 4);
    EXPECT_EQ(curve.points[3].wrong, 2);
    EXPECT_DOUBLE_EQ(curve.points[3].coverage, 1);
    EXPECT_NEAR(curve.aurc, (0 + 0.5 + 1.0 / 3 + 0.5) / 4, 1e-12);
}

TEST(RiskCoverage, DoesNotDependOnTheOrderOfEqualConfidences)
{
    std::vector<GradedAnswer> answers{{0.5, false}, {0.5, true}, {0.9, true}, {0.5, true}};
    const RiskCoverage one = riskCoverage(answers);
    std::swap(answers[0], answers[3]);
    const RiskCoverage other = riskCoverage(answers);
    ASSERT_EQ(one.points.size(), 2U);
    EXPECT_DOUBLE_EQ(one.points[1].risk, 0.25);
    EXPECT_DOUBLE_EQ(one.aurc, other.aurc);
    EXPECT_DOUBLE_EQ(one.aurc, 0.75 * 0.25);
}

TEST(RiskCoverage, IsThinnedEvenlyWithBothEnds)
{
    std::vector<GradedAnswer> answers;
    for (int i = 0; i < 5000; ++i)
        answers.push_back({i / 5000.0, i % 3 > 0});
    const auto all = riskCoverage(answers).points;
    const auto few = thinned(all, 100);
    ASSERT_EQ(few.size(), 100U);
    EXPECT_EQ(few.front().accepted, 1);
    EXPECT_EQ(few.back().accepted, 5000);
    for (std::size_t i = 1; i < few.size(); ++i)
        EXPECT_NEAR(few[i].coverage - few[i - 1].coverage, 1.0 / 99, 0.001);
    EXPECT_EQ(thinned(std::span(all).first(7), 100).size(), 7U);
    EXPECT_TRUE(thinned({}, 100).empty());
}

TEST(RiskCoverage, OfNothingIsEmpty)
{
    EXPECT_TRUE(riskCoverage({}).points.empty());
    EXPECT_DOUBLE_EQ(riskCoverage({}).aurc, 0);
}
