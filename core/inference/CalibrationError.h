#pragma once

#include <span>

namespace goodsight {

/// How sure an answer was, and whether it was right.
struct ConfidentAnswer {
    double confidence = 0; ///< 0..1
    bool right = false;
};

/// Bins of equal width that the expected calibration error uses.
inline constexpr int kCalibrationBins = 15;

/// Expected calibration error: the mean over kCalibrationBins bins of confidence, weighted by their answers,
/// of |share that is right - mean confidence| (Guo et al. 2017). 0 without answers.
[[nodiscard]] double calibrationError(std::span<const ConfidentAnswer> answers);

} // namespace goodsight
