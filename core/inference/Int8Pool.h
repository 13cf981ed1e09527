#pragma once

#include <cstdint>

namespace goodsight::int8 {

/// One row of what follows the first convolution in 8 bits: the 3x3 max pool of stride 2 (padding 1),
/// rounded.
///
/// `in` is one group of `block` (8 or 16) channels of one picture, inSide x inSide pixels of `block` floats
/// that are never negative. Output pixel x of row y goes to out + x * channels: min(value * inverse, 127),
/// rounded. `row` is room for inSide * block floats.
using PoolRow = void (*)(const float* in, int inSide, int y, float inverse, int channels, float* row,
                         std::uint8_t* out);

/// For `block` 8 or 16, the fastest here.
[[nodiscard]] PoolRow poolRow(int block);

/// Those of AVX2; nullptr where this build has none. To be called only where the processor has it.
[[nodiscard]] PoolRow poolRowAvx2(int block);

} // namespace goodsight::int8
