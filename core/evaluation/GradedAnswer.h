#pragma once

#include "core/evaluation/Metrics.h"
#include "core/inference/CalibrationError.h"

#include <span>
#include <vector>

namespace goodsight {

/// How sure a model was of its first class, and whether that was right.
using GradedAnswer = ConfidentAnswer;

/// One answer for each photo, in their order. A photo without a ranking is wrong; a confidence that is no
/// number counts as 0, so that it never helps an answer to be taken.
[[nodiscard]] std::vector<GradedAnswer> grade(std::span<const ScoredPhoto> photos);

} // namespace goodsight
