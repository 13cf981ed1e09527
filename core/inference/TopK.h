#pragma once

#include <span>
#include <vector>

namespace goodsight {

/// Indices of the `count` largest values, largest first; equal values keep their order. `count` is clamped to
/// 0..values.size().
[[nodiscard]] std::vector<int> topK(std::span<const double> values, int count);

} // namespace goodsight
