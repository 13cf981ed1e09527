#pragma once

#include <numeric>
#include <utility>
#include <vector>

namespace goodsight {

/// Disjoint sets of the numbers below `size`, joined by union by size with path halving.
class UnionFind {
public:
    explicit UnionFind(std::size_t size)
        : m_parent(size)
        , m_size(size, 1)
    {
        std::iota(m_parent.begin(), m_parent.end(), std::size_t{0});
    }

    /// The number that stands for the set of `item`.
    [[nodiscard]] std::size_t find(std::size_t item)
    {
        while (m_parent[item] != item) {
            m_parent[item] = m_parent[m_parent[item]];
            item = m_parent[item];
        }
        return item;
    }

    void unite(std::size_t a, std::size_t b)
    {
        a = find(a);
        b = find(b);
        if (a == b)
            return;
        if (m_size[a] < m_size[b])
            std::swap(a, b);
        m_parent[b] = a;
        m_size[a] += m_size[b];
    }

    /// How many numbers the set of `item` has.
    [[nodiscard]] std::size_t sizeOf(std::size_t item) { return m_size[find(item)]; }

private:
    std::vector<std::size_t> m_parent;
    std::vector<std::size_t> m_size;
};

} // namespace goodsight
