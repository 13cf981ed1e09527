// The fast engine against the reference: the same weights, the same pictures, the same answers.

#include "core/inference/Backend.h"
#include "core/inference/GoldenReplay.h"
#include "core/inference/Int8Calibration.h"
#include "core/inference/Int8Quantizer.h"
#include "core/inference/OneDnnBackend.h"
#include "core/inference/OneDnnNetwork.h"
#include "core/inference/PhotoFiles.h"
#include "core/inference/TorchLibrary.h"
#include "core/model/ModelPackage.h"
#include "tests/support/TestModels.h"
#include "tests/support/TestSupport.h"

#include <QElapsedTimer>

#include <gtest/gtest.h>

#include <cmath>
#include <ctime>

using namespace goodsight;

namespace {

constexpr double kTolerance = 1e-3; // of a logit

const ModelPackage& shipped()
{
    static const ModelPackage package = [] {
        auto loaded = ModelPackage::load(goodsight::testsupport::sourceDir() +
                                         QStringLiteral("/resources/models/groceries.safetensors"));
        EXPECT_TRUE(loaded);
        return std::move(*loaded);
    }();
    return package;
}

std::vector<float> pictures(int count)
{
    std::vector<float> all;
    for (int i = 0; i < count; ++i) {
        const std::vector<float> one = goldenInput(static_cast<quint32>(i) + 11, shipped().preprocessing);
        all.insert(all.end(), one.begin(), one.end());
    }
    return all;
}

double worst(const std::vector<float>& a, const std::vector<float>& b)
{
    EXPECT_EQ(a.size(), b.size());
    double most = 0;
    for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i)
        most = std::max(most, std::abs(static_cast<double>(a[i]) - static_cast<double>(b[i])));
    return most;
}

struct Case {
    int batch;
    int threads;
};

class OneDnnParity : public testing::TestWithParam<Case> {};

} // namespace

TEST_P(OneDnnParity, Fp32GivesTheReferencesLogitsAndEmbeddings)
{
    const auto [batch, threads] = GetParam();
    auto reference = createBackend(BackendKind::Torch, shipped(), 2);
    auto fast = createBackend(BackendKind::OneDnnFp32, shipped(), threads);
    ASSERT_TRUE(reference) << qPrintable(reference.error().message);
    ASSERT_TRUE(fast) << qPrintable(fast.error().message);
    const std::vector<float> input = pictures(batch);
    const auto wanted = (*reference)->run(input, batch);
    const auto got = (*fast)->run(input, batch);
    ASSERT_TRUE(wanted);
    ASSERT_TRUE(got) << qPrintable(got.error().message);
    EXPECT_LT(worst(got->logits, wanted->logits), kTolerance);
    EXPECT_LT(worst(got->embeddings, wanted->embeddings), kTolerance);
}

INSTANTIATE_TEST_SUITE_P(Batches, OneDnnParity,
                         testing::Values(Case{1, 1}, Case{1, 2}, Case{3, 2}, Case{8, 1}, Case{8, 2}));

TEST(OneDnnBackend, BatchSizesMayAlternate)
{
    auto made = makeOneDnnBackend(shipped(), 2, OneDnnPrecision::Fp32);
    ASSERT_TRUE(made);
    Backend& backend = **made;
    const auto first = backend.run(pictures(1), 1);
    ASSERT_TRUE(backend.run(pictures(5), 5));
    ASSERT_TRUE(backend.run(pictures(8), 8));
    ASSERT_TRUE(backend.run(pictures(2), 2));
    const auto again = backend.run(pictures(1), 1);
    ASSERT_TRUE(first);
    ASSERT_TRUE(again);
    EXPECT_EQ(first->logits, again->logits);
}

