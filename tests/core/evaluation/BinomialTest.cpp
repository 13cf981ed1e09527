#include "core/evaluation/Binomial.h"

#include "tests/core/evaluation/Golden.h"

#include <gtest/gtest.h>

using namespace goodsight;
using namespace goodsight::testsupport;

TEST(Binomial, TheIncompleteBetaAgreesWithSciPy)
{
    int rows = 0;
    for (const auto& row : goldenRows("beta")) {
        const std::vector<double> n = numbers(row);
        EXPECT_NEAR(incompleteBeta(n[0], n[1], n[2]), n[3], 1e-9 * n[3] + 1e-12)
            << n[0] << ' ' << n[1] << ' ' << n[2];
        ++rows;
    }
    EXPECT_EQ(rows, 180);
}

TEST(Binomial, TheBoundsAgreeWithSciPy)
{
    for (const auto& row : goldenRows("clopper_pearson")) {
        const std::vector<double> n = numbers(row);
        const int wrong = static_cast<int>(n[0]);
        const int count = static_cast<int>(n[1]);
        EXPECT_NEAR(clopperPearsonLower(wrong, count, n[2]), n[3], 1e-10) << wrong << " of " << count;
        EXPECT_NEAR(clopperPearsonUpper(wrong, count, n[2]), n[4], 1e-10) << wrong << " of " << count;
    }
}

TEST(Binomial, NothingSeenAllowsEverything)
{
    EXPECT_DOUBLE_EQ(clopperPearsonLower(0, 0, 0.95), 0);
    EXPECT_DOUBLE_EQ(clopperPearsonUpper(0, 0, 0.95), 1);
    EXPECT_DOUBLE_EQ(chanceOfAtLeast(0, 0, 0.5), 1);
    EXPECT_DOUBLE_EQ(chanceOfAtLeast(3, 2, 0.5), 0);
    EXPECT_NEAR(chanceOfAtLeast(2, 2, 0.5), 0.25, 1e-12);
}
