#include "core/inference/AnswerStep.h"
#include "core/inference/TemperatureScaling.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

using namespace goodsight;

namespace {

constexpr std::size_t kPhotos = 200;
constexpr std::size_t kClasses = 7;

/// numbers() of tests/reference/make_answer_golden.py.
std::vector<double> numbers(std::size_t count, quint32 seed)
{
    std::vector<double> out(count);
    for (double& one : out) {
        seed = seed * 1664525U + 1013904223U;
        one = static_cast<double>(seed >> 8) / (1 << 24);
    }
    return out;
}

std::vector<float> randomLogits(std::size_t count, quint32 seed, double scale)
{
    std::vector<float> logits;
    for (const double one : numbers(count, seed))
        logits.push_back(static_cast<float>(one * scale));
    return logits;
}

/// Labels that a model with these logits and temperature 2.5 would be right about.
std::vector<int> drawnLabels(std::span<const float> logits)
{
    std::vector<int> labels;
    for (const double draw : numbers(kPhotos, 2)) {
        const std::vector<double> shares = softmax(logits.subspan(labels.size() * kClasses, kClasses), 2.5);
        double sum = 0;
        int label = 0;
        for (const double share : shares)
            label += (sum += share) < draw ? 1 : 0;
        labels.push_back(std::min(label, static_cast<int>(kClasses) - 1));
    }
    return labels;
}

ModelPackage package(std::size_t classes)
{
    ModelPackage made;
    for (std::size_t i = 0; i < classes; ++i)
        made.classes.append({QString::number(i), {}, {}});
    return made;
}

} // namespace

TEST(TemperatureFit, FindsWhatSciPyFinds)
{
    const std::vector<float> logits = randomLogits(kPhotos * kClasses, 1, 12);
    const std::vector<int> labels = drawnLabels(logits);
    const auto fit = fitTemperature(logits, labels);
    ASSERT_TRUE(fit) << qPrintable(fit.error().message);
    EXPECT_NEAR(fit->temperature, 2.1640239, 1e-5);
    EXPECT_NEAR(fit->before.nll, 1.605348352, 1e-8);
    EXPECT_NEAR(fit->before.ece, 0.199194861, 1e-8);
    EXPECT_NEAR(fit->after.nll, 1.328031695, 1e-8);
    EXPECT_NEAR(fit->after.ece, 0.049732596, 1e-5);
}

TEST(TemperatureFit, NoOtherTemperatureIsLikelier)
{
    for (quint32 seed = 1; seed <= 20; ++seed) {
        const std::vector<float> logits = randomLogits(kPhotos * kClasses, seed, 1 + seed);
        const std::vector<int> labels = drawnLabels(logits);
        const auto fit = fitTemperature(logits, labels);
        ASSERT_TRUE(fit);
        EXPECT_GE(fit->temperature, kLeastTemperature);
        EXPECT_LE(fit->temperature, kMostTemperature);
        for (const double factor : {0.5, 0.9, 0.999, 1.001, 1.1, 2.0}) {
            const double other = std::clamp(fit->temperature * factor, kLeastTemperature, kMostTemperature);
            EXPECT_LE(fit->after.nll, calibrationOf(logits, labels, other).nll + 1e-12) << seed;
        }
    }
}

// Temperature divides all logits of a photo by one positive number.
TEST(TemperatureFit, NeverChangesTheOrderOfAPhotosLabels)
{
    const ModelPackage model = package(60);
    for (quint32 seed = 1; seed <= 200; ++seed) {
        // Scales up to those where most probabilities are rounded to 0 or 1.
        const std::vector<float> logits =
            randomLogits(60, seed, std::pow(10.0, static_cast<double>(seed % 7)));
        std::vector<std::size_t> expected(logits.size());
        std::iota(expected.begin(), expected.end(), std::size_t{0});
        std::stable_sort(expected.begin(), expected.end(),
                         [&](std::size_t a, std::size_t b) { return logits[a] > logits[b]; });
        for (const double temperature : {kLeastTemperature, 0.5164, 1.0, 3.7, kMostTemperature}) {
            const AnswerPipeline answer(AnswerDraft(model, {}, logits, softmax(logits, temperature)));
            const QList<Candidate> top = answer.top(60);
            for (std::size_t i = 0; i < expected.size(); ++i)
                ASSERT_EQ(top[static_cast<qsizetype>(i)].id, QString::number(expected[i]))
                    << "seed " << seed << ", temperature " << temperature;
        }
    }
}

TEST(TemperatureFit, WithoutAnEndItStopsAtTheLimits)
{
    // Every photo right: the colder the better. Every photo as wrong as can be: the hotter the better.
    EXPECT_DOUBLE_EQ(fitTemperature(std::vector<float>{3, 0, 0, 3}, std::vector<int>{0, 1})->temperature,
                     kLeastTemperature);
    EXPECT_DOUBLE_EQ(fitTemperature(std::vector<float>{3, 0, 0, 3}, std::vector<int>{1, 0})->temperature,
                     kMostTemperature);
    EXPECT_TRUE(isTemperature(fitTemperature(std::vector<float>{1, 1}, std::vector<int>{0})->temperature));
}

TEST(TemperatureFit, WhatCannotBeFittedIsAnError)
{
    EXPECT_EQ(fitTemperature({}, {}).error().code, QStringLiteral("no-photos"));
    const std::vector<float> two{1, 2};
    EXPECT_EQ(fitTemperature(two, std::vector<int>{2}).error().code, QStringLiteral("bad-logits"));
    EXPECT_EQ(fitTemperature(two, std::vector<int>{-1}).error().code, QStringLiteral("bad-logits"));
    EXPECT_EQ(fitTemperature(two, std::vector<int>{0, 0, 0}).error().code, QStringLiteral("bad-logits"));
    const std::vector<float> bad{1, std::numeric_limits<float>::infinity()};
    EXPECT_EQ(fitTemperature(bad, std::vector<int>{0}).error().code, QStringLiteral("bad-logits"));
}
