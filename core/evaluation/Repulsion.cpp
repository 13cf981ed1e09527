#include "core/evaluation/Repulsion.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace goodsight {

namespace {

/// A square counts as one point for a group that is farther away than its side divided by this. Below 0.7 no
/// square can stand for a point in it.
constexpr float kAngle = 0.5F;
constexpr int kGroup = 8; ///< points that share one walk through the tree
constexpr int kLeaf = 8;
constexpr int kBits = 15; ///< of each coordinate along the curve: keys stay below 2^62

/// The bits of `value` (16 of them) with a gap after each.
unsigned spread(unsigned value)
{
    value = (value | value << 8U) & 0x00FF00FFU;
    value = (value | value << 4U) & 0x0F0F0F0FU;
    value = (value | value << 2U) & 0x33333333U;
    return (value | value << 1U) & 0x55555555U;
}

} // namespace

void Repulsion::sortAlongCurve(const Plane& points)
{
    const std::size_t count = points.x.size();
    const auto [lowX, highX] = std::minmax_element(points.x.begin(), points.x.end());
    const auto [lowY, highY] = std::minmax_element(points.y.begin(), points.y.end());
    const float side = std::max({*highX - *lowX, *highY - *lowY, 1e-20F});
    const float scale = static_cast<float>((1 << kBits) - 1) / side;
    m_keys.resize(count);
    for (std::size_t i = 0; i < count; ++i) {
        const unsigned code = spread(static_cast<unsigned>((points.x[i] - *lowX) * scale)) |
                              spread(static_cast<unsigned>((points.y[i] - *lowY) * scale)) << 1U;
        m_keys[i] = static_cast<unsigned long long>(code) << 32U | i;
    }
    std::sort(m_keys.begin(), m_keys.end());
    m_sorted.x.resize(count);
    m_sorted.y.resize(count);
    for (std::size_t i = 0; i < count; ++i) {
        const auto point = static_cast<std::size_t>(m_keys[i] & 0xFFFFFFFFU);
        m_sorted.x[i] = points.x[point];
        m_sorted.y[i] = points.y[point];
    }
}

/// Adds the square of the sorted points [begin, end), whose keys differ only below bit `shift`, and all below
/// it; the box of the points.
Repulsion::Box Repulsion::build(int begin, int end, int shift)
{
    const std::size_t self = m_nodes.size();
    m_nodes.emplace_back();
    const auto first = static_cast<std::size_t>(begin);
    Box box{m_sorted.x[first], m_sorted.x[first], m_sorted.y[first], m_sorted.y[first]};
    double x = 0;
    double y = 0;
    const auto extend = [&](const Box& other) {
        box = {std::min(box.lowX, other.lowX), std::max(box.highX, other.highX),
               std::min(box.lowY, other.lowY), std::max(box.highY, other.highY)};
    };
    const bool leaf = end - begin <= kLeaf || shift <= 32;
    if (leaf) {
        for (int i = begin; i < end; ++i) {
            const float px = m_sorted.x[static_cast<std::size_t>(i)];
            const float py = m_sorted.y[static_cast<std::size_t>(i)];
            extend({px, px, py, py});
            x += px;
            y += py;
        }
    } else {
        int at = begin;
        while (at < end) {
            const auto quarter = m_keys[static_cast<std::size_t>(at)] >> (shift - 2);
            const auto limit =
                std::lower_bound(m_keys.begin() + at, m_keys.begin() + end, (quarter + 1) << (shift - 2));
            const int stop = static_cast<int>(limit - m_keys.begin());
            const std::size_t child = m_nodes.size();
            extend(build(at, stop, shift - 2));
            x += static_cast<double>(m_nodes[child].x) * (stop - at);
            y += static_cast<double>(m_nodes[child].y) * (stop - at);
            at = stop;
        }
    }
    const float extent = std::max(box.highX - box.lowX, box.highY - box.lowY);
    m_nodes[self] = {static_cast<float>(x / (end - begin)),
                     static_cast<float>(y / (end - begin)),
                     static_cast<float>(end - begin),
                     extent * extent,
                     static_cast<int>(m_nodes.size()),
                     begin,
                     end,
                     leaf};
    return box;
}

