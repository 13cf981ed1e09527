#pragma once

#include <span>
#include <vector>

namespace goodsight {

/// One photo with a known label, and what a model said. Classes are numbers from 0 on.
struct ScoredPhoto {
    int truth = 0;
    std::vector<int> ranking; ///< classes, best first; the first three are enough
    double confidence = 0;    ///< of the first, 0..1
};

/// How a model does on one class.
struct ClassMetrics {
    int label = 0;
    int photos = 0;       ///< photos of this class
    int right = 0;        ///< of them, recognised as it
    int amongThree = 0;   ///< of them, with it among the first three
    int taken = 0;        ///< photos of any class recognised as it
    double precision = 0; ///< right / taken; 0 when none was taken
    double recall = 0;    ///< right / photos: the class's own top-1
    double top3 = 0;      ///< amongThree / photos
    double f1 = 0;        ///< harmonic mean of precision and recall; 0 when both are
};

struct Metrics {
    int photos = 0;
    double top1 = 0;    ///< share whose first class is right
    double top3 = 0;    ///< share with the right class among the first three
    double macroF1 = 0; ///< mean F1 of the classes that have photos, each counting the same
    double ece = 0;     ///< expected calibration error, see ReliabilityDiagram
    /// The classes that have photos, in the order of their numbers.
    std::vector<ClassMetrics> classes;
};

/// Bins of equal width that the calibration errors use.
inline constexpr int kCalibrationBins = 15;

/// Scores `photos`. The calibration error is reliabilityDiagram()'s. All zero without photos.
[[nodiscard]] Metrics measure(std::span<const ScoredPhoto> photos);

} // namespace goodsight
