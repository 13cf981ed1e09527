#include "core/inference/Int8Stem.h"

#include "core/base/Random.h"
#include "core/model/Int8Scales.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

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

TEST(Int8Stem, TheConvolutionOfPixelsIsThatOfNormalisedValues)
{
    const PreprocessSpec spec;
    Random random = Random::keyed(7, 1);
    Tensor weight{{2, 3, 7, 7}, std::vector<float>(2 * 3 * 49)};
    for (float& value : weight.values)
        value = static_cast<float>(random.normal());
    const Tensor bias{{2}, {0.25F, -0.5F}};
    const auto [scaled, shifted] = int8::pixelConvolution(weight, bias, spec);
    ASSERT_EQ(scaled.shape, weight.shape);
    for (std::size_t out = 0; out < 2; ++out) {
        double wanted = bias.values[out];
        double got = shifted.values[out];
        for (std::size_t i = 0; i < 147; ++i) {
            const std::size_t c = i / 49;
            const auto pixel = static_cast<double>((i * 31) % 256);
            const std::size_t at = out * 147 + i;
            wanted += static_cast<double>(weight.values[at]) *
                      (pixel / 255 - static_cast<double>(spec.mean[c])) / static_cast<double>(spec.std[c]);
            got += static_cast<double>(scaled.values[at]) * pixel;
        }
        EXPECT_NEAR(got, wanted, 1e-3);
    }
    const std::vector<float> scales = int8::pixelWeightScales(scaled);
    for (std::size_t i = 0; i < scaled.values.size(); ++i)
        EXPECT_LE(std::abs(std::nearbyint(scaled.values[i] / scales[i / 147])), 63.0F);
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
                        wanted = std::max<int>(
                            wanted, in[static_cast<std::size_t>((v * kSide + u) * kChannels + c)]);
                }
                ASSERT_EQ(row[static_cast<std::size_t>(x * kChannels + c)], wanted) << x << ' ' << y;
            }
        }
    }
}

} // namespace
