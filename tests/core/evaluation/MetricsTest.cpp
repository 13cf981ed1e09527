#include "core/evaluation/Metrics.h"

#include <gtest/gtest.h>

using namespace goodsight;

namespace {

/// The ten photos of tests/reference/metrics.py; the truth is second in the ranking where it is not first.
std::vector<ScoredPhoto> tenPhotos()
{
    const std::vector<int> truth{0, 0, 0, 1, 1, 2, 2, 2, 2, 4};
    const std::vector<int> first{0, 1, 0, 1, 1, 2, 0, 2, 3, 2};
    const std::vector<double> confidence{0.9, 0.55, 0.8, 0.99, 0.31, 0.7, 0.62, 0.45, 0.5, 0.2};
    std::vector<ScoredPhoto> photos;
    for (std::size_t i = 0; i < truth.size(); ++i) {
        const int second = truth[i] == first[i] ? 9 : truth[i];
        photos.push_back({truth[i], {first[i], second, 8, 7}, confidence[i]});
    }
    return photos;
}

} // namespace

TEST(Metrics, AgreeWithScikitLearnAndTheDefinition)
{
    const Metrics metrics = measure(tenPhotos());
    EXPECT_EQ(metrics.photos, 10);
    EXPECT_DOUBLE_EQ(metrics.top1, 0.6);
    EXPECT_DOUBLE_EQ(metrics.top3, 1.0);
    EXPECT_NEAR(metrics.macroF1, 0.5095238095238095, 1e-12);
    EXPECT_NEAR(metrics.ece, 0.372, 1e-12);
}

TEST(Metrics, SayHowEachClassDoes)
{
    const Metrics metrics = measure(tenPhotos());
    ASSERT_EQ(metrics.classes.size(), 4U);
    const ClassMetrics& two = metrics.classes[2];
    EXPECT_EQ(two.label, 2);
    EXPECT_EQ(two.photos, 4);
    EXPECT_EQ(two.right, 2);
    EXPECT_EQ(two.taken, 3);
    EXPECT_DOUBLE_EQ(two.precision, 2.0 / 3);
    EXPECT_DOUBLE_EQ(two.recall, 0.5);
    EXPECT_EQ(metrics.classes[3].label, 4);
    EXPECT_DOUBLE_EQ(metrics.classes[3].f1, 0);
}

TEST(Metrics, OnlyTheFirstThreeCountForTopThree)
{
    const std::vector<ScoredPhoto> photos{{3, {0, 1, 2, 3}, 0.5}, {3, {0, 1, 3}, 0.5}, {3, {}, 0}};
    const Metrics metrics = measure(photos);
    EXPECT_DOUBLE_EQ(metrics.top1, 0);
    EXPECT_DOUBLE_EQ(metrics.top3, 1.0 / 3);
}

TEST(Metrics, OfNoPhotosAreZero)
{
    const Metrics metrics = measure({});
    EXPECT_EQ(metrics.photos, 0);
    EXPECT_DOUBLE_EQ(metrics.top1, 0);
    EXPECT_DOUBLE_EQ(metrics.ece, 0);
    EXPECT_TRUE(metrics.classes.empty());
}

TEST(Metrics, CertaintyThatIsRightIsCalibrated)
{
    const std::vector<ScoredPhoto> photos{{0, {0}, 1.0}, {1, {1}, 1.0}};
    EXPECT_DOUBLE_EQ(measure(photos).ece, 0);
}
