#include "core/evaluation/NearestNeighbours.h"

#include <Eigen/Dense>

#include <algorithm>
#include <limits>
#include <utility>

namespace goodsight {

namespace {

using Rows = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

constexpr Eigen::Index kQueries = 64; ///< of one thread at a time
constexpr Eigen::Index kOthers = 512; ///< their distances stay in the second cache
constexpr int kBlocksBetweenAsking = 8;

/// The nearest of what it was shown.
class Nearest {
public:
    explicit Nearest(std::size_t wanted)
        : m_wanted(wanted)
    {
        m_found.reserve(2 * wanted);
    }
    void see(float distance, int index)
    {
        if (distance > m_limit)
            return;
        m_found.emplace_back(distance, index);
        if (m_found.size() == 2 * m_wanted)
            shrink();
    }
    [[nodiscard]] float limit() const { return m_limit; }
    void take(int* indices, float* distances)
    {
        shrink();
        std::sort(m_found.begin(), m_found.end());
        for (const auto& [distance, index] : m_found) {
            *indices++ = index;
            *distances++ = distance;
        }
        m_found.clear();
        m_limit = std::numeric_limits<float>::max();
    }

private:
    void shrink()
    {
        if (m_found.size() <= m_wanted)
            return;
        const auto last = m_found.begin() + static_cast<std::ptrdiff_t>(m_wanted) - 1;
        std::nth_element(m_found.begin(), last, m_found.end());
        m_limit = last->first;
        m_found.resize(m_wanted);
    }

    std::size_t m_wanted;
    float m_limit = std::numeric_limits<float>::max();
    std::vector<std::pair<float, int>> m_found;
};

void findFor(Eigen::Index begin, const Eigen::Map<const Rows>& all, const Eigen::VectorXf& norms,
             NearestNeighbours& result)
{
    const Eigen::Index count = all.rows();
    const Eigen::Index height = std::min(kQueries, count - begin);
    std::vector<Nearest> nearest(static_cast<std::size_t>(height),
                                 Nearest(static_cast<std::size_t>(result.perRow)));
    Rows distances(height, kOthers);
    for (Eigen::Index other = 0; other < count; other += kOthers) {
        const Eigen::Index width = std::min(kOthers, count - other);
        auto block = distances.leftCols(width);
        block.noalias() = -2 * all.middleRows(begin, height) * all.middleRows(other, width).transpose();
        block.rowwise() += norms.segment(other, width).transpose();
        for (Eigen::Index row = 0; row < height; ++row) {
            Nearest& own = nearest[static_cast<std::size_t>(row)];
            const float norm = norms[begin + row];
            const float* line = &distances(row, 0);
            for (Eigen::Index column = 0; column < width; ++column) {
                const float distance = line[column] + norm;
                if (distance <= own.limit() && other + column != begin + row)
                    own.see(std::max(distance, 0.0F), static_cast<int>(other + column));
            }
        }
    }
    for (Eigen::Index row = 0; row < height; ++row) {
        const Eigen::Index place = (begin + row) * result.perRow;
        nearest[static_cast<std::size_t>(row)].take(&result.indices[static_cast<std::size_t>(place)],
                                                    &result.distances[static_cast<std::size_t>(place)]);
    }
}

} // namespace

NearestNeighbours nearestNeighbours(std::span<const float> rows, int dimensions, int perRow, int threads,
                                    const std::function<bool(double)>& goOn)
{
    const Eigen::Index count = static_cast<Eigen::Index>(rows.size()) / dimensions;
    NearestNeighbours result;
    result.perRow = std::clamp(perRow, 0, std::max(static_cast<int>(count) - 1, 0));
    if (result.perRow == 0)
        return result;
    const Eigen::Map<const Rows> all(rows.data(), count, dimensions);
    const Eigen::VectorXf norms = all.rowwise().squaredNorm();
    result.indices.resize(static_cast<std::size_t>(count * result.perRow));
    result.distances.resize(result.indices.size());
    const Eigen::Index stride = kQueries * kBlocksBetweenAsking * threads;
    for (Eigen::Index begin = 0; begin < count; begin += stride) {
        if (goOn && !goOn(static_cast<double>(begin) / static_cast<double>(count)))
            return {};
        const Eigen::Index blocks = (std::min(stride, count - begin) + kQueries - 1) / kQueries;
#pragma omp parallel for num_threads(threads) schedule(dynamic)
        for (Eigen::Index block = 0; block < blocks; ++block)
            findFor(begin + block * kQueries, all, norms, result);
    }
    return result;
}

} // namespace goodsight
