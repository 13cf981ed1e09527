#pragma once

#include "core/base/Result.h"

#include <span>
#include <vector>

namespace goodsight {

/// How embeddings of one product differ from each other, and how products differ, learnt from labelled
/// photos: the two-covariance model of probabilistic linear discriminant analysis (Ioffe 2006, "Probabilistic
/// Linear Discriminant Analysis"). It needs no photo of the products that are taught later.
///
/// Embeddings are brought to length 1 and turned so that within a product every coordinate varies by 1, all
/// independently; between products coordinate j varies by between()[j]. A value; const functions on any
/// thread.
class EmbeddingMetric {
public:
    /// From `embeddings`, photos x `dimensions`, row-major, with a label for each, 0 and up. Both covariances
    /// are drawn towards a sphere, the more the fewer photos there are; without photos they are spheres, and
    /// distances are those between directions. Uses the calling thread's OpenMP team; a second for 512.
    /// Errors: "bad-input" (sizes, labels below 0), "bad-embedding" (a number that is not finite).
    [[nodiscard]] static Result<EmbeddingMetric> learn(std::span<const float> embeddings, int dimensions,
                                                       std::span<const int> labels);

    [[nodiscard]] int dimensions() const { return static_cast<int>(m_mean.size()); }
    /// Variance between products along each coordinate, in units of that within; above 0.
    [[nodiscard]] std::span<const float> between() const { return m_between; }
    /// The coordinates of one embedding of dimensions() numbers.
    [[nodiscard]] std::vector<float> project(std::span<const float> embedding) const;

private:
    EmbeddingMetric() = default;

    std::vector<float> m_mean;
    std::vector<float> m_axes; ///< coordinates x dimensions, row-major
    std::vector<float> m_between;
};

} // namespace goodsight
