#pragma once

#include <QImage>
#include <QRect>
#include <QSize>

#include <cstdint>
#include <vector>

namespace goodsight::imaging {

/// The weights of one axis of an antialiased bilinear resize, for a window of the output.
///
/// As Pillow has them (ImagingResample, "Resample.c"): a triangle as wide as the scale (at least 1) around
/// the centre of each output pixel, cut off at the edges, normalised in double and then rounded to fixed
/// point with kFixedBits fractional bits.
struct AxisWeights {
    /// The source pixels that output pixel i reads: first[i] .. first[i] + count[i] - 1.
    std::vector<int> first;
    std::vector<int> count;
    /// Their weights, `taps` apart for each output pixel; zero past count[i].
    std::vector<std::int32_t> weight;
    int taps = 0; ///< a multiple of four

    /// Weights for output pixels begin .. begin + length - 1 of `outSize` made from `inSize` pixels, of which
    /// the first `extent` are the picture: less than inSize by a part of a pixel where a picture that was
    /// decoded smaller did not come out whole.
    [[nodiscard]] static AxisWeights bilinear(int inSize, double extent, std::int64_t outSize,
                                              std::int64_t begin, int length);
};

inline constexpr int kFixedBits = 32 - 8 - 2;

struct ResampleKernels;

/// The part `windowSize` at (left, top) of `image` (Format_RGB888) resized to outWidth x outHeight, byte for
/// byte what Pillow's resize(BILINEAR, box=(0, 0, extent)) followed by crop() gives. Only what the window needs is computed, so
/// that a resized picture of any length costs no memory. The window lies inside the resized picture. All
/// `kernels` give the same.
[[nodiscard]] QImage resizeWindow(const QImage& image, QSizeF extent, std::int64_t outWidth,
                                  std::int64_t outHeight, std::int64_t left, std::int64_t top,
                                  QSize windowSize, const ResampleKernels& kernels);

} // namespace goodsight::imaging
