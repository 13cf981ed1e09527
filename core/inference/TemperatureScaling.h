#pragma once

#include <span>
#include <vector>

namespace goodsight {

/// True for a temperature that softmax can use: finite and above 0.
[[nodiscard]] bool isTemperature(double temperature);

/// softmax(logits / temperature), summing to 1 (Guo et al. 2017, "On Calibration of Modern Neural Networks").
/// The largest logit is subtracted first, so that no finite input overflows. Needs isTemperature(temperature)
/// and finite logits; empty in, empty out.
[[nodiscard]] std::vector<double> softmax(std::span<const float> logits, double temperature = 1.0);

} // namespace goodsight