TEST(OneDnnBackend, OneThreadMeansOneThread)
{
    const std::vector<float> input = pictures(8);
    for (const BackendKind kind : {BackendKind::OneDnnFp32, BackendKind::OneDnnInt8}) {
        auto backend = createBackend(kind, shipped(), 1);
        ASSERT_TRUE(backend);
        for (const int batch : {1, 8}) {
            const auto pass = [&] {
                ASSERT_TRUE((*backend)->run(
                    std::span(input).first(input.size() / 8 * static_cast<std::size_t>(batch)), batch));
            };
            pass(); // makes the primitives
            // One thread takes no more processor time than passes on the wall's clock, on however busy a
            // machine.
            QElapsedTimer wall;
            wall.start();
            const std::clock_t before = std::clock();
            for (int i = 0; i < 10; ++i)
                pass();
            const double used = static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC;
            const double passed = static_cast<double>(wall.nsecsElapsed()) / 1e9;
            EXPECT_LT(used, passed * 1.1 + 0.02) << qPrintable((*backend)->name()) << ", batch " << batch;
        }
    }
}

TEST(OneDnnBackend, SixtyFourThreadsAreClamped)
{
    auto made = makeOneDnnBackend(shipped(), 64, OneDnnPrecision::Fp32);
    ASSERT_TRUE(made);
    EXPECT_TRUE((*made)->run(pictures(1), 1));
    (*made)->setThreads(-3);
    EXPECT_TRUE((*made)->run(pictures(1), 1));
}

TEST(OneDnnBackend, AWrongSizeIsAnError)
{
    auto made = makeOneDnnBackend(shipped(), 1, OneDnnPrecision::Fp32);
    ASSERT_TRUE(made);
    const auto refused = (*made)->run(std::vector<float>(17), 1);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, QStringLiteral("bad-input"));
}

TEST(OneDnnBackend, Int8WithoutScalesIsUnavailable)
{
    ModelPackage without = shipped();
    without.int8.reset();
    const auto refused = makeOneDnnBackend(without, 1, OneDnnPrecision::Int8);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, QStringLiteral("backend-unavailable"));
}

TEST(OneDnnInt8, TheShippedModelHasScalesThatGiveNearlyTheSameLogits)
{
    ASSERT_TRUE(shipped().int8);
    EXPECT_EQ(shipped().int8->goldenLogits.size(), shipped().golden.seeds.size());
    auto made = createBackend(BackendKind::OneDnnInt8, shipped(), 2);
    ASSERT_TRUE(made) << qPrintable(made.error().message);
    EXPECT_EQ((*made)->name(), QStringLiteral("onednn-int8"));
    const auto one = (*made)->run(pictures(1), 1);
    const auto several = (*made)->run(pictures(5), 5);
    ASSERT_TRUE(one);
    ASSERT_TRUE(several);
    EXPECT_EQ(one->logits,
              std::vector<float>(several->logits.begin(), several->logits.begin() + std::ssize(one->logits)));
    EXPECT_EQ(one->embeddings.size(), 512U);
}

/// A model whose convolutions are all means, with 8-bit scales for pictures that are 1 everywhere, and its
/// embedding of such a picture.
struct MeanModel {
    ModelPackage package = goodsight::testsupport::randomModel(4);
    std::vector<float> embedding = std::vector<float>(512);

    /// `first`: share of each two neighbouring input channels that comes from the first of them.
    explicit MeanModel(float first = 0.5F)
    {
        for (auto& [name, tensor] : package.weights) {
            if (QString::fromStdString(name).startsWith(QStringLiteral("fc.")))
                continue;
            const bool bias = name.ends_with("bias");
            const auto fanIn = static_cast<float>(
                bias ? 1 : tensor.values.size() / static_cast<std::size_t>(tensor.shape[0]));
            std::fill(tensor.values.begin(), tensor.values.end(), bias ? 0.0F : 1.0F / fanIn);
            if (!bias && tensor.shape[1] % 2 == 0)
                lean(tensor, 2 * first);
        }
        const std::vector<float> ones(kPictureFloats, 1.0F);
        std::array<ActivationHistogram, kInt8Points> seen;
        makeFp32Network(package, [&](std::size_t point, std::span<const float> values) {
            seen[point].add(values);
        })->run(ones.data(), 1, 2, embedding.data());
        Int8Scales scales;
        scales.pooled = seen[0].bestScale(int8::kLevels);
        for (std::size_t i = 0; i < scales.blocks.size(); ++i) {
            scales.blocks[i].middle = seen[1 + 3 * i].bestScale(int8::kLevels);
            scales.blocks[i].out = seen[2 + 3 * i].bestScale(int8::kLevels);
            scales.blocks[i].shortcut = seen[3 + 3 * i].bestScale(127);
        }
        package.int8 = scales;
    }

