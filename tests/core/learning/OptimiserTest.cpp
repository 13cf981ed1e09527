#include "core/learning/Optimiser.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace goodsight;

namespace {

/// Five steps from (1, -2) on the gradient p * (1, 3) + 0.1, learning rate 0.1, weight decay 0.01.
std::vector<float> after(OptimiserKind kind)
{
    Optimiser optimiser(kind, 0.9, {2});
    std::vector<float> value{1, -2};
    for (int i = 0; i < 5; ++i) {
        const std::vector<float> gradient{value[0] + 0.1F, 3 * value[1] + 0.1F};
        optimiser.beginStep();
        optimiser.update(0, {0.1, 0.01}, value, gradient);
    }
    return value;
}

} // namespace

// Golden values: tests/reference/optimisers.py, by PyTorch's own.
TEST(Optimiser, StepsAsPyTorch)
{
    const auto check = [](OptimiserKind kind, float first, float second) {
        const std::vector<float> value = after(kind);
        EXPECT_NEAR(value[0], first, 1e-5F);
        EXPECT_NEAR(value[1], second, 1e-5F);
    };
    check(OptimiserKind::Sgd, -0.2207699F, 0.6478021F);
    check(OptimiserKind::Adam, 0.5068733F, -1.5030211F);
    check(OptimiserKind::AdamW, 0.5029621F, -1.4941133F);
}

TEST(Optimiser, OneCycleAsPyTorch)
{
    const std::vector<double> golden{0.04,           0.52,          1,
                                     0.950484632013, 0.81174565395, 0.611262021936,
                                     0.388741978064, 0.18825834605, 0.0495193679865,
                                     4e-06};
    for (std::size_t step = 0; step < golden.size(); ++step)
        EXPECT_NEAR(scheduleAt(ScheduleKind::OneCycle, 0.3, static_cast<qint64>(step), 10), golden[step],
                    1e-9);
}

TEST(Optimiser, SchedulesEndWhereTheyShould)
{
    EXPECT_DOUBLE_EQ(scheduleAt(ScheduleKind::Constant, 0.2, 99, 100), 1);
    EXPECT_DOUBLE_EQ(scheduleAt(ScheduleKind::Cosine, 0.2, 0, 100), 1);
    EXPECT_LT(scheduleAt(ScheduleKind::Cosine, 0.2, 99, 100), 0.001);
    EXPECT_DOUBLE_EQ(scheduleAt(ScheduleKind::OneCycle, 0.2, 0, 1), 1);
    for (const double warmup : {0.0, 0.3, 0.9}) {
        for (qint64 steps = 1; steps < 6; ++steps) {
            for (qint64 step = 0; step < steps; ++step) {
                const double share = scheduleAt(ScheduleKind::OneCycle, warmup, step, steps);
                EXPECT_TRUE(std::isfinite(share) && share > 0 && share <= 1)
                    << warmup << ' ' << step << '/' << steps;
            }
        }
    }
}

TEST(Optimiser, ItsMemoryIsAllThatItNeedsToGoOn)
{
    for (const OptimiserKind kind : {OptimiserKind::Sgd, OptimiserKind::Adam, OptimiserKind::AdamW}) {
        Optimiser whole(kind, 0.9, {3});
        std::vector<float> value{1, 2, 3};
        const std::vector<float> gradient{0.5F, -1, 2};
        whole.beginStep();
        whole.update(0, {0.1, 0.01}, value, gradient);
        Optimiser resumed(kind, 0.9, {3});
        resumed.setSteps(whole.steps());
        for (std::size_t i = 0; i < whole.state().size(); ++i)
            std::copy(whole.state()[i].begin(), whole.state()[i].end(), resumed.state()[i].begin());
        std::vector<float> copy = value;
        whole.beginStep();
        whole.update(0, {0.1, 0.01}, value, gradient);
        resumed.beginStep();
        resumed.update(0, {0.1, 0.01}, copy, gradient);
        EXPECT_EQ(copy, value);
    }
}
