#include "core/learning/ValFigures.h"

#include "core/base/Random.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

using namespace goodsight;

TEST(ValFigures, FindsTheTemperatureThatTheLogitsWereSharpenedBy)
{
    // Labels drawn from softmax(z): logits 3 z are three times too sure.
    constexpr int kPhotos = 4000;
    constexpr int kClasses = 5;
    Random random(1);
    std::vector<float> logits;
    std::vector<int> labels;
    for (int i = 0; i < kPhotos; ++i) {
        std::vector<double> shares;
        double sum = 0;
        for (int c = 0; c < kClasses; ++c) {
            const double z = 1.5 * random.normal();
            logits.push_back(static_cast<float>(3 * z));
            shares.push_back(std::exp(z));
            sum += shares.back();
        }
        double at = random.uniform() * sum;
        int label = 0;
        while (label < kClasses - 1 && (at -= shares[static_cast<std::size_t>(label)]) > 0)
            ++label;
        labels.push_back(label);
    }
    const ValFigures figures = measureVal(logits, labels);
    EXPECT_EQ(figures.photos, kPhotos);
    EXPECT_NEAR(figures.temperature, 3, 0.2);
    EXPECT_LT(figures.nll, figures.nllBefore);
    EXPECT_LT(figures.ece, 0.03);
    EXPECT_GT(figures.eceBefore, 0.1);
}

TEST(ValFigures, AFewPhotosThatAreAllRightDoNotMakeEverythingCertain)
{
    constexpr std::size_t kPhotos = 12;
    constexpr std::size_t kClasses = 10;
    std::vector<float> logits(kPhotos * kClasses);
    std::vector<int> labels;
    for (std::size_t i = 0; i < kPhotos; ++i) {
        labels.push_back(static_cast<int>(i % kClasses));
        logits[i * kClasses + i % kClasses] = 6;
    }
    const ValFigures figures = measureVal(logits, labels);
    EXPECT_EQ(figures.top1, 1);
    // 1/14 of the label is spread over ten classes: each other one gets 1/140, the label 131/140.
    EXPECT_NEAR(figures.temperature, 6 / std::log(131.0), 1e-6);
}

TEST(ValFigures, CountsFirstAndThirdPlaces)
{
    const std::vector<float> logits{3, 2, 1, 0, /**/ 3, 2, 1, 0, /**/ 3, 2, 1, 0};
    const ValFigures figures = measureVal(logits, std::vector<int>{0, 2, 3});
    EXPECT_DOUBLE_EQ(figures.top1, 1.0 / 3);
    EXPECT_DOUBLE_EQ(figures.top3, 2.0 / 3);
}

TEST(ValFigures, NothingToMeasureIsNoFailure)
{
    const ValFigures none = measureVal({}, {});
    EXPECT_EQ(none.photos, 0);
    EXPECT_DOUBLE_EQ(none.temperature, 1);
    const ValFigures perfect = measureVal(std::vector<float>{50, -50}, std::vector<int>{0});
    EXPECT_TRUE(std::isfinite(perfect.temperature) && perfect.temperature > 0);
    EXPECT_TRUE(std::isfinite(perfect.nll));
}
