#pragma once

#include <span>
#include <vector>

namespace goodsight {

/// `rows`, count x `dimensions` row-major, turned to their first `wanted` (clamped to 1..dimensions)
/// principal components: count x wanted, row-major, the one that varies most first, centred. Each component's
/// sign is such that its largest coefficient is positive. Work is shared by `threads` threads; the result is
/// the same for any number. Numbers must be finite.
[[nodiscard]] std::vector<float> principalComponents(std::span<const float> rows, int dimensions, int wanted,
                                                     int threads);

} // namespace goodsight
