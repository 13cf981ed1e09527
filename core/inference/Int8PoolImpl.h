#pragma once

// The body of poolRow(), compiled once for each kind of processor: included by one .cpp for each, which names
// the space that it goes to.

#include "core/model/Int8Scales.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace goodsight::int8 {
namespace {

template <int kBlock>
void poolRowOf(const float* in, int inSide, int y, float inverse, int channels, float* row, std::uint8_t* out)
{
    constexpr auto kMost = static_cast<float>(kLevels);
    const std::ptrdiff_t width = static_cast<std::ptrdiff_t>(inSide) * kBlock;
    // Down first, so that each number is read once for a column of the window.
    const float* const middle = in + 2 * y * width;
    const float* const above = y == 0 ? middle : middle - width;
    const float* const below = middle + width;
    for (std::ptrdiff_t i = 0; i < width; ++i)
        row[i] = std::max(std::max(above[i], middle[i]), below[i]);
    for (int x = 0; x < inSide / 2; ++x, out += channels) {
        const float* const at = row + static_cast<std::ptrdiff_t>(2 * x) * kBlock;
        const float* const left = x == 0 ? at : at - kBlock;
        float scaled[kBlock];
        for (int c = 0; c < kBlock; ++c)
            scaled[c] = std::min(std::max(std::max(left[c], at[c]), at[c + kBlock]) * inverse, kMost) + 0.5F;
        for (int c = 0; c < kBlock; ++c)
            out[c] = static_cast<std::uint8_t>(static_cast<std::int32_t>(scaled[c]));
    }
}

} // namespace
} // namespace goodsight::int8
