#include "core/inference/TemperatureScaling.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numeric>

using namespace goodsight;

TEST(Softmax, AgreesWithTheDefinition)
{
    // exp(1), exp(2), exp(3) over their sum; torch.softmax gives the same six digits.
    const std::vector<double> shares = softmax(std::vector<float>{1, 2, 3});
    ASSERT_EQ(shares.size(), 3U);
    EXPECT_NEAR(shares[0], 0.090030573, 1e-9);
    EXPECT_NEAR(shares[1], 0.244728471, 1e-9);
    EXPECT_NEAR(shares[2], 0.665240956, 1e-9);
}

TEST(Softmax, SurvivesLogitsThatOverflowExp)
{
    const std::vector<double> shares = softmax(std::vector<float>{3e38F, -3e38F, 3e38F});
    EXPECT_DOUBLE_EQ(shares[0], 0.5);
    EXPECT_DOUBLE_EQ(shares[1], 0.0);
    const std::vector<double> cold = softmax(std::vector<float>{1, 2}, 1e-300);
    EXPECT_DOUBLE_EQ(cold[0], 0.0);
    EXPECT_DOUBLE_EQ(cold[1], 1.0);
}

TEST(Softmax, AHigherTemperatureFlattensAndKeepsTheOrder)
{
    const std::vector<float> logits{2, 0, -1};
    const std::vector<double> plain = softmax(logits);
    const std::vector<double> hot = softmax(logits, 4);
    EXPECT_LT(hot[0], plain[0]);
    EXPECT_GT(hot[0], hot[1]);
    EXPECT_GT(hot[1], hot[2]);
    EXPECT_NEAR(std::accumulate(hot.begin(), hot.end(), 0.0), 1.0, 1e-12);
    // softmax(z / T): the ratio of two shares is exp of the scaled difference.
    EXPECT_NEAR(hot[0] / hot[1], std::exp(0.5), 1e-12);
}

TEST(Softmax, OfNothingIsNothing)
{
    EXPECT_TRUE(softmax({}).empty());
}

TEST(Temperature, IsFiniteAndAboveZero)
{
    EXPECT_TRUE(isTemperature(1.5));
    EXPECT_FALSE(isTemperature(0));
    EXPECT_FALSE(isTemperature(-1));
    EXPECT_FALSE(isTemperature(std::numeric_limits<double>::infinity()));
    EXPECT_FALSE(isTemperature(std::numeric_limits<double>::quiet_NaN()));
}
