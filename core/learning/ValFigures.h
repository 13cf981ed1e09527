#pragma once

#include <QJsonObject>

#include <span>

namespace goodsight {

/// How a trained model does on the photos that its temperature was fitted on (so they flatter its
/// calibration).
struct ValFigures {
    int photos = 0;
    double temperature = 1; ///< of least negative log-likelihood (Guo et al. 2017), see plattSmoothing()
    double top1 = 0;
    double top3 = 0;
    double ece = 0; ///< expected calibration error in 15 bins, with the temperature
    double eceBefore = 0;
    double nll = 0; ///< mean negative log-likelihood, with the temperature
    double nllBefore = 0;

    /// The manifest's metrics "val": {"n", "top1", "top3", "ece", "ece_before", "nll", "nll_before"}.
    [[nodiscard]] QJsonObject toJson() const;
};

/// Measures `logits`, labels.size() x classes row-major, and fits the temperature. All zero and 1 without
/// photos.
[[nodiscard]] ValFigures measureVal(std::span<const float> logits, std::span<const int> labels);

} // namespace goodsight
