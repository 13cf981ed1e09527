#include "core/evaluation/ConfusionMatrix.h"

#include <gtest/gtest.h>

using namespace goodsight;

TEST(ConfusionMatrix, KnowsThePhotosOfEachCell)
{
    const std::vector<ScoredPhoto> photos{{0, {1}, 1}, {0, {0}, 1}, {0, {1}, 1}, {2, {0}, 1}, {1, {}, 0}};
    const ConfusionMatrix matrix(photos);
    EXPECT_EQ(matrix.count(0, 1), 2);
    const auto confused = matrix.photos(0, 1);
    EXPECT_EQ(std::vector<int>(confused.begin(), confused.end()), (std::vector<int>{0, 2}));
    EXPECT_EQ(matrix.count(1, 0), 0);
    EXPECT_TRUE(matrix.photos(7, 7).empty());
    EXPECT_EQ(matrix.classes(), (std::vector<int>{0, 1, 2}));
}

TEST(ConfusionMatrix, NamesTheMostConfusedPairsWithoutRightAnswers)
{
    ConfusionMatrix matrix;
    for (int photo = 0; photo < 9; ++photo)
        matrix.add(4, 4, photo);
    matrix.add(3, 1, 10);
    matrix.add(1, 3, 11);
    matrix.add(2, 0, 12);
    matrix.add(2, 0, 13);
    const auto pairs = matrix.mostConfused(2);
    ASSERT_EQ(pairs.size(), 2U);
    EXPECT_EQ(pairs[0].truth, 2);
    EXPECT_EQ(pairs[0].predicted, 0);
    EXPECT_EQ(pairs[0].photos, (std::vector<int>{12, 13}));
    EXPECT_EQ(pairs[1].truth, 1);
    EXPECT_EQ(matrix.mostConfused(100).size(), 3U);
    EXPECT_TRUE(matrix.mostConfused(0).empty());
    EXPECT_TRUE(matrix.mostConfused(-1).empty());
}

TEST(ConfusionMatrix, TakesTenThousandClassesSparsely)
{
    constexpr int kClasses = 10'000;
    ConfusionMatrix matrix;
    for (int i = 0; i < kClasses; ++i)
        matrix.add(i, (i + 1) % kClasses, i);
    EXPECT_EQ(matrix.cells().size(), static_cast<std::size_t>(kClasses));
    EXPECT_EQ(matrix.classes().size(), static_cast<std::size_t>(kClasses));
    EXPECT_EQ(matrix.count(kClasses - 1, 0), 1);
}
