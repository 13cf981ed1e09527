#include "core/evaluation/EmbeddingMap.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

using namespace goodsight;

namespace {

constexpr int kDimensions = 64;
constexpr int kClusters = 4;

/// Rows around four centres, in turns.
std::vector<float> clusters(int count)
{
    std::mt19937 random(12);
    std::vector<float> rows;
    for (int i = 0; i < count; ++i) {
        for (int d = 0; d < kDimensions; ++d)
            rows.push_back((d % kClusters == i % kClusters ? 3.0F : 0.0F) +
                           static_cast<float>(random()) / 4294967296.0F);
    }
    return rows;
}

EmbeddingMapOptions quick()
{
    EmbeddingMapOptions options;
    options.perplexity = 10;
    options.earlyIterations = 100;
    options.iterations = 150;
    options.threads = 2;
    return options;
}

double distance(const EmbeddingMap& map, std::size_t one, std::size_t other)
{
    return std::hypot(map.positions[2 * one] - map.positions[2 * other],
                      map.positions[2 * one + 1] - map.positions[2 * other + 1]);
}

} // namespace

TEST(EmbeddingMap, PutsAlikePhotosTogether)
{
    constexpr std::size_t kCount = 240;
    const auto map = mapEmbeddings(clusters(kCount), kDimensions, quick());
    ASSERT_TRUE(map);
    ASSERT_EQ(map->positions.size(), 2 * kCount);
    EXPECT_GT(map->divergence, 0);
    for (std::size_t i = 0; i < kCount; ++i) {
        std::size_t nearest = i == 0 ? 1 : 0;
        for (std::size_t j = 0; j < kCount; ++j)
            nearest = j != i && distance(*map, i, j) < distance(*map, i, nearest) ? j : nearest;
        EXPECT_EQ(nearest % kClusters, i % kClusters) << i;
    }
    double x = 0;
    for (std::size_t i = 0; i < kCount; ++i)
        x += map->positions[2 * i];
    EXPECT_NEAR(x / kCount, 0, 1e-3);
}

TEST(EmbeddingMap, IsTheSameEachTimeAndForAnyNumberOfThreads)
{
    const std::vector<float> rows = clusters(130);
    EmbeddingMapOptions options = quick();
    const auto two = mapEmbeddings(rows, kDimensions, options);
    EXPECT_EQ(mapEmbeddings(rows, kDimensions, options)->positions, two->positions);
    options.threads = 1;
    EXPECT_EQ(mapEmbeddings(rows, kDimensions, options)->positions, two->positions);
    options.seed = 2;
    EXPECT_NE(mapEmbeddings(rows, kDimensions, options)->positions, two->positions);
}

TEST(EmbeddingMap, SaysHowFarItIsAndStopsWhenAsked)
{
    int asked = 0;
    int last = -1;
    const auto stopped = mapEmbeddings(clusters(60), kDimensions, quick(), [&](int done, int total) {
        EXPECT_GE(done, last);
        EXPECT_LE(done, total);
        last = done;
        return ++asked < 20;
    });
    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error().code, QStringLiteral("cancelled"));
    EXPECT_EQ(asked, 20);
    EXPECT_FALSE(mapEmbeddings({}, kDimensions, {}, [](int, int) { return false; }));
}

TEST(EmbeddingMap, OfFewPhotosIsFinite)
{
    for (const int count : {0, 1, 2, 3, 5}) {
        const auto map = mapEmbeddings(clusters(count), kDimensions, quick());
        ASSERT_TRUE(map);
        ASSERT_EQ(map->positions.size(), static_cast<std::size_t>(2 * count));
        for (const float place : map->positions)
            EXPECT_TRUE(std::isfinite(place)) << count;
    }
    EXPECT_TRUE(mapEmbeddings({}, 0)->positions.empty());
}

TEST(EmbeddingMap, OfEqualPhotosIsFinite)
{
    const auto map = mapEmbeddings(std::vector<float>(50 * kDimensions, 0.5F), kDimensions, quick());
    ASSERT_TRUE(map);
    for (const float place : map->positions)
        EXPECT_TRUE(std::isfinite(place));
}

TEST(EmbeddingMap, APhotoWhoseEmbeddingIsNoNumberHasNoPlace)
{
    std::vector<float> rows = clusters(40);
    rows[3 * kDimensions + 5] = std::numeric_limits<float>::quiet_NaN();
    const auto map = mapEmbeddings(rows, kDimensions, quick());
    ASSERT_TRUE(map);
    for (std::size_t i = 0; i < 40; ++i)
        EXPECT_EQ(std::isfinite(map->positions[2 * i]), i != 3) << i;
}

TEST(EmbeddingMap, OfTwoNumbersEachNeedsNoComponents)
{
    std::vector<float> rows;
    for (int i = 0; i < 30; ++i)
        rows.insert(rows.end(), {static_cast<float>(i % 2) * 20, static_cast<float>(i) / 30});
    const auto map = mapEmbeddings(rows, 2, quick());
    ASSERT_TRUE(map);
    EXPECT_LT(distance(*map, 0, 2), distance(*map, 0, 1));
}
