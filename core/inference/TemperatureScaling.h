#pragma once

#include "core/base/Result.h"

#include <span>
#include <vector>

namespace goodsight {

/// True for a temperature that softmax can use: finite and above 0.
[[nodiscard]] bool isTemperature(double temperature);

/// softmax(logits / temperature), summing to 1 (Guo et al. 2017, "On Calibration of Modern Neural Networks").
/// The largest logit is subtracted first, so that no finite input overflows. Needs isTemperature(temperature)
/// and finite logits; empty in, empty out.
[[nodiscard]] std::vector<double> softmax(std::span<const float> logits, double temperature = 1.0);

/// How well confidences tell the share of right answers, on photos with known labels.
struct Calibration {
    double nll = 0; ///< mean negative log-likelihood of the right class, nats
    double ece = 0; ///< expected calibration error, see calibrationError()
};

/// Calibration of softmax(logits / temperature): `logits` is photos x classes row-major, `labels` one class a
/// photo, 0..classes-1. All zero without photos.
[[nodiscard]] Calibration calibrationOf(std::span<const float> logits, std::span<const int> labels,
                                        double temperature);

/// A fitted temperature and its measured effect on the photos that it was fitted on.
struct TemperatureFit {
    double temperature = 1;
    Calibration before; ///< with temperature 1
    Calibration after;
};

/// Where the likelihood has its maximum beyond these (every photo right, or none better than chance), the
/// nearer of them is taken.
inline constexpr double kLeastTemperature = 0.05;
inline constexpr double kMostTemperature = 20;

/// The temperature with the least negative log-likelihood (Guo et al. 2017), which is convex in 1 / T: Newton
/// steps on 1 / T, halving its bracket where one leaves it. `logits` and `labels` as for calibrationOf(), of
/// photos that the head was not trained on. `smoothing` (0..1, exclusive) of each photo's label is spread
/// over all classes first. Any thread. Error "no-photos" without photos, "bad-logits" where sizes or labels
/// do not fit or a logit is not finite.
[[nodiscard]] Result<TemperatureFit> fitTemperature(std::span<const float> logits,
                                                    std::span<const int> labels, double smoothing = 0);

/// The smoothing for so many photos, 1 / (photos + 2): Platt's targets (1999, "Probabilistic Outputs for
/// Support Vector Machines"). Where all of a few photos are right the likelihood alone would end at
/// kLeastTemperature and call everything certain; of hundreds it moves next to nothing.
[[nodiscard]] double plattSmoothing(std::size_t photos);

} // namespace goodsight
