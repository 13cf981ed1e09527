#pragma once

#include "core/evaluation/Metrics.h"

#include <span>
#include <vector>

namespace goodsight {

/// How sure a model was of its first class, and whether that was right.
struct GradedAnswer {
    double confidence = 0; ///< 0..1
    bool right = false;
};

/// One answer for each photo, in their order. A photo without a ranking is wrong; a confidence that is no
/// number counts as 0, so that it never helps an answer to be taken.
[[nodiscard]] std::vector<GradedAnswer> grade(std::span<const ScoredPhoto> photos);

} // namespace goodsight
