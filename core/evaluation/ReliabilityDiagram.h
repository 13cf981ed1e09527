#pragma once

#include "core/evaluation/GradedAnswer.h"

#include <span>
#include <vector>

namespace goodsight {

/// The answers whose confidence lies in (low, high]; the first bin holds 0 too.
struct ReliabilityBin {
    double low = 0;
    double high = 0;
    int photos = 0;
    double confidence = 0; ///< mean of its answers; 0 without any
    double accuracy = 0;   ///< share of them that is right; 0 without any
};

/// Whether a model is right as often as it says.
struct ReliabilityDiagram {
    std::vector<ReliabilityBin> bins; ///< kCalibrationBins of equal width, from 0 to 1
    double ece = 0;                   ///< mean of |accuracy - confidence| over the bins, weighted by photos
    double mce = 0;                   ///< the largest of them
};

/// Guo et al. 2017, "On Calibration of Modern Neural Networks". Confidences outside 0..1 go to the bin at
/// that end. All bins are there without answers, empty.
[[nodiscard]] ReliabilityDiagram reliabilityDiagram(std::span<const GradedAnswer> answers);

} // namespace goodsight
