#pragma once

#include <span>

namespace goodsight {

/// How well a score tells known products from others.
struct OpenSetMetrics {
    /// Chance that a known product scores above another (ties count half): 0.5 is guessing, 1 perfect.
    double auroc = 0.5;
    /// Share of the others that pass where the threshold lets at least 95 % of the known ones pass.
    double fprAt95Tpr = 1;
};

/// `known` and `other`: scores of photos of known products and of anything else; higher is meant to be more
/// known. Scores that are no numbers count as the lowest. Where either list is empty nothing can be said: the
/// figures of guessing.
[[nodiscard]] OpenSetMetrics openSetMetrics(std::span<const double> known, std::span<const double> other);

} // namespace goodsight
