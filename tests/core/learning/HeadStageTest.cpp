#include "core/learning/HeadStage.h"
#include "core/model/ResNet18Weights.h"
#include "tests/core/learning/MadeUpPhotos.h"

#include <gtest/gtest.h>

#include <random>

using namespace goodsight;

namespace {

constexpr int kWidth = resnet18::kEmbeddingSize;

/// `views` views of each of photosEach photos a class, a little apart from each other.
HeadRows rowsOf(int classes, int photosEach, int views, float noise)
{
    const MadeUpPhotos photos(classes, photosEach, kWidth, noise);
    std::mt19937 random(3);
    std::normal_distribution<float> normal;
    HeadRows rows;
    for (std::size_t photo = 0; photo < photos.labels.size(); ++photo) {
        for (int view = 0; view < views; ++view) {
            for (const float value : photos.photo(photo))
                rows.embeddings.push_back(value + 0.01F * normal(random));
            rows.labels.push_back(photos.labels[photo]);
            rows.groups.push_back(static_cast<qint64>(photo) + 1);
        }
    }
    return rows;
}

struct Start {
    std::vector<float> weight;
    std::vector<float> bias;

    explicit Start(int classes)
        : weight(static_cast<std::size_t>(classes * kWidth))
        , bias(static_cast<std::size_t>(classes))
    {}
};

} // namespace

TEST(HeadStage, FitsAHeadThatKnowsTheRows)
{
    const HeadRows rows = rowsOf(4, 6, 2, 0.5F);
    const Start start(5); // the last class has no photo
    const auto stage = fitHeadStage(rows, start.weight, start.bias, {});
    ASSERT_TRUE(stage) << qPrintable(stage.error().message);
    EXPECT_TRUE(stage->isFitted);
    EXPECT_EQ(stage->top1, 48);
    EXPECT_EQ(stage->top3, 48);
    EXPECT_LT(stage->loss, 0.3);
    EXPECT_EQ(stage->weight.size(), 5U * kWidth);
    EXPECT_EQ(stage->bias[4], std::min(0.0F, *std::min_element(stage->bias.begin(), stage->bias.end())))
        << "near the others: later stages learn on from it";
}

TEST(HeadStage, ViewsOfAPhotoDoNotJudgeEachOther)
{
    // Nothing of the labels can be seen in the photos.
    HeadRows rows = rowsOf(1, 40, 4, 1);
    std::mt19937 random(7);
    for (std::size_t i = 0; i < rows.labels.size(); ++i)
        rows.labels[i] = i % 4 == 0 ? static_cast<int>(random() % 4) : rows.labels[i - 1];
    const Start start(4);
    const auto stage = fitHeadStage(rows, start.weight, start.bias, {});
    ASSERT_TRUE(stage);
    EXPECT_FALSE(stage->isFitted) << "to say nothing is better";
    // Each view by itself: three others tell the label of the fourth.
    rows.groups.assign(rows.groups.size(), 0);
    const auto fooled = fitHeadStage(rows, start.weight, start.bias, {});
    ASSERT_TRUE(fooled);
    EXPECT_TRUE(fooled->isFitted);
}

TEST(HeadStage, AStartThatKnowsTheProductsBetterStays)
{
    const HeadRows many = rowsOf(4, 40, 1, 2.5F);
    const Start nothing(4);
    const auto known = fitHeadStage(many, nothing.weight, nothing.bias, {});
    ASSERT_TRUE(known);
    ASSERT_TRUE(known->isFitted);
    HeadRows few = rowsOf(4, 40, 1, 2.5F);
    few.embeddings.resize(std::size_t{12} * kWidth);
    few.labels.resize(12);
    few.groups.resize(12);
    const auto stage = fitHeadStage(few, known->weight, known->bias, {});
    ASSERT_TRUE(stage);
    EXPECT_FALSE(stage->isFitted);
    EXPECT_EQ(stage->weight, known->weight);
}

TEST(HeadStage, OneProductIsRefused)
{
    const HeadRows rows = rowsOf(1, 4, 1, 1);
    const Start start(2);
    const auto stage = fitHeadStage(rows, start.weight, start.bias, {});
    ASSERT_FALSE(stage);
    EXPECT_EQ(stage.error().code, QStringLiteral("one-class"));
}
