#include "core/inference/CalibrationError.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace goodsight {

double calibrationError(std::span<const ConfidentAnswer> answers)
{
    if (answers.empty())
        return 0;
    struct Bin {
        double confidence = 0;
        double right = 0;
    };
    std::array<Bin, kCalibrationBins> bins;
    for (const ConfidentAnswer& answer : answers) {
        // Bins are open below and closed above, as in the paper's own code: 1.0 belongs to the last.
        const int index = static_cast<int>(std::ceil(answer.confidence * kCalibrationBins)) - 1;
        Bin& bin = bins[static_cast<std::size_t>(std::clamp(index, 0, kCalibrationBins - 1))];
        bin.confidence += answer.confidence;
        bin.right += answer.right ? 1 : 0;
    }
    double gap = 0;
    for (const Bin& bin : bins)
        gap += std::abs(bin.right - bin.confidence);
    return gap / static_cast<double>(answers.size());
}

} // namespace goodsight
