#pragma once

#include <functional>
#include <span>
#include <vector>

namespace goodsight {

/// A smooth convex function, as minimize() asks for it.
struct Objective {
    /// Value at `x`; writes the gradient and the diagonal of a rough curvature (all above 0), both as long as
    /// `x`. NaN ends the search.
    std::function<double(std::span<const float> x, std::span<float> gradient, std::span<float> curvature)>
        evaluate;
};

struct LbfgsOptions {
    int memory = 8; ///< pairs of steps and gradient changes that are kept
    int maxIterations = 300;
    /// Ends where the estimated distance to the minimum's value, half the squared gradient measured by the
    /// inverse curvature, falls below this share of the value.
    double tolerance = 1e-4;
};

struct LbfgsResult {
    double value = 0;
    int iterations = 0;  ///< steps taken
    int evaluations = 0; ///< calls of evaluate
    bool converged = false;
    bool interrupted = false; ///< evaluate gave NaN; x is the last good point
};

/// Minimises by L-BFGS (Nocedal 1980; Liu and Nocedal 1989: the two-loop recursion) from `x`, which it
/// overwrites. The first guess of the inverse Hessian is the given diagonal, renewed at every step and scaled
/// by the last pair, instead of a multiple of the identity: with features on their principal axes this takes
/// several times fewer steps. Steps are halved until they decrease the value enough (Armijo); convexity
/// keeps the curvature condition. The calling thread; memory 2 * memory + 4 times `x`.
[[nodiscard]] LbfgsResult minimize(const Objective& objective, std::vector<float>& x,
                                   const LbfgsOptions& options);

} // namespace goodsight
