#include "core/inference/GoldenReplay.h"
#include "tests/core/inference/FakeBackend.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace goodsight;
using namespace goodsight::testsupport;

namespace {

class GoldenReplay : public testing::Test {
protected:
    std::shared_ptr<FakeScript> script = std::make_shared<FakeScript>();
    FakeBackend backend{script};
    ModelPackage package = fakePackage();
};

} // namespace

TEST_F(GoldenReplay, InputIsTheNormalisedPattern)
{
    const std::vector<quint8> bytes = goldenPattern(5);
    const std::vector<float> input = goldenInput(5, package.preprocessing);
    ASSERT_EQ(input.size(), bytes.size());
    const std::size_t plane = bytes.size() / 3;
    for (std::size_t i = 0; i < bytes.size(); i += 997) {
        const std::size_t c = i / plane;
        const float expected = (static_cast<float>(bytes[i]) / 255.0F - package.preprocessing.mean[c]) /
                               package.preprocessing.std[c];
        EXPECT_NEAR(static_cast<double>(input[i]), static_cast<double>(expected), 1e-6) << i;
    }
}

TEST_F(GoldenReplay, WhatWasMadeIsReproduced)
{
    const auto golden = makeGolden(backend, package);
    ASSERT_TRUE(golden);
    EXPECT_GE(golden->seeds.size(), 2U);
    EXPECT_EQ(golden->logits.size(), golden->seeds.size());
    package.golden = *golden;
    EXPECT_EQ(replayGolden(backend, package), 0.0);
}

TEST_F(GoldenReplay, SaysHowFarOffTheWorstLogitIs)
{
    package.golden = *makeGolden(backend, package);
    package.golden.logits[0][0] += 0.25F;
    package.golden.logits[1][3] -= 0.5F;
    const auto difference = replayGolden(backend, package);
    ASSERT_TRUE(difference);
    EXPECT_NEAR(*difference, 0.5, 1e-6);
}

TEST_F(GoldenReplay, AnEmbeddingThatIsOffCountsToo)
{
    package.golden = *makeGolden(backend, package);
    package.golden.embeddingHead.back().back() += 2.0F;
    EXPECT_NEAR(replayGolden(backend, package).value_or(0), 2.0, 1e-6);
}

TEST_F(GoldenReplay, ANumberThatIsNoneIsInfinitelyFarOff)
{
    package.golden = *makeGolden(backend, package);
    script->mood = FakeScript::Mood::NotANumber;
    const auto difference = replayGolden(backend, package);
    ASSERT_TRUE(difference);
    EXPECT_TRUE(std::isinf(*difference));
    EXPECT_EQ(makeGolden(backend, package).error().code, QStringLiteral("bad-model"));
}

TEST_F(GoldenReplay, NoneIsNothingToCheck)
{
    EXPECT_EQ(replayGolden(backend, package), 0.0);
    EXPECT_EQ(script->runs, 0);
}

TEST_F(GoldenReplay, OutputsOfAnotherModelAreRefused)
{
    const GoldenOutputs good = *makeGolden(backend, package);
    package.golden = good;
    package.golden.logits.pop_back();
    EXPECT_EQ(replayGolden(backend, package).error().code, QStringLiteral("bad-model"));
    package.golden = good;
    package.golden.logits[2].push_back(0);
    EXPECT_EQ(replayGolden(backend, package).error().code, QStringLiteral("bad-model"));
    package.golden = good;
    package.golden.pattern = QStringLiteral("waves-2");
    EXPECT_EQ(replayGolden(backend, package).error().code, QStringLiteral("bad-model"));
}

TEST_F(GoldenReplay, PassesTheBackendsFailureOn)
{
    package.golden = *makeGolden(backend, package);
    script->mood = FakeScript::Mood::Fail;
    EXPECT_EQ(replayGolden(backend, package).error().code, QStringLiteral("backend-failed"));
    EXPECT_EQ(makeGolden(backend, package).error().code, QStringLiteral("backend-failed"));
}
