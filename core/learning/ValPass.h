#pragma once

#include "core/base/Result.h"
#include "core/learning/EpochReport.h"
#include "core/learning/FailedPhotos.h"
#include "core/learning/TrainableNetwork.h"
#include "core/learning/TrainingSet.h"
#include "core/learning/ViewPool.h"

#include <functional>

namespace goodsight {

/// Scores val's photos by `network` as it is now, from what `pool` has of them at `boundary`, and writes the
/// report's figures of val; photos in `failed` are left out. `stopRequested` may be empty. Errors:
/// "cancelled", the network's.
[[nodiscard]] Result<void> scoreVal(TrainableNetwork& network, ViewPool& pool, const TrainingSet& set,
                                    const FailedPhotos& failed, Boundary boundary,
                                    const std::function<bool()>& stopRequested, EpochReport& report);

} // namespace goodsight
