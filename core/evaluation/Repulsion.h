#pragma once

#include <span>
#include <vector>

namespace goodsight {

/// Points of a plane, coordinate by coordinate.
struct Plane {
    std::vector<float> x;
    std::vector<float> y;
};

/// How all points push each other away in t-SNE, by Barnes and Hut's tree: with q = 1 / (1 + distance²), for
/// each point the sum over the others of q² times the way from them, and the sum of q over all pairs. Keeps
/// its memory from call to call.
class Repulsion {
public:
    /// Fills `forces` (resized) from `points` and returns the sum of q over all ordered pairs. Uses `threads`
    /// threads; the result is the same for any number.
    double compute(const Plane& points, Plane& forces, int threads);

private:
    /// A square of the tree in depth-first order: its first child follows it.
    struct Node {
        float x = 0; ///< centre of its points
        float y = 0;
        float mass = 0;    ///< number of its points
        float extent2 = 0; ///< longer side of their box, squared
        int next = 0;      ///< the node after all of its own
        int begin = 0;     ///< its points in the sorted order
        int end = 0;
        bool leaf = false;
    };
    struct Box {
        float lowX, highX, lowY, highY;
    };
    struct Sources {
        std::vector<float> x;
        std::vector<float> y;
        std::vector<float> mass;
    };

    void sortAlongCurve(const Plane& points);
    Box build(int begin, int end, int shift);
    void gather(const Box& targets, Sources& sources) const;
    double pushGroup(int begin, Plane& forces, Sources& sources) const;

    std::vector<unsigned long long> m_keys; ///< place along the curve, then the point's index
    Plane m_sorted;
    std::vector<Node> m_nodes;
    std::vector<double> m_sums;
};

} // namespace goodsight
