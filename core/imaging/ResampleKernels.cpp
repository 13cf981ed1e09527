#include "core/imaging/ResampleKernels.h"

#include "core/base/Cpu.h"

namespace goodsight::imaging {

namespace {

constexpr std::int32_t kHalf = 1 << (kFixedBits - 1);
constexpr int kChannels = 3;

void across(const std::uint8_t* in, const AxisWeights& weights, std::uint8_t* out)
{
    const std::int32_t* weight = weights.weight.data();
    for (std::size_t i = 0; i < weights.first.size(); ++i, weight += weights.taps) {
        const std::uint8_t* pixel = in + static_cast<std::ptrdiff_t>(weights.first[i]) * kChannels;
        std::int32_t red = kHalf;
        std::int32_t green = kHalf;
        std::int32_t blue = kHalf;
        for (int tap = 0; tap < weights.count[i]; ++tap, pixel += kChannels) {
            red += pixel[0] * weight[tap];
            green += pixel[1] * weight[tap];
            blue += pixel[2] * weight[tap];
        }
        *out++ = fixedToByte(red);
        *out++ = fixedToByte(green);
        *out++ = fixedToByte(blue);
    }
}

/// Sums of a strip stay in the nearest cache while all its rows are read.
void down(const std::uint8_t* in, std::size_t stride, const std::int32_t* weight, int taps, std::size_t bytes,
          std::uint8_t* out)
{
    constexpr std::size_t kStrip = 256;
    std::int32_t sums[kStrip];
    for (std::size_t begin = 0; begin < bytes; begin += kStrip) {
        const std::size_t length = bytes - begin < kStrip ? bytes - begin : kStrip;
        for (std::size_t i = 0; i < length; ++i)
            sums[i] = kHalf;
        for (int tap = 0; tap < taps; ++tap) {
            const std::uint8_t* row = in + static_cast<std::size_t>(tap) * stride + begin;
            const std::int32_t w = weight[tap];
            for (std::size_t i = 0; i < length; ++i)
                sums[i] += row[i] * w;
        }
        for (std::size_t i = 0; i < length; ++i)
            out[begin + i] = fixedToByte(sums[i]);
    }
}

} // namespace

const ResampleKernels& portableKernels()
{
    static constexpr ResampleKernels kernels{across, down};
    return kernels;
}

const ResampleKernels& bestKernels()
{
    const ResampleKernels* fast = avx2Kernels();
    return fast != nullptr ? *fast : portableKernels();
}

} // namespace goodsight::imaging
