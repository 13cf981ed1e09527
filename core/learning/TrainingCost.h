#pragma once

#include "core/learning/TrainingPlan.h"

namespace goodsight {

/// Cost of making a kept view of side x side pixels and what the frozen layers say of it. The unit of these
/// costs is a pass of a row through layer4 at 224 pixels, forward and backward; for estimates of the time
/// left only.
[[nodiscard]] double preparingCost(int side);
/// Cost of a row through the forward and backward passes of a stage.
[[nodiscard]] double costOf(const TrainingStage& stage, int side);
/// Cost of what `plan` still has to do with `photos` photos once `epoch` of `stage` is done.
[[nodiscard]] double costAfter(const TrainingPlan& plan, int stage, int epoch, std::size_t photos);

} // namespace goodsight
