#include "core/inference/Int8Stem.h"

#include "core/base/Random.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

using namespace goodsight;

namespace {

constexpr int kSide = 16;
constexpr int kFramed = kSide + 2 * int8::kStemBorder;

TEST(Int8Stem, EveryPixelComesBackInABorderOfTheMeanColour)
{
    const PreprocessSpec spec;
    std::vector<float> input;
    const auto pixel = [](std::size_t channel, int at) { return static_cast<int>(channel) * 85 + at; };
    for (std::size_t c = 0; c < 3; ++c) {
        for (int i = 0; i < kSide * kSide; ++i)
            input.push_back((static_cast<float>(pixel(c, i) % 256) / 255.0F - spec.mean[c]) / spec.std[c]);
    }
    std::vector<std::uint8_t> out(static_cast<std::size_t>(kFramed * kFramed * 3), 1);
    int8::toPixels(input.data(), kSide, spec, out.data());
    constexpr int kMean[] = {124, 116, 104};
    for (int y = 0; y < kFramed; ++y) {
        for (int x = 0; x < kFramed; ++x) {
            const int row = y - int8::kStemBorder;
            const int column = x - int8::kStemBorder;
            const bool inside = std::min(row, column) >= 0 && std::max(row, column) < kSide;
            for (std::size_t c = 0; c < 3; ++c) {
                const int wanted = inside ? pixel(c, row * kSide + column) % 256 : kMean[c];
                ASSERT_EQ(out[static_cast<std::size_t>(y * kFramed + x) * 3 + c], wanted)
                    << y << ' ' << x << ' ' << c;
            }
        }
    }
}

TEST(Int8Stem, WhatNoPixelGivesIsTheNearestOne)
{
    const PreprocessSpec spec;
    std::vector<float> input(std::size_t{3} * kSide * kSide, 100.0F);
    input.front() = -100.0F;
    std::vector<std::uint8_t> out(static_cast<std::size_t>(kFramed * kFramed * 3));
    int8::toPixels(input.data(), kSide, spec, out.data());
    const std::size_t first = (int8::kStemBorder * kFramed + int8::kStemBorder) * 3;
    EXPECT_EQ(out[first], 0);
    EXPECT_EQ(out[first + 3], 255);
}

class PixelConvolutionTest : public testing::Test {
protected:
    static constexpr std::size_t kWidth = 7;
    static constexpr std::size_t kTaps = 3 * kWidth * kWidth;

    PixelConvolutionTest()
    {
        Random random = Random::keyed(7, 1);
        for (float& value : weight.values)
            value = static_cast<float>(random.normal());
        made = int8::pixelConvolution(weight, bias, spec);
    }

    /// What the normalised picture and the rounded weights give; pixel(c, y, x) is 0..255.
    template <typename Pixel>
    std::pair<double, double> outputs(std::size_t out, const Pixel& pixel) const
    {
        double wanted = bias.values[out];
        double got = made.bias.values[out];
        for (std::size_t i = 0; i < kTaps; ++i) {
            const std::size_t c = i / (kWidth * kWidth);
            const double value = pixel(c, i / kWidth % kWidth, i % kWidth);
            wanted += static_cast<double>(weight.values[out * kTaps + i]) *
                      (value / 255 - static_cast<double>(spec.mean[c])) / static_cast<double>(spec.std[c]);
            got += made.weight[out * kTaps + i] * static_cast<double>(made.scales[out]) * value;
        }
        return {wanted, got};
    }

    const PreprocessSpec spec;
    Tensor weight{{2, 3, 7, 7}, std::vector<float>(2 * kTaps)};
    Tensor bias{{2}, {0.25F, -0.5F}};
    int8::IntegerConvolution made;
};

TEST_F(PixelConvolutionTest, WeightsAreSixtyThreeStepsEitherWay)
{
    ASSERT_EQ(made.weight.size(), weight.values.size());
    ASSERT_EQ(made.scales.size(), 2U);
    for (const std::int8_t steps : made.weight)
        EXPECT_LE(std::abs(int{steps}), 63);
    EXPECT_EQ(std::abs(int{*std::max_element(made.weight.begin(), made.weight.end(),
                                             [](int a, int b) { return std::abs(a) < std::abs(b); })}),
              63);
}

TEST_F(PixelConvolutionTest, ThePictureOfTheMeanColourHasNoError)
{
    const auto mean = [this](std::size_t c, std::size_t, std::size_t) {
        return static_cast<double>(spec.mean[c]) * 255;
    };
    for (std::size_t out = 0; out < 2; ++out) {
        const auto [wanted, got] = outputs(out, mean);
        EXPECT_NEAR(got, wanted, 1e-4);
    }
}

TEST_F(PixelConvolutionTest, SmoothPicturesLoseFarLessThanRoundingEachWeightWould)
{
    // A slope from dark to bright; rounded one by one, weights are off by 0.29 steps each.
    const auto slope = [](std::size_t, std::size_t y, std::size_t x) {
        return 60.0 + 15.0 * static_cast<double>(x) + 8.0 * static_cast<double>(y);
    };
    for (std::size_t out = 0; out < 2; ++out) {
        const auto [wanted, got] = outputs(out, slope);
        const double alone = 0.29 * static_cast<double>(made.scales[out]) * 150 * std::sqrt(double{kTaps});
        EXPECT_LT(std::abs(got - wanted), alone / 4);
    }
}

TEST(Int8Stem, ThePoolTakesTheLargestOfNineAndNothingBeyondTheEdge)
{
    constexpr int kChannels = 5;
    Random random = Random::keyed(7, 2);
    std::vector<std::uint8_t> in(kSide * kSide * kChannels);
    for (std::uint8_t& value : in)
        value = static_cast<std::uint8_t>(random.below(256));
    std::vector<std::uint8_t> row(kSide / 2 * kChannels);
    for (int y = 0; y < kSide / 2; ++y) {
        int8::maxPoolRow(in.data(), kSide, kChannels, y, row.data());
        for (int x = 0; x < kSide / 2; ++x) {
            for (int c = 0; c < kChannels; ++c) {
                int wanted = 0;
                for (int v = std::max(0, 2 * y - 1); v <= 2 * y + 1; ++v) {
                    for (int u = std::max(0, 2 * x - 1); u <= 2 * x + 1; ++u)
                        wanted = std::max<int>(wanted,
                                               in[static_cast<std::size_t>((v * kSide + u) * kChannels + c)]);
                }
                ASSERT_EQ(row[static_cast<std::size_t>(x * kChannels + c)], wanted) << x << ' ' << y;
            }
        }
    }
}

} // namespace
