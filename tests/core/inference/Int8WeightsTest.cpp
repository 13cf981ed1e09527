#include "core/inference/Int8Weights.h"

#include "core/base/Random.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

using namespace goodsight;

namespace {

constexpr int kIn = 8;
constexpr int kTaps = 9;
constexpr int kFilter = kIn * kTaps;

Tensor weights(const std::vector<float>& filter)
{
    return {{1, kIn, 3, 3}, filter};
}

std::vector<float> randomFilter(std::uint64_t stream)
{
    Random random = Random::keyed(11, stream);
    std::vector<float> filter(kFilter);
    for (float& value : filter)
        value = static_cast<float>(random.normal());
    return filter;
}

/// Largest sum of two neighbouring input channels' weights.
int largestPair(const int8::IntegerConvolution& made)
{
    int most = 0;
    for (std::size_t i = 0; i < made.weight.size(); ++i) {
        if (i / kTaps % 2 == 0)
            most = std::max(most, std::abs(int{made.weight[i]}) + std::abs(int{made.weight[i + kTaps]}));
    }
    return most;
}

} // namespace

// 255 x 128 is 32640; 129 would be cut off at 32767.
TEST(Int8Weights, NoTwoNeighboursPassWhatSixteenBitsHold)
{
    for (std::uint64_t stream = 0; stream < 200; ++stream) {
        const auto made = int8::integerConvolution(weights(randomFilter(stream)), {{1}, {0.5F}});
        EXPECT_LE(largestPair(made), 128) << stream;
        EXPECT_GE(largestPair(made), 126) << stream << ": steps could be finer";
        EXPECT_EQ(made.bias.values.front(), 0.5F);
    }
}

TEST(Int8Weights, ALargeWeightBesideASmallOneUsesAllSevenBits)
{
    std::vector<float> filter(kFilter, 0.001F);
    filter[4] = -1.0F;
    const auto made = int8::integerConvolution(weights(filter), {{1}, {0.0F}});
    EXPECT_EQ(made.weight[4], -127);
    EXPECT_LE(largestPair(made), 128);
}

TEST(Int8Weights, TwoLargeNeighboursShareThem)
{
    const auto made = int8::integerConvolution(weights(std::vector<float>(kFilter, 0.25F)), {{1}, {0.0F}});
    EXPECT_TRUE(std::all_of(made.weight.begin(), made.weight.end(), [](int value) { return value == 64; }));
    EXPECT_NEAR(made.scales.front() * 64, 0.25F, 1e-6F);
}

TEST(Int8Weights, AFilterKeepsItsSum)
{
    for (std::uint64_t stream = 0; stream < 50; ++stream) {
        const std::vector<float> filter = randomFilter(stream);
        const auto made = int8::integerConvolution(weights(filter), {{1}, {0.0F}});
        double wanted = 0;
        double got = 0;
        for (std::size_t i = 0; i < filter.size(); ++i) {
            wanted += static_cast<double>(filter[i] / made.scales.front());
            got += made.weight[i];
        }
        EXPECT_NEAR(got, wanted, 1.6) << stream; // of 72 weights that are off by a quarter each
    }
}

TEST(Int8Weights, AFilterOfZerosStaysOne)
{
    const auto made = int8::integerConvolution(weights(std::vector<float>(kFilter)), {{1}, {0.0F}});
    EXPECT_TRUE(std::all_of(made.weight.begin(), made.weight.end(), [](int value) { return value == 0; }));
    EXPECT_TRUE(std::isfinite(1 / made.scales.front()));
}
