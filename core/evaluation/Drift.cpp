#include "core/evaluation/Drift.h"

#include <Eigen/Dense>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <numeric>
#include <random>
#include <utility>

namespace goodsight {

namespace {

constexpr int kPermutations = 999;

/// The same draws with every standard library, which std::uniform_int_distribution does not promise.
class Draws {
public:
    explicit Draws(unsigned seed)
        : m_random(seed)
    {}
    /// The first `count` of `items` become a random choice of all of them.
    void choose(std::vector<int>& items, std::size_t count)
    {
        for (std::size_t i = 0; i < count; ++i) {
            const std::uint64_t left = items.size() - i;
            std::swap(items[i], items[i + static_cast<std::size_t>(std::uint64_t{m_random()} * left >> 32U)]);
        }
    }

private:
    std::mt19937 m_random;
};

double pValueOf(int asLarge)
{
    return (asLarge + 1.0) / (kPermutations + 1.0);
}

/// Photos of one class in both groups.
struct Counts {
    int training = 0;
    int recent = 0;
};

} // namespace

ShareDrift shareDrift(std::span<const int> training, std::span<const int> recent, unsigned seed)
{
    ShareDrift drift;
    std::map<int, Counts> counts;
    for (const int label : training)
        ++counts[label].training;
    for (const int label : recent)
        ++counts[label].recent;
    const auto before = static_cast<double>(training.size());
    const auto after = static_cast<double>(recent.size());
    if (training.empty() || recent.empty())
        return drift;

    std::vector<int> photos; // each as the place of its class
    std::vector<double> totals;
    std::vector<double> seen;
    const double half = 0.5 * static_cast<double>(counts.size());
    for (const auto& [label, count] : counts) {
        drift.shifts.push_back({label, count.training / before, count.recent / after});
        const double p = (count.training + 0.5) / (before + half);
        const double q = (count.recent + 0.5) / (after + half);
        drift.psi += (q - p) * std::log(q / p);
        photos.insert(photos.end(), static_cast<std::size_t>(count.training + count.recent),
                      static_cast<int>(totals.size()));
        totals.push_back(count.training + count.recent);
        seen.push_back(count.recent);
    }
    std::stable_sort(drift.shifts.begin(), drift.shifts.end(), [](const auto& left, const auto& right) {
        return std::abs(left.recent - left.training) > std::abs(right.recent - right.training);
    });
    const double all = before + after;
    const auto statistic = [&](const std::vector<double>& drawn) {
        double sum = 0;
        for (std::size_t i = 0; i < totals.size(); ++i) {
            const double gap = drawn[i] - after * totals[i] / all;
            sum += gap * gap / totals[i];
        }
        return sum * all * all / (before * after);
    };
    drift.chiSquare = statistic(seen);
    Draws draws(seed);
    int asLarge = 0;
    for (int i = 0; i < kPermutations; ++i) {
        draws.choose(photos, recent.size());
        std::fill(seen.begin(), seen.end(), 0);
        for (std::size_t photo = 0; photo < recent.size(); ++photo)
            ++seen[static_cast<std::size_t>(photos[photo])];
        asLarge += statistic(seen) >= drift.chiSquare * (1 - 1e-12) ? 1 : 0;
    }
    drift.pValue = pValueOf(asLarge);
    return drift;
}

EmbeddingDrift embeddingDrift(std::span<const float> training, std::span<const float> recent, int dimensions,
                              unsigned seed)
{
    using Rows = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
    EmbeddingDrift drift;
    if (dimensions <= 0)
        return drift;
    Draws draws(seed);
    const auto sample = [&](std::span<const float> all) {
        std::vector<int> rows(all.size() / static_cast<std::size_t>(dimensions));
        std::iota(rows.begin(), rows.end(), 0);
        if (rows.size() > kDriftSample) {
            draws.choose(rows, kDriftSample);
            rows.resize(kDriftSample);
        }
        const Eigen::Map<const Rows> source(all.data(), static_cast<Eigen::Index>(all.size()) / dimensions,
                                            dimensions);
        Eigen::MatrixXd chosen(static_cast<Eigen::Index>(rows.size()), dimensions);
        for (std::size_t i = 0; i < rows.size(); ++i)
            chosen.row(static_cast<Eigen::Index>(i)) = source.row(rows[i]).cast<double>();
        return chosen;
    };
    const Eigen::MatrixXd before = sample(training);
    const Eigen::MatrixXd after = sample(recent);
    drift.training = static_cast<int>(before.rows());
    drift.recent = static_cast<int>(after.rows());
    if (drift.training == 0 || drift.recent == 0)
        return drift;

    const Eigen::Index count = before.rows() + after.rows();
    Eigen::MatrixXd rows(count, dimensions);
    rows << before, after;
    const Eigen::VectorXd norms = rows.rowwise().squaredNorm();
    Eigen::MatrixXd distances = -2 * rows * rows.transpose();
    distances.colwise() += norms;
    distances.rowwise() += norms.transpose();
    distances = distances.cwiseMax(0).cwiseSqrt();
    distances.diagonal().setZero();

    // With w = 1 / training for one group and -1 / recent for the other, the energy distance is -w' D w. The
    // first column is the groups as they are, the others deal the photos anew.
    Eigen::MatrixXd weights =
        Eigen::MatrixXd::Constant(count, kPermutations + 1, 1.0 / static_cast<double>(drift.training));
    weights.col(0).tail(drift.recent).setConstant(-1.0 / drift.recent);
    std::vector<int> order(static_cast<std::size_t>(count));
    std::iota(order.begin(), order.end(), 0);
    for (Eigen::Index column = 1; column <= kPermutations; ++column) {
        draws.choose(order, static_cast<std::size_t>(drift.recent));
        for (std::size_t i = 0; i < static_cast<std::size_t>(drift.recent); ++i)
            weights(order[i], column) = -1.0 / drift.recent;
    }
    const Eigen::VectorXd energies = -(weights.cwiseProduct(distances * weights)).colwise().sum().transpose();
    const double between = 2 * distances.topRightCorner(drift.training, drift.recent).mean();
    drift.distance = between > 0 ? std::max(energies[0], 0.0) / between : 0;
    const double least = energies[0] - 1e-9 * between;
    drift.pValue = pValueOf(static_cast<int>((energies.tail(kPermutations).array() >= least).count()));
    return drift;
}

} // namespace goodsight
