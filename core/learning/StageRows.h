#pragma once

#include "core/learning/ViewPool.h"

#include <span>
#include <vector>

namespace goodsight {

/// One row of an epoch.
struct EpochRow {
    std::size_t photo = 0; ///< as the caller numbers them
    int view = 0;
};

/// The rows of an epoch of `stage`, in their order, from the photos that can be read.
[[nodiscard]] std::vector<EpochRow> rowsOfEpoch(const TrainingPlan& plan, int stage, int epoch,
                                                std::span<const std::size_t> photos);

/// What the pools are to keep from `stage` on.
struct KeptForStages {
    std::vector<ViewPool::Wanted> train;
    std::vector<ViewPool::Wanted> val;
};

/// What `stage` and later ones read, as far as the frozen layers are already what they will be then.
[[nodiscard]] KeptForStages keptFrom(const TrainingPlan& plan, int stage);

} // namespace goodsight