/// What pushes the points within `targets`: far squares as one, near points each.
void Repulsion::gather(const Box& targets, Sources& sources) const
{
    sources.x.clear();
    sources.y.clear();
    sources.mass.clear();
    const auto add = [&](float x, float y, float mass) {
        sources.x.push_back(x);
        sources.y.push_back(y);
        sources.mass.push_back(mass);
    };
    std::size_t at = 0;
    while (at < m_nodes.size()) {
        const Node& node = m_nodes[at];
        const float dx = std::max({targets.lowX - node.x, node.x - targets.highX, 0.0F});
        const float dy = std::max({targets.lowY - node.y, node.y - targets.highY, 0.0F});
        if (node.extent2 < kAngle * kAngle * (dx * dx + dy * dy)) {
            add(node.x, node.y, node.mass);
            at = static_cast<std::size_t>(node.next);
        } else if (node.leaf) {
            for (int i = node.begin; i < node.end; ++i)
                add(m_sorted.x[static_cast<std::size_t>(i)], m_sorted.y[static_cast<std::size_t>(i)], 1);
            at = static_cast<std::size_t>(node.next);
        } else {
            ++at;
        }
    }
}

double Repulsion::pushGroup(int begin, Plane& forces, Sources& sources) const
{
    const int count = std::min(kGroup, static_cast<int>(m_keys.size()) - begin);
    std::array<float, kGroup> x{};
    std::array<float, kGroup> y{};
    for (std::size_t i = 0; i < kGroup; ++i) {
        const auto point = static_cast<std::size_t>(begin + std::min(static_cast<int>(i), count - 1));
        x[i] = m_sorted.x[point];
        y[i] = m_sorted.y[point];
    }
    const auto [lowX, highX] = std::minmax_element(x.begin(), x.end());
    const auto [lowY, highY] = std::minmax_element(y.begin(), y.end());
    gather({*lowX, *highX, *lowY, *highY}, sources);
    std::array<float, kGroup> forceX{};
    std::array<float, kGroup> forceY{};
    std::array<float, kGroup> sum{};
    const std::size_t length = sources.x.size();
    for (std::size_t k = 0; k < length; ++k) {
        const float sourceX = sources.x[k];
        const float sourceY = sources.y[k];
        const float mass = sources.mass[k];
        for (std::size_t i = 0; i < kGroup; ++i) {
            const float dx = x[i] - sourceX;
            const float dy = y[i] - sourceY;
            const float q = 1 / (1 + dx * dx + dy * dy);
            const float weighted = mass * q;
            sum[i] += weighted;
            forceX[i] += weighted * q * dx;
            forceY[i] += weighted * q * dy;
        }
    }
    double all = 0;
    for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i) {
        const auto point =
            static_cast<std::size_t>(m_keys[static_cast<std::size_t>(begin) + i] & 0xFFFFFFFFU);
        forces.x[point] = forceX[i];
        forces.y[point] = forceY[i];
        all += static_cast<double>(sum[i]) - 1; // a point is among its own sources, where q is 1
    }
    return all;
}

double Repulsion::compute(const Plane& points, Plane& forces, int threads)
{
    const auto count = static_cast<int>(points.x.size());
    forces.x.resize(points.x.size());
    forces.y.resize(points.x.size());
    if (count == 0)
        return 0;
    sortAlongCurve(points);
    m_nodes.clear();
    build(0, count, 32 + 2 * kBits);
    const int groups = (count + kGroup - 1) / kGroup;
    m_sums.resize(static_cast<std::size_t>(groups));
#pragma omp parallel num_threads(threads)
    {
        Sources sources;
#pragma omp for schedule(dynamic, 32)
        for (int group = 0; group < groups; ++group)
            m_sums[static_cast<std::size_t>(group)] = pushGroup(group * kGroup, forces, sources);
    }
    double sum = 0;
    for (const double part : m_sums)
        sum += part;
    return sum;
}

} // namespace goodsight
