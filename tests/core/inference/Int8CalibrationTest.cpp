#include "core/inference/Int8Calibration.h"
#include "core/inference/Int8Quantizer.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

using namespace goodsight;

namespace {

constexpr int kSteps = 127;

double squaredError(const std::vector<float>& values, float scale)
{
    double sum = 0;
    for (const float value : values) {
        const float stored = std::min(std::round(value / scale), static_cast<float>(kSteps)) * scale;
        sum += std::pow(static_cast<double>(value) - static_cast<double>(stored), 2);
    }
    return sum;
}

} // namespace

TEST(ActivationHistogram, EvenValuesKeepTheirRange)
{
    std::vector<float> values;
    for (int i = 1; i <= 10'000; ++i)
        values.push_back(static_cast<float>(i) / 1000.0F);
    ActivationHistogram histogram;
    histogram.add(values);
    EXPECT_NEAR(histogram.bestScale(kSteps), 10.0F / kSteps, 0.1F / kSteps);
}

TEST(ActivationHistogram, AnOutlierIsCutOffWhereThatLosesLess)
{
    std::mt19937 random(5);
    std::normal_distribution<float> normal;
    std::vector<float> values;
    for (int i = 0; i < 200'000; ++i)
        values.push_back(std::abs(normal(random)));
    values.push_back(9.0F);
    ActivationHistogram histogram;
    for (std::size_t at = 0; at < values.size(); at += 1000) // in portions, as photos come
        histogram.add(std::span(values).subspan(at, std::min<std::size_t>(1000, values.size() - at)));
    const float scale = histogram.bestScale(kSteps);
    EXPECT_LT(squaredError(values, scale), squaredError(values, 9.0F / kSteps));
    // Not far from the best that there is.
    double least = squaredError(values, scale);
    for (float top = 1.0F; top < 9.0F; top += 0.1F)
        least = std::min(least, squaredError(values, top / kSteps));
    EXPECT_LT(squaredError(values, scale), least * 1.1);
}

TEST(ActivationHistogram, NothingAndZerosHaveNoScale)
{
    ActivationHistogram histogram;
    EXPECT_EQ(histogram.bestScale(kSteps), 0.0F);
    histogram.add(std::vector<float>(100, 0.0F));
    EXPECT_EQ(histogram.bestScale(kSteps), 0.0F);
}

TEST(Int8Check, BarsAreHeldToTheLetter)
{
    Int8Check check;
    check.views = 1000;
    check.same = 970;
    check.sure = 500;
    check.sureSame = 495;
    check.labelled = 1000;
    check.rightFp32 = 800;
    check.rightInt8 = 797;
    EXPECT_TRUE(check.passes());
    for (int* number : {&check.same, &check.sureSame, &check.rightInt8}) {
        --*number;
        EXPECT_FALSE(check.passes());
        ++*number;
    }
}

TEST(Int8Check, AViewIsCountedByBothFirstClasses)
{
    const std::vector<double> clear{0.7, 0.2, 0.1};
    const std::vector<double> close{0.4, 0.35, 0.25};
    const std::vector<double> other{0.3, 0.4, 0.3};
    Int8Check check;
    check.add(clear, clear, 0);
    check.add(close, other, 0);
    check.add(close, other, 1);
    check.add(clear, other, -1);
    EXPECT_EQ(check.views, 4);
    EXPECT_EQ(check.same, 1);
    EXPECT_EQ(check.sure, 2);
    EXPECT_EQ(check.sureSame, 1);
    EXPECT_EQ(check.labelled, 3);
    EXPECT_EQ(check.rightFp32, 2);
    EXPECT_EQ(check.rightInt8, 2);
    EXPECT_DOUBLE_EQ(check.accuracyLoss(), 0);
}

TEST(Quantize, TooFewPhotosAreRefused)
{
    ModelPackage package;
    const auto refused = quantizeInt8(package, {QStringLiteral("one.jpg")}, {});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, QStringLiteral("no-photos"));
}