    static void lean(Tensor& weight, float first)
    {
        const auto plane = static_cast<std::size_t>(weight.shape[2] * weight.shape[3]);
        for (std::size_t i = 0; i < weight.values.size(); ++i)
            weight.values[i] *= i / plane % 2 == 0 ? first : 2 - first;
    }

    [[nodiscard]] std::vector<float> embeddingOf(float value)
    {
        auto made = makeOneDnnBackend(package, 2, OneDnnPrecision::Int8);
        if (!made)
            return {};
        auto got = (*made)->run(std::vector<float>(kPictureFloats, value), 1);
        return got ? got->embeddings : std::vector<float>();
    }
    static constexpr std::size_t kPictureFloats = std::size_t{3} * 224 * 224;
};

// All weights and all activations at their largest: where two products of eight bits were added in sixteen,
// as processors without VNNI do, the sum would be cut off and the answer far too small.
TEST(OneDnnInt8, TheLargestSumsDoNotSaturate)
{
    // Weights of 64 and 64, 127 and 1, 1 and 127.
    for (const float first : {0.5F, 127 / 128.0F, 1 / 128.0F}) {
        MeanModel model(first);
        const std::vector<float> got = model.embeddingOf(1.0F);
        ASSERT_EQ(got.size(), model.embedding.size());
        ASSERT_GT(model.embedding[0], 0.5F);
        for (std::size_t i = 0; i < got.size(); ++i)
            ASSERT_NEAR(got[i] / model.embedding[i], 1.0, 0.1) << i << ' ' << first;
    }
}

// Numbers above what the scales were made for are cut off at 255.
TEST(OneDnnInt8, WhatIsAboveTheScalesIsCutOffTheSameEverywhere)
{
    MeanModel model;
    const std::vector<float> atMost = model.embeddingOf(1.05F);
    const std::vector<float> above = model.embeddingOf(2.0F);
    ASSERT_EQ(above.size(), model.embedding.size());
    for (std::size_t i = 0; i < above.size(); ++i) {
        ASSERT_NEAR(above[i] / model.embedding[i], 1.0, 0.1) << i;
        ASSERT_NEAR(above[i] / atMost[i], 1.0, 0.01) << i; // the border's smaller sums grow
    }
}

TEST(OneDnnInt8, TheShippedModelKeepsItsAnswersOnPhotos)
{
    const QString val = goodsight::testsupport::shared(QStringLiteral("data/grocery/val"));
    if (val.isEmpty())
        GTEST_SKIP() << goodsight::testsupport::kNoShared;
    ModelPackage model = shipped();
    QuantizeOptions options;
    options.calibrationPhotos = 60;
    const auto check = quantizeInt8(model, photosIn(val)->photos, options);
    ASSERT_TRUE(check) << qPrintable(check.error().message);
    EXPECT_GE(check->photos, 200);
    EXPECT_TRUE(check->passes());
}

TEST(Quantize, AModelThatEightBitsRuinIsRefusedWithTheFigures)
{
    const QString val = goodsight::testsupport::shared(QStringLiteral("data/grocery/val"));
    if (val.isEmpty())
        GTEST_SKIP() << goodsight::testsupport::kNoShared;
    // One weight of each filter so large that the rest can hardly be told from zero.
    ModelPackage model = shipped();
    for (auto& [name, tensor] : model.weights) {
        if (!name.starts_with("layer") || !name.ends_with("weight"))
            continue;
        const std::size_t filter = tensor.values.size() / static_cast<std::size_t>(tensor.shape[0]);
        for (std::size_t at = 0; at < tensor.values.size(); at += filter)
            tensor.values[at] = 3.0F;
    }
    model.int8.reset();
    const auto refused = quantizeInt8(model, photosIn(val)->photos.mid(0, 40), {});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, QStringLiteral("below-bar"));
    EXPECT_FALSE(model.int8);
}
