#pragma once

#include "core/learning/TrainableNetwork.h"

namespace goodsight {

/// Ok when every convolution is there in its shape or said to be missing, and fc fits. Error
/// "wrong-architecture".
[[nodiscard]] Result<void> checkSpec(const TrainableSpec& spec);

} // namespace goodsight
