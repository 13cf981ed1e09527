#pragma once

#include "core/inference/Backend.h"
#include "core/model/Tensor.h"

#include <span>

namespace at {
class Tensor;
}

namespace goodsight {

/// A copy of `tensor`.
[[nodiscard]] at::Tensor toTorch(const Tensor& tensor);

/// `input` (batch x 3 x 224 x 224), not copied: it must outlive what is given back. Error "bad-input" where
/// it has another number of numbers.
[[nodiscard]] Result<at::Tensor> inputOf(std::span<const float> input, int batch);

/// A backend's answer from `logits` (batch x classes) and `embeddings` (batch x their size).
[[nodiscard]] BackendOutput outputOf(const at::Tensor& logits, const at::Tensor& embeddings);

} // namespace goodsight
