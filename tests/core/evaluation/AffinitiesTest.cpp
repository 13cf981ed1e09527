#include "core/evaluation/Affinities.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>

using namespace goodsight;

namespace {

/// 60 points along a line whose gaps grow.
NearestNeighbours onALine(int perRow)
{
    std::vector<float> places;
    for (int i = 0; i < 60; ++i)
        places.push_back(std::pow(1.05F, static_cast<float>(i)) * 10);
    return nearestNeighbours(places, 1, perRow, 1);
}

std::map<std::pair<int, int>, double> entries(const Affinities& all)
{
    std::map<std::pair<int, int>, double> map;
    for (int row = 0; row + 1 < static_cast<int>(all.starts.size()); ++row) {
        for (int i = all.starts[static_cast<std::size_t>(row)];
             i < all.starts[static_cast<std::size_t>(row) + 1]; ++i)
            map[{row, all.columns[static_cast<std::size_t>(i)]}] = all.values[static_cast<std::size_t>(i)];
    }
    return map;
}

} // namespace

TEST(Affinities, AreSymmetricAndSumToOne)
{
    const auto pairs = entries(affinities(onALine(30), 10, 2));
    double sum = 0;
    for (const auto& [pair, value] : pairs) {
        sum += value;
        EXPECT_NE(pair.first, pair.second);
        ASSERT_TRUE(pairs.contains({pair.second, pair.first}));
        EXPECT_FLOAT_EQ(static_cast<float>(value), static_cast<float>(pairs.at({pair.second, pair.first})));
    }
    EXPECT_NEAR(sum, 1, 1e-5);
}

TEST(Affinities, OfEvenNeighboursAreEven)
{
    NearestNeighbours four;
    four.perRow = 3;
    four.indices = {1, 2, 3, 0, 2, 3, 0, 1, 3, 0, 1, 2};
    four.distances.assign(12, 7);
    for (const auto& [pair, value] : entries(affinities(four, 2, 1)))
        EXPECT_NEAR(value, 1.0 / 12, 1e-6);
}

TEST(Affinities, SurviveDistancesThatWouldUnderflow)
{
    NearestNeighbours two;
    two.perRow = 1;
    two.indices = {1, 0};
    two.distances = {1e12F, 1e12F};
    const Affinities all = affinities(two, 1, 1);
    ASSERT_EQ(all.values.size(), 2U);
    EXPECT_FLOAT_EQ(all.values[0], 0.5F);
    EXPECT_EQ(affinities({}, 5, 1).starts, std::vector<int>{0});
}
