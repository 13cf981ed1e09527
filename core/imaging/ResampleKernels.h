#pragma once

#include "core/imaging/Resampler.h"

#include <cstddef>
#include <cstdint>

namespace goodsight::imaging {

/// The two inner loops of a resize over packed 8-bit RGB, as one kind of processor runs them. All kinds give
/// the same bytes: the arithmetic is Pillow's, in whole numbers.
struct ResampleKernels {
    /// Bytes after the last pixel of a row that across() may read (and ignores).
    static constexpr std::size_t kOverread = 64;

    /// One row of weights.first.size() pixels from one row of the source.
    void (*across)(const std::uint8_t* in, const AxisWeights& weights, std::uint8_t* out);
    /// `bytes` bytes of one output row: the sum over `taps` rows, `stride` bytes apart, of byte times weight.
    void (*down)(const std::uint8_t* in, std::size_t stride, const std::int32_t* weight, int taps,
                 std::size_t bytes, std::uint8_t* out);
};

/// Those of every processor.
[[nodiscard]] const ResampleKernels& portableKernels();
/// Those of AVX2; nullptr where this processor or this build has none.
[[nodiscard]] const ResampleKernels* avx2Kernels();
/// The fastest that run here.
[[nodiscard]] const ResampleKernels& bestKernels();

/// A fixed-point sum as the byte that it stands for.
[[nodiscard]] inline std::uint8_t fixedToByte(std::int32_t fixed)
{
    const std::int32_t whole = fixed >> kFixedBits;
    return static_cast<std::uint8_t>(whole < 0 ? 0 : whole > 255 ? 255 : whole);
}

} // namespace goodsight::imaging
