#include "core/inference/Int8Stem.h"


#include <algorithm>
#include <cmath>
#include <cstring>

namespace goodsight::int8 {

namespace {

constexpr float kMostPixel = 255.0F;
constexpr auto kMostWeight = static_cast<float>(kWeightLevels);
constexpr std::size_t kChannels = 3;

/// Rounds a plane of width x width weights to whole numbers, row by row, each row back the way of the one
/// before it.
void roundPlane(float* plane, std::size_t width)
{
    float left = 0;
    for (std::size_t y = 0; y < width; ++y) {
        for (std::size_t i = 0; i < width; ++i) {
            float& weight = plane[y * width + (y % 2 == 0 ? i : width - 1 - i)];
            const float wanted = weight + left;
            weight = std::clamp(std::nearbyint(wanted), -kMostWeight, kMostWeight);
            left = wanted - weight;
        }
    }
}

} // namespace

IntegerConvolution pixelConvolution(const Tensor& weight, const Tensor& bias, const PreprocessSpec& spec)
{
    IntegerConvolution out{{}, {}, bias};
    const auto width = static_cast<std::size_t>(weight.shape.back());
    const std::size_t taps = width * width;
    std::vector<float> filter(kChannels * taps);
    const float* from = weight.values.data();
    for (float& sum : out.bias.values) {
        float most = 1e-20F; // a channel without weights keeps a scale that can be divided by
        for (std::size_t i = 0; i < filter.size(); ++i) {
            filter[i] = *from++ / (spec.std[i / taps] * kMostPixel);
            most = std::max(most, std::abs(filter[i]));
        }
        const float scale = most / kMostWeight;
        out.scales.push_back(scale);
        for (float& value : filter)
            value /= scale;
        for (std::size_t c = 0; c < kChannels; ++c) {
            roundPlane(filter.data() + c * taps, width);
            for (std::size_t i = c * taps; i < (c + 1) * taps; ++i) {
                out.weight.push_back(static_cast<std::int8_t>(filter[i]));
                sum -= filter[i] * scale * spec.mean[c] * kMostPixel;
            }
        }
    }
    return out;
}

void toPixels(const float* input, int side, const PreprocessSpec& spec, std::uint8_t* out)
{
    const std::size_t width = static_cast<std::size_t>(side + 2 * kStemBorder) * kChannels;
    const auto row = [&](int y) { return out + static_cast<std::size_t>(y) * width; };
    std::uint8_t mean[kChannels];
    for (std::size_t c = 0; c < kChannels; ++c)
        mean[c] = static_cast<std::uint8_t>(std::lround(spec.mean[c] * kMostPixel));
    for (std::size_t i = 0; i < width; ++i)
        row(0)[i] = mean[i % kChannels];
    for (int y = 1; y < side + 2 * kStemBorder; ++y)
        std::memcpy(row(y), row(0), width);

    for (std::size_t c = 0; c < kChannels; ++c) {
        const float scale = spec.std[c] * kMostPixel;
        const float shift = spec.mean[c] * kMostPixel + 0.5F; // rounds what is then cut off
        for (int y = 0; y < side; ++y, input += side) {
            std::uint8_t* const to = row(y + kStemBorder) + kStemBorder * kChannels + c;
            for (int x = 0; x < side; ++x) {
                const float pixel = std::clamp(input[x] * scale + shift, 0.0F, kMostPixel);
                to[static_cast<std::size_t>(x) * kChannels] =
                    static_cast<std::uint8_t>(static_cast<int>(pixel));
            }
        }
    }
}

void maxPoolRow(const std::uint8_t* in, int side, int channels, int y, std::uint8_t* out)
{
    const std::ptrdiff_t width = static_cast<std::ptrdiff_t>(side) * channels;
    const std::uint8_t* const middle = in + 2 * y * width;
    const std::uint8_t* const above = y == 0 ? middle : middle - width;
    const std::uint8_t* const below = middle + width;
    for (int x = 0; x < side / 2; ++x, out += channels) {
        const std::ptrdiff_t at = static_cast<std::ptrdiff_t>(2 * x) * channels;
        const std::ptrdiff_t left = x == 0 ? at : at - channels;
        std::memset(out, 0, static_cast<std::size_t>(channels));
        for (const std::ptrdiff_t column : {left, at, at + channels}) {
            for (int c = 0; c < channels; ++c) {
                out[c] = std::max(
                    out[c], std::max(std::max(above[column + c], middle[column + c]), below[column + c]));
            }
        }
    }
}

} // namespace goodsight::int8
