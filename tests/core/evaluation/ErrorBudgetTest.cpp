#include "core/evaluation/ErrorBudget.h"

#include "core/evaluation/Binomial.h"

#include <gtest/gtest.h>

#include <limits>
#include <random>

using namespace goodsight;

namespace {

/// An answer of confidence c is wrong with a chance of 0.2 (1 - c): above threshold t, 0.1 (1 - t) of them
/// are.
std::vector<GradedAnswer> drawn(unsigned seed, int count)
{
    std::mt19937 random(seed);
    const auto uniform = [&] { return static_cast<double>(random()) / 4294967296.0; };
    std::vector<GradedAnswer> answers;
    for (int i = 0; i < count; ++i) {
        const double confidence = uniform();
        answers.push_back({confidence, uniform() >= 0.2 * (1 - confidence)});
    }
    return answers;
}

} // namespace

TEST(ErrorBudget, IsKeptAsOftenAsPromised)
{
    constexpr int kDraws = 400;
    constexpr double kBudget = 0.05;
    int broken = 0;
    double share = 0;
    for (unsigned seed = 0; seed < kDraws; ++seed) {
        const AutomaticThreshold found = thresholdForBudget(drawn(seed, 1000), kBudget, 0.9);
        broken += found.threshold && 0.1 * (1 - *found.threshold) > kBudget ? 1 : 0;
        share += found.share / kDraws;
    }
    // A tenth is allowed; three standard deviations of luck on top.
    EXPECT_LE(broken, 40 + 18);
    // The best that could be known is a half.
    EXPECT_GT(share, 0.2);
    EXPECT_LT(share, 0.5);
}

TEST(ErrorBudget, SaysWhatShareIsAutomaticAndHowSureThatIs)
{
    std::vector<GradedAnswer> answers;
    for (int i = 0; i < 2000; ++i)
        answers.push_back({i < 1000 ? 0.9 : 0.4, i < 1000 || i % 2 == 0});
    const AutomaticThreshold found = thresholdForBudget(answers, 0.01);
    ASSERT_TRUE(found.threshold);
    EXPECT_DOUBLE_EQ(*found.threshold, 0.9);
    EXPECT_EQ(found.photos, 2000);
    EXPECT_EQ(found.accepted, 1000);
    EXPECT_EQ(found.wrong, 0);
    EXPECT_DOUBLE_EQ(found.share, 0.5);
    EXPECT_LE(found.upperBound, 0.01);
    EXPECT_GE(found.upperBound, clopperPearsonUpper(0, 1000, 0.95));
}

TEST(ErrorBudget, OneMistakeAtTheTopDoesNotEndEverything)
{
    std::vector<GradedAnswer> answers{{1, false}};
    for (int i = 0; i < 5000; ++i)
        answers.push_back({0.5 + i / 10000.0, true});
    EXPECT_DOUBLE_EQ(thresholdForBudget(answers, 0.01).share, 1);
}

TEST(ErrorBudget, TooFewPhotosAreSaidToBeTooFew)
{
    const std::vector<GradedAnswer> answers(298, GradedAnswer{0.99, true});
    const AutomaticThreshold found = thresholdForBudget(answers, 0.01, 0.95);
    EXPECT_FALSE(found.threshold);
    EXPECT_EQ(found.photosNeeded, 299);
    EXPECT_DOUBLE_EQ(found.share, 0);
    const std::vector<GradedAnswer> enough(299, GradedAnswer{0.99, true});
    EXPECT_TRUE(thresholdForBudget(enough, 0.01, 0.95).threshold);
}

TEST(ErrorBudget, AllWrongOrNothingGivesNoThreshold)
{
    EXPECT_FALSE(thresholdForBudget({}, 0.01).threshold);
    EXPECT_FALSE(thresholdForBudget(std::vector<GradedAnswer>(500, {0.9, false}), 0.01).threshold);
}

TEST(ErrorBudget, ABudgetThatIsNoneGivesNoThreshold)
{
    const std::vector<GradedAnswer> right(500, {0.9, true});
    for (const double budget : {0.0, -1.0, 1.0, std::numeric_limits<double>::quiet_NaN()})
        EXPECT_FALSE(thresholdForBudget(right, budget).threshold) << budget;
    EXPECT_FALSE(thresholdForBudget(right, 1e-12).threshold);
    EXPECT_FALSE(thresholdForBudget(right, 0.1, 1).threshold);
}
