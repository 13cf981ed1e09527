#pragma once

#include "core/model/Tensor.h"

#include <cstdint>
#include <vector>

/// Convolution weights as 8-bit integers. Private to the room.
namespace goodsight::int8 {

/// Largest sum of two stored weights that are multiplied side by side, either way: 255 x 128 fits the signed
/// 16-bit sums of processors without VNNI, so that nothing saturates and all processors give the same
/// integers. A bit is worth more in the pictures than in the weights.
inline constexpr int kPairOfWeights = 128;
/// The same for one weight, where it is not known which two meet.
inline constexpr int kWeightLevels = 63;

/// A convolution whose weights are whole numbers of steps.
struct IntegerConvolution {
    std::vector<std::int8_t> weight; ///< out x in x k x k
    std::vector<float> scales;       ///< real value of a step, one for each output channel
    Tensor bias;                     ///< real
};

/// `weight` (out x in x k x k) in as fine steps as processors without VNNI can multiply exactly.
///
/// They multiply the numbers of two neighbouring input channels (0 and 1, 2 and 3, ...) at once and add both
/// products in signed 16 bits, which cuts off what is above 32767. So it is the sum of two neighbours'
/// weights that may not pass kPairOfWeights; one alone may be larger. `in` is even.
///
/// What rounding one weight leaves is passed on to the next of its filter (error diffusion; Floyd and
/// Steinberg 1976): pictures are smooth and never negative, so that neighbours' errors cancel.
[[nodiscard]] IntegerConvolution integerConvolution(const Tensor& weight, const Tensor& bias);

} // namespace goodsight::int8
