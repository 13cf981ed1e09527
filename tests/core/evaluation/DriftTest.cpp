#include "core/evaluation/Drift.h"

#include "tests/core/evaluation/Golden.h"

#include <gtest/gtest.h>

#include <random>

using namespace goodsight;
using namespace goodsight::testsupport;

namespace {

std::vector<int> labelsOf(const std::vector<double>& counts)
{
    std::vector<int> labels;
    for (std::size_t label = 0; label < counts.size(); ++label)
        labels.insert(labels.end(), static_cast<std::size_t>(counts[label]), static_cast<int>(label));
    return labels;
}

/// `count` rows of 8 numbers around `centre`.
std::vector<float> cloud(unsigned seed, int count, float centre)
{
    std::mt19937 random(seed);
    std::vector<float> rows;
    for (int i = 0; i < count * 8; ++i)
        rows.push_back(centre + static_cast<float>(random()) / 4294967296.0F);
    return rows;
}

} // namespace

TEST(Drift, OfSharesAgreesWithSciPy)
{
    const QJsonObject expected = golden("drift");
    const ShareDrift drift =
        shareDrift(labelsOf(numbers(expected[u"training"])), labelsOf(numbers(expected[u"recent"])));
    EXPECT_NEAR(drift.psi, expected[u"psi"].toDouble(), 1e-12);
    EXPECT_NEAR(drift.chiSquare, expected[u"chi_square"].toDouble(), 1e-9);
    // With this many photos the permutations give what the distribution says.
    EXPECT_NEAR(drift.pValue, expected[u"chi_square_p"].toDouble(), 0.01);
}

TEST(Drift, NamesTheClassThatMovedMostFirst)
{
    const std::vector<int> training{0, 0, 0, 1, 1, 1, 2, 2, 2, 2};
    const std::vector<int> recent{0, 1, 7, 7, 7};
    const ShareDrift drift = shareDrift(training, recent);
    ASSERT_EQ(drift.shifts.size(), 4U);
    EXPECT_EQ(drift.shifts[0].label, 7);
    EXPECT_DOUBLE_EQ(drift.shifts[0].training, 0);
    EXPECT_DOUBLE_EQ(drift.shifts[0].recent, 0.6);
    EXPECT_EQ(drift.shifts[1].label, 2);
}

TEST(Drift, OfTheSameShopIsNoDriftEvenWithManyClassesAndFewPhotos)
{
    std::mt19937 random(3);
    std::vector<int> training;
    std::vector<int> recent;
    for (int i = 0; i < 20'000; ++i)
        training.push_back(static_cast<int>(random() % 10'000));
    for (int i = 0; i < 100; ++i)
        recent.push_back(static_cast<int>(random() % 10'000));
    EXPECT_GT(shareDrift(training, recent).pValue, 0.05);
    const std::vector<int> one(100, 4);
    EXPECT_LT(shareDrift(training, one).pValue, 0.01);
}

TEST(Drift, OfOneClassOrNothingIsNone)
{
    const std::vector<int> one(30, 2);
    EXPECT_DOUBLE_EQ(shareDrift(one, one).psi, 0);
    EXPECT_DOUBLE_EQ(shareDrift(one, one).pValue, 1);
    EXPECT_DOUBLE_EQ(shareDrift({}, one).pValue, 1);
    EXPECT_DOUBLE_EQ(shareDrift(one, {}).psi, 0);
}

TEST(Drift, OfEmbeddingsAgreesWithTheDefinition)
{
    const QJsonObject expected = golden("drift");
    const std::vector<double> x = numbers(expected[u"x"]);
    const std::vector<double> y = numbers(expected[u"y"]);
    const EmbeddingDrift drift =
        embeddingDrift(std::vector<float>(x.begin(), x.end()), std::vector<float>(y.begin(), y.end()),
                       expected[u"dimensions"].toInt());
    EXPECT_NEAR(drift.distance, expected[u"energy_share"].toDouble(), 1e-6);
    EXPECT_LT(drift.pValue, 0.05);
    EXPECT_EQ(drift.training, 40);
    EXPECT_EQ(drift.recent, 30);
}

TEST(Drift, OfEmbeddingsIsSeenWhereTheyMovedAndOnlyThere)
{
    const std::vector<float> training = cloud(1, 700, 0);
    const EmbeddingDrift same = embeddingDrift(training, cloud(2, 60, 0), 8);
    EXPECT_EQ(same.training, kDriftSample);
    EXPECT_GT(same.pValue, 0.02);
    const EmbeddingDrift moved = embeddingDrift(training, cloud(2, 60, 0.3F), 8);
    EXPECT_LE(moved.pValue, 0.001);
    EXPECT_GT(moved.distance, 4 * same.distance);
    EXPECT_DOUBLE_EQ(embeddingDrift(training, cloud(2, 60, 0), 8).pValue, same.pValue);
}

TEST(Drift, OfNoOrEqualEmbeddingsIsNone)
{
    const std::vector<float> some = cloud(1, 5, 0);
    EXPECT_DOUBLE_EQ(embeddingDrift({}, some, 8).pValue, 1);
    EXPECT_DOUBLE_EQ(embeddingDrift(some, {}, 8).distance, 0);
    EXPECT_DOUBLE_EQ(embeddingDrift(some, some, 0).distance, 0);
    const std::vector<float> equal(80, 1);
    EXPECT_DOUBLE_EQ(embeddingDrift(equal, equal, 8).distance, 0);
    EXPECT_DOUBLE_EQ(embeddingDrift(equal, equal, 8).pValue, 1);
}
