#pragma once

#include "core/imaging/Preprocess.h"
#include "core/model/Tensor.h"

#include <cstdint>
#include <utility>
#include <vector>

/// The first convolution in 8 bits, and what stands before and behind it. Private to the room.
namespace goodsight::int8 {

/// Pixels on each side of a picture that the first convolution's 7x7 window reads beyond it.
inline constexpr int kStemBorder = 3;

/// Weight and bias of the first convolution for pixels of 0 to 255 instead of normalised values.
[[nodiscard]] std::pair<Tensor, Tensor> pixelConvolution(const Tensor& weight, const Tensor& bias,
                                                         const PreprocessSpec& spec);

/// Scales of weights for pixels of 0 to 255: max|w| / 63 for each output channel, so that two products fit
/// the signed 16-bit sums of processors without VNNI.
[[nodiscard]] std::vector<float> pixelWeightScales(const Tensor& weight);

/// The pixels from which `spec` made `input` (3 planes of side x side floats), channels last, in a border of
/// kStemBorder pixels of the mean colour, which is 0 once normalised. `out`:
/// (side + 2 border) x (side + 2 border) x 3.
void toPixels(const float* input, int side, const PreprocessSpec& spec, std::uint8_t* out);

/// Row `y` of a 3x3 max pool of stride 2 (padding 1). `in`: side x side x channels, side even; `out`:
/// side / 2 x channels.
void maxPoolRow(const std::uint8_t* in, int side, int channels, int y, std::uint8_t* out);

} // namespace goodsight::int8
