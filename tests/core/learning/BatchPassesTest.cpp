#include "core/learning/BatchPasses.h"
#include "tests/core/learning/FakeTrainable.h"

#include <gtest/gtest.h>

#include <new>
#include <numeric>

using namespace goodsight;
using testsupport::FakeTrainable;

namespace {

constexpr int kRows = 10;
constexpr std::size_t kWidth = 512;

class BatchPassesTest : public testing::Test {
protected:
    BatchPassesTest()
    {
        for (std::size_t i = 0; i < kRows; ++i)
            values[i * kWidth] = static_cast<float>(i + 1);
        targets.labels.assign(kRows * 2, 0.5F);
        targets.weights.assign(kRows, 1);
    }
    Result<PassResult> run(int& rowsAtOnce, std::function<void(int)> pass = {})
    {
        const BatchPasses passes(network, parameters, loss, std::move(pass));
        return passes.run({Boundary::Embedding, 224, kRows, values}, targets, rowsAtOnce);
    }

    FakeTrainable network;
    const std::vector<TrainableParameter> parameters = network.parameters();
    const LossWeights loss;
    std::vector<float> values = std::vector<float>(kRows * kWidth);
    BatchTargets targets;
};

} // namespace

TEST_F(BatchPassesTest, PartsOfABatchGiveItsGradientAndItsRowsInOrder)
{
    network.gradient[0] = 100; // of the step before
    int rowsAtOnce = 4;
    const auto pass = run(rowsAtOnce);
    ASSERT_TRUE(pass);
    EXPECT_EQ(network.passes, (std::vector<int>{4, 4, 2}));
    EXPECT_NEAR(network.gradient[0], 5.5, 1e-5);
    EXPECT_NEAR(pass->loss, 1, 1e-9);
    std::vector<float> wanted(kRows);
    std::iota(wanted.begin(), wanted.end(), 1.0F);
    EXPECT_EQ(pass->logits, wanted);
    EXPECT_EQ(rowsAtOnce, 4);
}

TEST_F(BatchPassesTest, ShortMemoryHalvesThePassesAndLeavesNoTraceOfTheFailedOnes)
{
    network.mostRows = 3;
    int rowsAtOnce = 64;
    const auto pass = run(rowsAtOnce);
    ASSERT_TRUE(pass);
    EXPECT_EQ(rowsAtOnce, 2) << "10 rows, then 5, then 2";
    EXPECT_EQ(network.passes, (std::vector<int>{2, 2, 2, 2, 2}));
    EXPECT_EQ(network.statistic[0], 5) << "one for each pass that ended well";
    EXPECT_NEAR(network.gradient[0], 5.5, 1e-5);
}

TEST_F(BatchPassesTest, WhatAPassThrowsIsItsError)
{
    int rowsAtOnce = 8;
    const auto pass = run(rowsAtOnce, [](int rows) {
        if (rows > 2)
            throw std::bad_alloc();
    });
    ASSERT_TRUE(pass);
    EXPECT_EQ(rowsAtOnce, 2);
    network.mostRows = 0;
    const auto none = run(rowsAtOnce);
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().code, QStringLiteral("out-of-memory"));
    EXPECT_EQ(rowsAtOnce, 1);
}
