#pragma once

#include "core/learning/OpenSetEvidence.h"

#include <vector>

namespace goodsight {

/// Logistic regression from evidence to known or not: log-odds = bias + Σ weights · (value - centre) / scale.
struct LogisticMix {
    /// Weight of half the squared weights in the loss, which sums over the photos. From 0.5 to 5 the measured
    /// AUROC moves by 0.001, at 100 it is 0.02 lower (tests/bench/OpenSetBench.cpp).
    static constexpr double kRidge = 5;

    EvidenceValues centre{}; ///< mean of the known
    EvidenceValues scale{};  ///< their standard deviation; 1 where there is none
    EvidenceValues weights{};
    double bias = 0;

    /// Maximum likelihood with kRidge by Newton's method, both kinds weighing the same. Needs one of each.
    [[nodiscard]] static LogisticMix fit(const std::vector<EvidenceValues>& points,
                                         const std::vector<bool>& known);
};

} // namespace goodsight
