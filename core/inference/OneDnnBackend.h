#pragma once

#include "core/inference/Backend.h"

#include <memory>

namespace goodsight {

/// The numbers that the network's convolutions are computed with.
enum class OneDnnPrecision { Fp32, Int8 };

/// ResNet-18 through oneDNN primitives: ReLU and the residual sum fused into the convolutions, one blocked
/// layout from the first convolution to the embedding, weights packed once, primitives kept for each batch
/// size. In fp32 the 3x3 convolutions of stride 1 run by winograd::Convolution where that is faster.
///
/// Int8 needs package.int8; without it the error is "backend-unavailable".
/// Errors: "wrong-architecture", "backend-unavailable", "out-of-memory", "backend-failed".
[[nodiscard]] Result<std::unique_ptr<Backend>> makeOneDnnBackend(const ModelPackage& package, int threads,
                                                                 OneDnnPrecision precision);

/// The instruction set that oneDNN takes on this processor and under its own environment variables, for keys
/// of what depends on it.
[[nodiscard]] QString oneDnnInstructions();

} // namespace goodsight
