#pragma once

#include "core/inference/Backend.h"

#include <memory>

namespace goodsight {

/// The reference backend: ResNet-18 with folded batch norm, run eagerly by LibTorch in float32 with
/// channels_last memory, one operation after the other. Its numbers are what other backends are held to.
///
/// The weights are copied. Errors: "wrong-architecture", "out-of-memory", "backend-failed".
[[nodiscard]] Result<std::unique_ptr<Backend>> makeTorchBackend(const ModelPackage& package, int threads);

} // namespace goodsight
