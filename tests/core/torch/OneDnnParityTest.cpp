// The fast engine against the reference: the same weights, the same pictures, the same answers.

#include "core/inference/Backend.h"
#include "core/inference/GoldenReplay.h"
#include "core/inference/OneDnnBackend.h"
#include "core/inference/TorchLibrary.h"
#include "core/model/ModelPackage.h"
#include "tests/support/TestSupport.h"

#include <gtest/gtest.h>

#include <cmath>

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
    ASSERT_TRUE(backend.run(pictures(2), 2));
    const auto again = backend.run(pictures(1), 1);
    ASSERT_TRUE(first);
    ASSERT_TRUE(again);
    EXPECT_EQ(first->logits, again->logits);
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
