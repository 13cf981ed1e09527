#include "core/learning/RunKeeper.h"
#include "tests/core/learning/FakeTrainable.h"

#include <QTemporaryDir>

#include <gtest/gtest.h>

using namespace goodsight;
using testsupport::FakeTrainable;

namespace {

class RunKeeperTest : public testing::Test {
protected:
    [[nodiscard]] RunKeeper keeper(const char* identity = "run", std::function<bool()> stop = {}) const
    {
        return RunKeeper(folder.path(), QString::fromLatin1(identity), 0, std::move(stop));
    }
    /// Keeps a run in its second stage.
    void keep()
    {
        FakeTrainable network;
        network.weight = {3, 4};
        Optimiser optimiser(OptimiserKind::AdamW, 0, {2});
        optimiser.state()[1][1] = 5;
        RunState state;
        state.stage = 1;
        state.step = 6;
        state.optimiserSteps = 7;
        auto kept = keeper();
        ASSERT_TRUE(kept.keep(state, network, optimiser, average));
    }

    QTemporaryDir folder;
    std::vector<std::vector<float>> average{{8, 9}};
};

} // namespace

TEST_F(RunKeeperTest, PutsBackWhatItKept)
{
    keep();
    auto again = keeper();
    ASSERT_TRUE(again.read());
    ASSERT_EQ(again.stage(), std::optional(1));
    FakeTrainable network;
    Optimiser optimiser(OptimiserKind::AdamW, 0, {2});
    std::vector<std::vector<float>> averages{{0, 0}};
    ASSERT_TRUE(again.putBack(network));
    EXPECT_EQ(network.weight, (std::vector<float>{3, 4}));
    const auto state = again.putBack(network, optimiser, averages);
    ASSERT_TRUE(state);
    EXPECT_EQ(state->step, 6);
    EXPECT_EQ(optimiser.steps(), 7);
    EXPECT_EQ(optimiser.state()[1][1], 5);
    EXPECT_EQ(averages, average);
    EXPECT_FALSE(again.stage()) << "a later stage starts by itself";
}

TEST_F(RunKeeperTest, AnotherRunsCheckpointIsNone)
{
    keep();
    auto other = keeper("another run");
    ASSERT_TRUE(other.read());
    EXPECT_FALSE(other.stage());
}

TEST_F(RunKeeperTest, ACheckpointThatDoesNotFitIsAnError)
{
    keep();
    auto again = keeper();
    ASSERT_TRUE(again.read());
    FakeTrainable larger;
    larger.weight = {1, 2, 3};
    const auto refused = again.putBack(larger);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, QStringLiteral("bad-checkpoint"));
    FakeTrainable network;
    Optimiser plain(OptimiserKind::Sgd, 0.9, {2}); // one memory fewer than was kept
    std::vector<std::vector<float>> averages{{0, 0, 0}};
    EXPECT_EQ(again.putBack(network, plain, averages).error().code, QStringLiteral("bad-checkpoint"));
}

TEST_F(RunKeeperTest, AStopEndsTheReading)
{
    keep();
    auto stopped = keeper("run", [] { return true; });
    const auto read = stopped.read();
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, QStringLiteral("cancelled"));
    EXPECT_FALSE(stopped.stage());
}
