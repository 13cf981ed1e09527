#include "core/evaluation/ReliabilityDiagram.h"

#include <algorithm>
#include <cmath>

namespace goodsight {

ReliabilityDiagram reliabilityDiagram(std::span<const GradedAnswer> answers)
{
    ReliabilityDiagram diagram;
    diagram.bins.resize(kCalibrationBins);
    for (int i = 0; i < kCalibrationBins; ++i) {
        ReliabilityBin& bin = diagram.bins[static_cast<std::size_t>(i)];
        bin.low = static_cast<double>(i) / kCalibrationBins;
        bin.high = static_cast<double>(i + 1) / kCalibrationBins;
    }
    for (const GradedAnswer& answer : answers) {
        // Bins are open below and closed above, as in the paper's own code: 1.0 belongs to the last.
        const double index = std::ceil(answer.confidence * kCalibrationBins) - 1;
        ReliabilityBin& bin =
            diagram.bins[static_cast<std::size_t>(std::clamp(index, 0.0, kCalibrationBins - 1.0))];
        ++bin.photos;
        bin.confidence += answer.confidence;
        bin.accuracy += answer.right ? 1 : 0;
    }
    for (ReliabilityBin& bin : diagram.bins) {
        if (bin.photos == 0)
            continue;
        bin.confidence /= bin.photos;
        bin.accuracy /= bin.photos;
        const double gap = std::abs(bin.accuracy - bin.confidence);
        diagram.ece += gap * bin.photos / static_cast<double>(answers.size());
        diagram.mce = std::max(diagram.mce, gap);
    }
    return diagram;
}

} // namespace goodsight
