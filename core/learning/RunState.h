#pragma once

#include "core/learning/EpochReport.h"

#include <vector>

namespace goodsight {

/// Where a run stands, beside the numbers of the network, the optimiser and the average.
struct RunState {
    /// Sums over the rows of an epoch so far.
    struct Counts {
        double loss = 0;
        double top1 = 0;
        double top3 = 0;
        double rows = 0;
    };

    int stage = 0;   ///< from 0, as the next two
    int epoch = 0;   ///< of the stage
    qint64 step = 0; ///< of the epoch
    qint64 optimiserSteps = 0;
    int rowsAtOnce = 0;   ///< that a pass takes
    int smallestPass = 0; ///< rows of the smallest so far; 0: none
    Counts counts;
    double seconds = 0; ///< of work
    std::vector<EpochReport> reports;

    [[nodiscard]] QJsonObject toJson() const;
    /// What toJson() wrote.
    [[nodiscard]] static RunState fromJson(const QJsonObject& json);
};

} // namespace goodsight
