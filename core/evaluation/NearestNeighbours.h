#pragma once

#include <functional>
#include <span>
#include <vector>

namespace goodsight {

/// The nearest other rows of every row.
struct NearestNeighbours {
    int perRow = 0;               ///< clamped to the rows less one
    std::vector<int> indices;     ///< rows x perRow, nearest first; equal distances by index
    std::vector<float> distances; ///< squared Euclidean, of each of `indices`
};

/// Exact neighbours among `rows`, count x `dimensions` row-major, by blocked matrix products: count² x
/// dimensions operations on `threads` threads, memory of a few blocks. The result is the same for any number
/// of threads. `goOn(share)` (may be empty) is asked between blocks, on the calling thread; false ends the
/// work and gives nothing.
[[nodiscard]] NearestNeighbours nearestNeighbours(std::span<const float> rows, int dimensions, int perRow,
                                                  int threads,
                                                  const std::function<bool(double share)>& goOn = {});

} // namespace goodsight
