#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace goodsight {

/// Where the embeddings of a set lie: their mean and the directions in which they vary.
struct PrincipalAxes {
    std::vector<float> mean;     ///< dimensions
    std::vector<float> axes;     ///< dimensions x kept(), row-major: the axes are columns, longest first
    std::vector<float> variance; ///< along each kept axis, above 0

    [[nodiscard]] std::size_t kept() const { return variance.size(); }

    /// Of `embeddings`, any count x `dimensions`, row-major, all finite. Axes along which nothing varies are
    /// left out. Uses the calling thread's OpenMP team.
    [[nodiscard]] static PrincipalAxes of(std::span<const float> embeddings, std::size_t dimensions);
};

} // namespace goodsight
