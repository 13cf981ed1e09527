#include "core/learning/Lbfgs.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

using namespace goodsight;

namespace {

/// sum of (j + 1) (x_j - j)^2 / 2 with a coupling between neighbours; `curvature` tells its diagonal.
Objective bowl(bool honest)
{
    return {[honest](std::span<const float> x, std::span<float> gradient, std::span<float> curvature) {
        double value = 0;
        for (std::size_t j = 0; j < x.size(); ++j) {
            const auto scale = static_cast<float>((j + 1) * (j + 1));
            const float away = x[j] - static_cast<float>(j);
            value += static_cast<double>(scale * away * away) / 2;
            gradient[j] = scale * away;
            curvature[j] = honest ? scale : 1;
        }
        for (std::size_t j = 1; j < x.size(); ++j) {
            const float apart = (x[j] - static_cast<float>(j)) - (x[j - 1] - static_cast<float>(j - 1));
            value += static_cast<double>(apart * apart) / 4;
            gradient[j] += apart / 2;
            gradient[j - 1] -= apart / 2;
        }
        return value + 1;
    }};
}

} // namespace

TEST(Lbfgs, FindsTheMinimumAndSoonerWithTheCurvature)
{
    LbfgsOptions options;
    options.tolerance = 1e-8;
    std::vector<float> guided(30, 100);
    const LbfgsResult with = minimize(bowl(true), guided, options);
    std::vector<float> blind(30, 100);
    const LbfgsResult without = minimize(bowl(false), blind, options);
    EXPECT_TRUE(with.converged);
    EXPECT_TRUE(without.converged);
    for (std::size_t j = 0; j < guided.size(); ++j) {
        EXPECT_NEAR(guided[j], static_cast<float>(j), 1e-3);
        EXPECT_NEAR(blind[j], static_cast<float>(j), 1e-2);
    }
    EXPECT_LT(2 * with.evaluations, without.evaluations);
}

TEST(Lbfgs, ShortensAStepThatGoesTooFar)
{
    // log-cosh is flat far out: its curvature at 0 is 1, and the first steps from 8 overshoot.
    const Objective objective{
        [](std::span<const float> x, std::span<float> gradient, std::span<float> curvature) {
            gradient[0] = std::tanh(x[0]);
            curvature[0] = 0.02F;
            return 1 + std::log(std::cosh(static_cast<double>(x[0])));
        }};
    std::vector<float> x{8};
    const LbfgsResult result = minimize(objective, x, {});
    EXPECT_TRUE(result.converged);
    EXPECT_NEAR(x[0], 0, 0.05);
    EXPECT_GT(result.evaluations, result.iterations + 1);
}

TEST(Lbfgs, KeepsTheLastGoodPointWhenInterrupted)
{
    int calls = 0;
    Objective objective = bowl(false);
    objective.evaluate = [&calls, whole = objective.evaluate](std::span<const float> x,
                                                              std::span<float> gradient,
                                                              std::span<float> curvature) {
        return ++calls > 4 ? std::numeric_limits<double>::quiet_NaN() : whole(x, gradient, curvature);
    };
    std::vector<float> x(30, 100);
    const LbfgsResult result = minimize(objective, x, {});
    EXPECT_TRUE(result.interrupted);
    EXPECT_FALSE(result.converged);
    for (const float value : x)
        EXPECT_TRUE(std::isfinite(value));
}
