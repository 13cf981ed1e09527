#include "core/inference/Int8Weights.h"


#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace goodsight::int8 {

namespace {

constexpr auto kMostOfPair = static_cast<float>(kPairOfWeights);
constexpr float kMostOfOne = 127.0F;

/// The smallest step in which a filter of `channels` planes of `plane` weights keeps to the bounds.
float stepOf(const float* filter, std::size_t channels, std::size_t plane)
{
    float step = 1e-20F; // a filter without weights keeps a step that can be divided by
    for (std::size_t i = 0; i < channels * plane; ++i) {
        const bool first = i / plane % 2 == 0;
        const float one = std::abs(filter[i]);
        const float other = std::abs(filter[first ? i + plane : i - plane]);
        step = std::max({step, one / kMostOfOne, (one + other) / kMostOfPair});
    }
    return step;
}

void round(const float* filter, float step, std::size_t channels, std::size_t plane, std::int8_t* out)
{
    float left = 0;
    for (std::size_t i = 0; i < channels * plane; ++i) {
        const bool first = i / plane % 2 == 0;
        const auto partner = static_cast<float>(first ? 0 : std::abs(out[i - plane]));
        const float most = std::min(kMostOfOne, kMostOfPair - partner);
        const float wanted = filter[i] / step + left;
        const float whole = std::clamp(std::nearbyint(wanted), -most, most);
        left = wanted - whole;
        out[i] = static_cast<std::int8_t>(whole);
    }
}

} // namespace

IntegerConvolution integerConvolution(const Tensor& weight, const Tensor& bias)
{
    const auto count = static_cast<std::size_t>(weight.shape[0]);
    const auto channels = static_cast<std::size_t>(weight.shape[1]);
    const std::size_t plane = weight.values.size() / count / channels;
    IntegerConvolution out{std::vector<std::int8_t>(weight.values.size()), {}, bias};
    for (std::size_t at = 0; at < weight.values.size(); at += channels * plane) {
        const float* const filter = weight.values.data() + at;
        out.scales.push_back(stepOf(filter, channels, plane));
        round(filter, out.scales.back(), channels, plane, out.weight.data() + at);
    }
    return out;
}

} // namespace goodsight::int8
