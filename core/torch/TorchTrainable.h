#pragma once

#include "core/learning/TrainableNetwork.h"

#include <memory>

namespace goodsight {

/// The trainable ResNet-18 by LibTorch's autograd, in float32 with channels_last memory. Errors:
/// "wrong-architecture", "out-of-memory", "backend-failed".
[[nodiscard]] Result<std::unique_ptr<TrainableNetwork>> makeTorchTrainable(const TrainableSpec& spec);

} // namespace goodsight
