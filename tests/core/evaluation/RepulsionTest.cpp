#include "core/evaluation/Repulsion.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

using namespace goodsight;

namespace {

/// Points in some clumps, as maps have them.
Plane clumps(int count)
{
    std::mt19937 random(9);
    const auto uniform = [&] { return static_cast<float>(random()) / 4294967296.0F; };
    Plane points;
    for (int i = 0; i < count; ++i) {
        points.x.push_back(static_cast<float>(i % 5) * 13 + uniform() * 4);
        points.y.push_back(static_cast<float>(i % 7) * 9 + uniform() * 4);
    }
    return points;
}

} // namespace

TEST(Repulsion, IsCloseToThatOfEveryPair)
{
    const Plane points = clumps(800);
    Plane forces;
    const double sum = Repulsion().compute(points, forces, 2);
    double exactSum = 0;
    double error = 0;
    double whole = 0;
    for (std::size_t i = 0; i < 800; ++i) {
        double x = 0;
        double y = 0;
        for (std::size_t j = 0; j < 800; ++j) {
            const double dx = points.x[i] - points.x[j];
            const double dy = points.y[i] - points.y[j];
            const double q = 1 / (1 + dx * dx + dy * dy);
            exactSum += i == j ? 0 : q;
            x += q * q * dx;
            y += q * q * dy;
        }
        error += std::pow(forces.x[i] - x, 2) + std::pow(forces.y[i] - y, 2);
        whole += x * x + y * y;
    }
    EXPECT_NEAR(sum, exactSum, 0.005 * exactSum);
    EXPECT_LT(std::sqrt(error / whole), 0.01);
}

TEST(Repulsion, IsTheSameForAnyNumberOfThreadsAndEachTime)
{
    const Plane points = clumps(500);
    Plane one;
    Plane three;
    Repulsion repulsion;
    const double sum = repulsion.compute(points, one, 1);
    EXPECT_EQ(repulsion.compute(points, three, 3), sum);
    EXPECT_EQ(one.x, three.x);
    EXPECT_EQ(one.y, three.y);
}

TEST(Repulsion, OfPointsInOnePlaceIsNone)
{
    Plane points;
    points.x.assign(100, 3);
    points.y.assign(100, -2);
    Plane forces;
    EXPECT_NEAR(Repulsion().compute(points, forces, 1), 9900, 0.01);
    EXPECT_EQ(forces.x, std::vector<float>(100, 0));
    EXPECT_DOUBLE_EQ(Repulsion().compute({}, forces, 1), 0);
    EXPECT_TRUE(forces.x.empty());
}
