#include "core/inference/TemperatureScaling.h"

#include <QtGlobal>

#include <algorithm>
#include <cmath>

namespace goodsight {

bool isTemperature(double temperature)
{
    return std::isfinite(temperature) && temperature > 0;
}

std::vector<double> softmax(std::span<const float> logits, double temperature)
{
    Q_ASSERT(isTemperature(temperature));
    if (logits.empty())
        return {};
    const double largest = *std::max_element(logits.begin(), logits.end());
    std::vector<double> shares(logits.size());
    double sum = 0;
    for (std::size_t i = 0; i < logits.size(); ++i)
        sum += shares[i] = std::exp((static_cast<double>(logits[i]) - largest) / temperature);
    for (double& share : shares)
        share /= sum;
    return shares;
}

} // namespace goodsight
