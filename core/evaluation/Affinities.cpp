#include "core/evaluation/Affinities.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>

namespace goodsight {

namespace {

constexpr int kSearchSteps = 64;
constexpr double kEntropyTolerance = 1e-5; ///< nats

/// Conditional probabilities over one row's neighbours, whose entropy is `wanted`.
void calibrate(std::span<const float> distances, double wanted, std::span<float> probabilities)
{
    double precision = 1;
    double low = 0;
    double high = 0;
    double sum = 0;
    // Distances count from the nearest: the probabilities are the same, and none underflows.
    const double nearest = distances.front();
    for (int step = 0; step < kSearchSteps; ++step) {
        sum = 0;
        double weighted = 0;
        for (std::size_t i = 0; i < distances.size(); ++i) {
            const double distance = distances[i] - nearest;
            const double weight = std::exp(-precision * distance);
            probabilities[i] = static_cast<float>(weight);
            sum += weight;
            weighted += weight * distance;
        }
        const double difference = std::log(sum) + precision * weighted / sum - wanted;
        if (std::abs(difference) < kEntropyTolerance)
            break;
        if (difference > 0) {
            low = precision;
            precision = high == 0 ? precision * 2 : (precision + high) / 2;
        } else {
            high = precision;
            precision = (precision + low) / 2;
        }
    }
    for (float& probability : probabilities)
        probability = static_cast<float>(probability / sum);
}

} // namespace

Affinities affinities(const NearestNeighbours& neighbours, double perplexity, int threads)
{
    const auto width = static_cast<std::size_t>(neighbours.perRow);
    const std::size_t count = width == 0 ? 0 : neighbours.indices.size() / width;
    std::vector<float> conditional(neighbours.indices.size());
    const auto rows = static_cast<std::ptrdiff_t>(count);
#pragma omp parallel for num_threads(threads) schedule(static)
    for (std::ptrdiff_t row = 0; row < rows; ++row) {
        const std::size_t at = static_cast<std::size_t>(row) * width;
        calibrate(std::span(neighbours.distances).subspan(at, width), std::log(perplexity),
                  std::span(conditional).subspan(at, width));
    }
    std::vector<std::vector<std::pair<int, float>>> both(count);
    for (std::size_t row = 0; row < count; ++row) {
        for (std::size_t i = row * width; i < (row + 1) * width; ++i) {
            const auto other = static_cast<std::size_t>(neighbours.indices[i]);
            both[row].emplace_back(static_cast<int>(other), conditional[i]);
            both[other].emplace_back(static_cast<int>(row), conditional[i]);
        }
    }
    Affinities result;
    result.starts.push_back(0);
    const auto whole = static_cast<float>(2 * count);
    for (auto& row : both) {
        std::sort(row.begin(), row.end());
        for (std::size_t i = 0; i < row.size(); ++i) {
            const bool again = i > 0 && row[i].first == row[i - 1].first;
            if (again) {
                result.values.back() += row[i].second / whole;
            } else {
                result.columns.push_back(row[i].first);
                result.values.push_back(row[i].second / whole);
            }
        }
        result.starts.push_back(static_cast<int>(result.columns.size()));
    }
    return result;
}

} // namespace goodsight
