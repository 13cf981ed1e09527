#pragma once

#include "core/imaging/Preprocess.h"
#include "core/inference/Int8Weights.h"

#include <cstdint>
#include <vector>

/// The first convolution in 8 bits, and what stands before and behind it. Private to the room.
namespace goodsight::int8 {

/// Pixels on each side of a picture that the first convolution's 7x7 window reads beyond it.
inline constexpr int kStemBorder = 3;

/// The convolution of `weight` (out x 3 x k x k) and `bias` for pixels of 0 to 255 instead of what `spec`
/// makes of them, in kWeightLevels steps either way: with three channels processors without VNNI may add any
/// two products in 16 bits, and two of these fit there.
///
/// What rounding one weight leaves is passed on to its neighbour of the same plane (error diffusion; Floyd
/// and Steinberg 1976), since neighbouring pixels are nearly the same; and the bias is that of the rounded
/// weights, so that a picture of the mean colour has no error at all.
[[nodiscard]] IntegerConvolution pixelConvolution(const Tensor& weight, const Tensor& bias,
                                                  const PreprocessSpec& spec);

/// The pixels from which `spec` made `input` (3 planes of side x side floats), channels last, in a border of
/// kStemBorder pixels of the mean colour, which is 0 once normalised. `out`:
/// (side + 2 border) x (side + 2 border) x 3.
void toPixels(const float* input, int side, const PreprocessSpec& spec, std::uint8_t* out);

/// Row `y` of a 3x3 max pool of stride 2 (padding 1). `in`: side x side x channels, side even; `out`:
/// side / 2 x channels.
void maxPoolRow(const std::uint8_t* in, int side, int channels, int y, std::uint8_t* out);

} // namespace goodsight::int8
