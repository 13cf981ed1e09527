#include "core/evaluation/NearestNeighbours.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

using namespace goodsight;

namespace {

std::vector<float> randomRows(int count, int dimensions)
{
    std::mt19937 random(4);
    std::vector<float> rows;
    for (int i = 0; i < count * dimensions; ++i)
        rows.push_back(static_cast<float>(random() % 1000) / 100);
    return rows;
}

} // namespace

TEST(NearestNeighbours, AreThoseOfAPlainSearch)
{
    constexpr int kRows = 1100; // more than two blocks of either kind
    constexpr int kDimensions = 7;
    constexpr int kPerRow = 12;
    const std::vector<float> rows = randomRows(kRows, kDimensions);
    const NearestNeighbours found = nearestNeighbours(rows, kDimensions, kPerRow, 2);
    ASSERT_EQ(found.indices.size(), static_cast<std::size_t>(kRows * kPerRow));
    for (std::size_t row = 0; row < kRows; row += 37) {
        std::vector<double> plain;
        for (std::size_t other = 0; other < kRows; ++other) {
            double sum = 0;
            for (std::size_t d = 0; d < kDimensions; ++d) {
                const double gap = rows[row * kDimensions + d] - rows[other * kDimensions + d];
                sum += gap * gap;
            }
            if (other != row)
                plain.push_back(sum);
        }
        std::sort(plain.begin(), plain.end());
        for (std::size_t i = 0; i < kPerRow; ++i) {
            EXPECT_NE(found.indices[row * kPerRow + i], static_cast<int>(row));
            EXPECT_NEAR(found.distances[row * kPerRow + i], plain[i], 1e-3);
        }
    }
}

TEST(NearestNeighbours, AreTheSameForAnyNumberOfThreads)
{
    const std::vector<float> rows = randomRows(700, 5);
    const NearestNeighbours one = nearestNeighbours(rows, 5, 9, 1);
    const NearestNeighbours three = nearestNeighbours(rows, 5, 9, 3);
    EXPECT_EQ(one.indices, three.indices);
    EXPECT_EQ(one.distances, three.distances);
}

TEST(NearestNeighbours, OfFewRowsAreAllOthers)
{
    const std::vector<float> rows{0, 0, 3};
    const NearestNeighbours found = nearestNeighbours(rows, 1, 90, 1);
    EXPECT_EQ(found.perRow, 2);
    EXPECT_EQ(found.indices, (std::vector<int>{1, 2, 0, 2, 0, 1}));
    EXPECT_EQ(found.distances, (std::vector<float>{0, 9, 0, 9, 9, 9}));
    EXPECT_TRUE(nearestNeighbours(std::vector<float>{1}, 1, 5, 1).indices.empty());
    EXPECT_TRUE(nearestNeighbours({}, 3, 5, 1).indices.empty());
}

TEST(NearestNeighbours, StopWhenAsked)
{
    const auto found = nearestNeighbours(randomRows(50, 2), 2, 3, 1, [](double) { return false; });
    EXPECT_TRUE(found.indices.empty());
}
