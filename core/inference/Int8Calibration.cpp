#include "core/inference/Int8Calibration.h"

#include <algorithm>
#include <cmath>

namespace goodsight {

void ActivationHistogram::add(std::span<const float> values)
{
    float most = 0;
    for (const float value : values)
        most = std::max(most, std::abs(value));
    if (!(most > 0))
        return;
    if (m_binWidth == 0)
        m_binWidth = most / static_cast<float>(kBins);
    // Two bins become one until the largest value fits.
    while (most >= m_binWidth * static_cast<float>(kBins)) {
        for (std::size_t i = 0; i < kBins / 2; ++i)
            m_counts[i] = m_counts[2 * i] + m_counts[2 * i + 1];
        std::fill(m_counts.begin() + kBins / 2, m_counts.end(), 0.0);
        m_binWidth *= 2;
    }
    const float inverse = 1.0F / m_binWidth;
    for (const float value : values) {
        if (value != 0.0F)
            m_counts[std::min(kBins - 1, static_cast<std::size_t>(std::abs(value) * inverse))] += 1;
    }
}

float ActivationHistogram::bestScale(int levels) const
{
    std::size_t used = kBins;
    while (used > 0 && m_counts[used - 1] == 0.0)
        --used;
    if (used == 0)
        return 0;
    double leastError = HUGE_VAL;
    double best = 0;
    constexpr int kTries = 100;
    for (int attempt = kTries / 5; attempt <= kTries; ++attempt) {
        const double clip = static_cast<double>(used) * attempt / kTries; // in bins
        const double step = clip / levels;
        double error = 0;
        for (std::size_t i = 0; i < used; ++i) {
            if (m_counts[i] == 0.0)
                continue;
            const double value = static_cast<double>(i) + 0.5;
            // A bin that is narrower than a step lies anywhere in it: the error of rounding is uniform.
            const double off = value > clip ? value - clip : 0;
            error += m_counts[i] * (off * off + step * step / 12);
        }
        if (error < leastError) {
            leastError = error;
            best = step;
        }
    }
    return static_cast<float>(best * static_cast<double>(m_binWidth));
}

} // namespace goodsight
