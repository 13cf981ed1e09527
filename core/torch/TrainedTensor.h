#pragma once

#include "core/base/Random.h"
#include "core/learning/TrainableNetwork.h"

#include <initializer_list>

namespace at {
class Tensor;
}

namespace goodsight {

/// A copy of `tensor`, laid out as convolutions are trained: channels last where it has four dimensions.
[[nodiscard]] at::Tensor toTrained(const Tensor& tensor);
/// Normal numbers around 0 with this standard deviation, laid out as by toTrained().
[[nodiscard]] at::Tensor randomNormal(std::initializer_list<int64_t> shape, double deviation, Random random);
/// A copy of its numbers, row-major.
[[nodiscard]] Tensor fromTorch(const at::Tensor& tensor);
/// The numbers of a dense tensor, in the order of its memory.
[[nodiscard]] std::span<float> numbersOf(const at::Tensor& tensor);

/// Makes `tensor` one that gets a gradient, in memory that stays, or one that does not.
void learn(at::Tensor& tensor, bool learns);
/// Adds `tensor` to `parameters` where it gets a gradient; the rest says what it is.
void addParameter(std::vector<TrainableParameter>& parameters, const at::Tensor& tensor,
                  const TrainableParameter& what);

/// Pictures at a boundary as rows x channels x side x side (rows x channels at the embedding), not copied.
[[nodiscard]] at::Tensor tensorOf(const BoundaryInput& input);
/// A copy of such a tensor's numbers as BoundaryInput holds them.
[[nodiscard]] std::vector<float> rowsOf(const at::Tensor& tensor);

} // namespace goodsight
