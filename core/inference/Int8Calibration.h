#pragma once

#include "core/base/Result.h"
#include "core/model/Int8Scales.h"

#include <array>
#include <cstddef>
#include <functional>
#include <span>
#include <vector>

namespace goodsight {

/// Where a picture between two layers is looked at: 0 after the max pool, then for each block its middle, its
/// output and its projection.
inline constexpr std::size_t kInt8Points = 1 + 3 * 8;

/// The absolute values of one picture between layers over many photos, in bins that widen as larger ones
/// come.
class ActivationHistogram {
public:
    /// Adds `values`; their signs do not matter. Zeros are left out: they are exact at every scale.
    void add(std::span<const float> values);
    /// The scale (value of one step) that loses least when values are rounded to `levels` steps and clipped
    /// there: least squared error over the histogram (Banner et al., "Post-training 4-bit quantization",
    /// 2019, do the same for known distributions). 0 when nothing was added.
    [[nodiscard]] float bestScale(int levels) const;

private:
    static constexpr std::size_t kBins = 2048;
    float m_binWidth = 0;
    std::array<double, kBins> m_counts{};
};

} // namespace goodsight
