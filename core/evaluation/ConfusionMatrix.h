#pragma once

#include "core/evaluation/Metrics.h"

#include <map>
#include <span>
#include <utility>
#include <vector>

namespace goodsight {

/// The photos of one class that were recognised as another, or as itself.
struct ConfusionCell {
    int truth = 0;
    int predicted = 0;
    std::vector<int> photos; ///< their indices in the list that was counted, rising
};

/// How often each class is taken for each. Only cells that occur take memory, so that 10,000 classes are no
/// matter. A value; const calls from any thread.
class ConfusionMatrix {
public:
    ConfusionMatrix() = default;
    /// Counts `photos`; those without a ranking are left out.
    explicit ConfusionMatrix(std::span<const ScoredPhoto> photos);

    /// Counts one more photo.
    void add(int truth, int predicted, int photo);

    /// Photos of `truth` that were recognised as `predicted`.
    [[nodiscard]] int count(int truth, int predicted) const;
    /// Their indices, in the order in which they were added; valid until the next add().
    [[nodiscard]] std::span<const int> photos(int truth, int predicted) const;
    /// The classes that occur, as truth or as answer, rising: rows and columns of a picture of it.
    [[nodiscard]] std::vector<int> classes() const;
    /// Every cell that is not empty, by truth, then by predicted.
    [[nodiscard]] std::vector<ConfusionCell> cells() const;
    /// The `count` fullest cells of wrong answers, fullest first; equal ones by truth, then by predicted.
    [[nodiscard]] std::vector<ConfusionCell> mostConfused(int count) const;

private:
    std::map<std::pair<int, int>, std::vector<int>> m_cells;
};

} // namespace goodsight
