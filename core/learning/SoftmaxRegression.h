#pragma once

#include "core/learning/Lbfgs.h"

#include <cstddef>
#include <functional>
#include <span>
#include <utility>
#include <vector>

namespace goodsight {

/// Photos [begin, end).
using Stretch = std::pair<std::size_t, std::size_t>;

/// The loss of multinomial logistic regression over a set of photos, in pieces, so that memory does not grow
/// with photos x classes. Weights are classes x width(), row-major; the last column is the bias.
class SoftmaxRegression {
public:
    /// Photos on the principal axes of their set.
    struct Features {
        std::vector<float> values;   ///< photos x stride, row-major: centred features, then a 1
        std::size_t stride = 0;      ///< numbers a photo, width() and padding
        std::vector<float> variance; ///< of each feature
        std::vector<int> labels;     ///< a class of each photo
    };

    /// `photoWeights`: what a photo of each class counts.
    SoftmaxRegression(Features features, std::vector<float> photoWeights);

    [[nodiscard]] std::size_t width() const { return m_features.variance.size() + 1; }
    [[nodiscard]] std::size_t classes() const { return m_photoWeights.size(); }
    [[nodiscard]] std::size_t photos() const { return m_features.labels.size(); }
    /// Of the features.
    [[nodiscard]] double totalVariance() const;

    /// Weighted sum of -log p(label) over the photos of `stretches`, plus l2 / 2 times the squared weights
    /// (not the bias): what scikit-learn's LogisticRegression minimises with C = 1 / l2. `stopRequested` is
    /// asked every few hundredths of a second. `this` must outlive it.
    [[nodiscard]] Objective objective(std::vector<Stretch> stretches, double l2,
                                      std::function<bool()> stopRequested) const;

    /// Weighted mean of -log p(label) over `stretch`. NaN when stopped.
    [[nodiscard]] double meanLoss(std::span<const float> weights, Stretch stretch,
                                  const std::function<bool()>& stopRequested) const;

private:
    /// Adds the loss of photos [begin, end); where `gradient` is not null also its gradient and, to
    /// `spread`, the weighted sums of p (1 - p) of each class.
    double add(const float* weights, std::size_t begin, std::size_t end, std::vector<float>& logits,
               float* gradient, double* spread) const;
    [[nodiscard]] std::size_t rowsInPiece() const;

    Features m_features;
    std::vector<float> m_photoWeights;
};

} // namespace goodsight
