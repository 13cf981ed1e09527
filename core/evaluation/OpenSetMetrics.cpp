#include "core/evaluation/OpenSetMetrics.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace goodsight {

namespace {

constexpr double kTruePositiveRate = 0.95;

std::vector<double> sorted(std::span<const double> scores)
{
    std::vector<double> all(scores.begin(), scores.end());
    for (double& score : all)
        score = std::isnan(score) ? -std::numeric_limits<double>::infinity() : score;
    std::sort(all.begin(), all.end());
    return all;
}

} // namespace

OpenSetMetrics openSetMetrics(std::span<const double> known, std::span<const double> other)
{
    OpenSetMetrics metrics;
    if (known.empty() || other.empty())
        return metrics;
    const std::vector<double> inside = sorted(known);
    const std::vector<double> outside = sorted(other);
    const auto all = static_cast<double>(inside.size());
    // Mann and Whitney's count of pairs in the right order.
    double pairs = 0;
    for (const double score : inside) {
        const auto [low, high] = std::equal_range(outside.begin(), outside.end(), score);
        pairs += static_cast<double>(low - outside.begin()) + static_cast<double>(high - low) / 2;
    }
    metrics.auroc = pairs / all / static_cast<double>(outside.size());
    auto needed = static_cast<std::size_t>(std::ceil(kTruePositiveRate * all));
    if (static_cast<double>(needed - 1) / all >= kTruePositiveRate)
        --needed; // the product was rounded up over a whole number
    const double threshold = inside[inside.size() - needed];
    const auto pass = outside.end() - std::lower_bound(outside.begin(), outside.end(), threshold);
    metrics.fprAt95Tpr = static_cast<double>(pass) / static_cast<double>(outside.size());
    return metrics;
}

} // namespace goodsight
