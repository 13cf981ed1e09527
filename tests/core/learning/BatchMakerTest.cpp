#include "core/learning/BatchMaker.h"

#include <gtest/gtest.h>

#include <set>

using namespace goodsight;

namespace {

constexpr BoundaryShape kShape{2, 10};

/// Rows whose numbers say where they are: row, y, x, channel.
std::vector<float> places(int rows)
{
    std::vector<float> all;
    for (int row = 0; row < rows; ++row) {
        for (int y = 0; y < kShape.side; ++y) {
            for (int x = 0; x < kShape.side; ++x) {
                for (int channel = 0; channel < kShape.channels; ++channel)
                    all.push_back(static_cast<float>(((row * 100 + y) * 100 + x) * 10 + channel));
            }
        }
    }
    return all;
}

} // namespace

TEST(BatchMaker, ACropIsASquareOfEachRowAtAPlaceOfItsOwn)
{
    TrainingStage stage;
    stage.crop = 0.6;
    const TrainingSet set;
    const BatchMaker maker(stage, set, {}, nullptr);
    constexpr int kRows = 5;
    std::set<int> sides;
    std::set<int> corners;
    for (quint32 seed = 0; seed < 50; ++seed) {
        std::vector<float> input = places(kRows);
        Random random = Random::keyed(seed);
        const int side = maker.crop(input, kShape, random);
        sides.insert(side);
        ASSERT_EQ(input.size(), static_cast<std::size_t>(kRows * side * side * kShape.channels));
        const float* at = input.data();
        for (int row = 0; row < kRows; ++row) {
            const int first = static_cast<int>(*at);
            EXPECT_EQ(first / 100'000, row);
            corners.insert(first % 100'000);
            for (int y = 0; y < side; ++y) {
                for (int x = 0; x < side; ++x) {
                    for (int channel = 0; channel < kShape.channels; ++channel)
                        ASSERT_EQ(static_cast<int>(*at++), first + y * 1000 + x * 10 + channel);
                }
            }
        }
    }
    EXPECT_EQ(sides, (std::set<int>{6, 7, 8, 9, 10}));
    EXPECT_TRUE(corners.contains(0));
    EXPECT_TRUE(corners.contains(4040)) << "the last place of the smallest square";
}

TEST(BatchMaker, WithoutCropTheRowsStay)
{
    const TrainingStage stage;
    const TrainingSet set;
    const BatchMaker maker(stage, set, {}, nullptr);
    std::vector<float> input = places(2);
    Random random = Random::keyed(1U);
    EXPECT_EQ(maker.crop(input, kShape, random), kShape.side);
    EXPECT_EQ(input, places(2));
}
