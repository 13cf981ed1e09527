#include "core/evaluation/PairedTest.h"

#include "tests/core/evaluation/Golden.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace goodsight;
using namespace goodsight::testsupport;

namespace {

void add(std::vector<PairedAnswer>& answers, int truth, bool oldRight, bool newRight, int times)
{
    answers.insert(answers.end(), static_cast<std::size_t>(times), {truth, oldRight, newRight});
}

} // namespace

TEST(PairedTest, AgreesWithSciPyExactForFewAndMidPForMore)
{
    for (const auto& row : goldenRows("mcnemar")) {
        const std::vector<double> n = numbers(row);
        const int lost = static_cast<int>(n[0]);
        const int won = static_cast<int>(n[1]);
        const double expected = lost + won < kExactDiscordant ? n[2] : n[3];
        EXPECT_NEAR(pairedTest(100, lost, won, 3).pWorse, expected, 1e-11) << lost << " : " << won;
    }
}

TEST(PairedTest, ExcludesALossOfAMarginAsTangoDoes)
{
    // No margin: McNemar's z of 12 lost and 4 won is -2.
    EXPECT_NEAR(pLosesMargin(12, 4, 100, 1e-12), 0.97725, 1e-4);
    // None lost, none won: z = sqrt(n d / (1 - d)).
    EXPECT_NEAR(pLosesMargin(0, 0, 200, 0.03), 0.5 * std::erfc(std::sqrt(6 / 0.97 / 2)), 1e-12);
    // As much lost as the margin says: even odds.
    EXPECT_NEAR(pLosesMargin(11, 5, 200, 0.03), 0.5, 1e-12);
    EXPECT_LT(pLosesMargin(5, 11, 200, 0.03), 0.01);
    EXPECT_DOUBLE_EQ(pLosesMargin(0, 0, 0, 0.03), 1);
}

TEST(PairedTest, CountsWhatWasLostAndWon)
{
    std::vector<PairedAnswer> answers;
    add(answers, 0, true, true, 50);
    add(answers, 0, true, false, 4);
    add(answers, 1, false, true, 7);
    add(answers, 1, false, false, 2);
    const PairedTest test = comparePaired(answers).overall;
    EXPECT_EQ(test.bothRight, 50);
    EXPECT_EQ(test.lost, 4);
    EXPECT_EQ(test.won, 7);
    EXPECT_EQ(test.bothWrong, 2);
    EXPECT_DOUBLE_EQ(test.difference, 3.0 / 63);
    EXPECT_FALSE(comparePaired(answers).isWorse());
}

TEST(PairedTest, SeesALossInOneClassThatTheOthersHide)
{
    std::vector<PairedAnswer> answers;
    add(answers, 0, false, true, 40);
    add(answers, 1, true, false, 12);
    add(answers, 2, true, true, 30);
    const PairedComparison comparison = comparePaired(answers);
    EXPECT_GT(comparison.overall.pWorse, 0.9);
    EXPECT_TRUE(comparison.isWorse());
    ASSERT_EQ(comparison.classes.size(), 3U);
    EXPECT_NEAR(comparison.classes[1].adjusted, 3 * std::pow(0.5, 12), 1e-12);
    EXPECT_DOUBLE_EQ(comparison.classes[2].adjusted, 1);
}

TEST(PairedTest, HolmMultipliesByWhatIsLeftAndNeverFalls)
{
    std::vector<PairedAnswer> answers;
    add(answers, 0, true, false, 6); // p = 1/64
    add(answers, 1, true, false, 5); // p = 1/32
    add(answers, 2, true, false, 5);
    const PairedComparison comparison = comparePaired(answers, 5);
    EXPECT_NEAR(comparison.classes[0].adjusted, 3.0 / 64, 1e-12);
    EXPECT_NEAR(comparison.classes[1].adjusted, 2.0 / 32, 1e-12);
    EXPECT_NEAR(comparison.classes[2].adjusted, 2.0 / 32, 1e-12);
}

TEST(PairedTest, LeavesClassesWithTooFewPhotosOut)
{
    std::vector<PairedAnswer> answers;
    add(answers, 0, true, false, 9);
    add(answers, 1, true, true, 10);
    const PairedComparison comparison = comparePaired(answers, 10);
    ASSERT_EQ(comparison.classes.size(), 1U);
    EXPECT_EQ(comparison.classes[0].label, 1);
}

TEST(PairedTest, OfNothingIsNotWorse)
{
    EXPECT_FALSE(comparePaired({}).isWorse());
    EXPECT_DOUBLE_EQ(comparePaired({}).overall.pWorse, 1);
}
