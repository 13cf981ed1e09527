#include "core/evaluation/PrincipalComponents.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace goodsight;

TEST(PrincipalComponents, FindTheLineThatPointsLieOn)
{
    std::vector<float> rows;
    for (int i = 0; i < 3000; ++i) { // more than two blocks
        const auto along = static_cast<float>(i % 7);
        rows.insert(rows.end(), {5 + 3 * along, 1 + 4 * along, 2});
    }
    const std::vector<float> turned = principalComponents(rows, 3, 2, 2);
    ASSERT_EQ(turned.size(), 6000U);
    for (std::size_t i = 1; i < 7; ++i)
        EXPECT_NEAR(turned[2 * i] - turned[2 * i - 2], 5, 1e-3); // |(3, 4)|
    for (std::size_t i = 0; i < 3000; ++i)
        EXPECT_NEAR(turned[2 * i + 1], 0, 1e-3);
    double sum = 0;
    for (std::size_t i = 0; i < 3000; ++i)
        sum += turned[2 * i];
    EXPECT_NEAR(sum / 3000, 0, 1e-3);
}

TEST(PrincipalComponents, AreTheSameForAnyNumberOfThreads)
{
    std::vector<float> rows;
    for (int i = 0; i < 2500 * 4; ++i)
        rows.push_back(std::sin(static_cast<float>(i * i)));
    EXPECT_EQ(principalComponents(rows, 4, 3, 1), principalComponents(rows, 4, 3, 3));
}

TEST(PrincipalComponents, AreNoMoreThanThereAreDimensions)
{
    EXPECT_EQ(principalComponents(std::vector<float>{1, 2, 3, 4}, 2, 50, 1).size(), 4U);
    EXPECT_TRUE(principalComponents({}, 2, 50, 1).empty());
}
