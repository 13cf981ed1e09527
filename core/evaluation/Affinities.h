#pragma once

#include "core/evaluation/NearestNeighbours.h"

#include <vector>

namespace goodsight {

/// How strongly each pair of points belongs together, sparse and symmetric, summing to 1: row i's partners
/// are columns[starts[i]] up to columns[starts[i + 1]].
struct Affinities {
    std::vector<int> starts; ///< points + 1
    std::vector<int> columns;
    std::vector<float> values;
};

/// t-SNE's joint probabilities: each row's Gaussian is made as wide as gives its neighbours `perplexity`,
/// then both directions are averaged. Needs perplexity <= neighbours.perRow.
[[nodiscard]] Affinities affinities(const NearestNeighbours& neighbours, double perplexity, int threads);

} // namespace goodsight
