#include "core/learning/PrototypeIndex.h"

#include "tests/core/learning/MadeUpPhotos.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <thread>

using namespace goodsight;

namespace {

constexpr int kWidth = 24;

QString idOf(int label)
{
    return QStringLiteral("product-%1").arg(label, 2, 10, QLatin1Char('0'));
}

std::vector<TaughtPhoto> lessons(const MadeUpPhotos& photos)
{
    std::vector<TaughtPhoto> taught;
    for (std::size_t i = 0; i < photos.labels.size(); ++i)
        taught.push_back({QStringLiteral("sha-%1").arg(i), idOf(photos.labels[i]), photos.photo(i)});
    return taught;
}

std::shared_ptr<const EmbeddingMetric> metricOf(const MadeUpPhotos& photos)
{
    return std::make_shared<EmbeddingMetric>(
        EmbeddingMetric::learn(photos.embeddings, photos.dimensions, photos.labels).value());
}

std::shared_ptr<const EmbeddingMetric> plainMetric()
{
    return std::make_shared<EmbeddingMetric>(EmbeddingMetric::learn({}, kWidth, {}).value());
}

QString best(const PrototypeIndex& index, std::span<const float> embedding)
{
    const auto scores = index.scores(embedding);
    return std::max_element(scores.begin(), scores.end(),
                            [](const auto& a, const auto& b) { return a.evidence < b.evidence; })
        ->labelId;
}

void expectSame(const PrototypeIndex& a, const PrototypeIndex& b, std::span<const float> embedding)
{
    const auto left = a.scores(embedding);
    const auto right = b.scores(embedding);
    ASSERT_EQ(left.size(), right.size());
    for (std::size_t i = 0; i < left.size(); ++i) {
        EXPECT_EQ(left[i].labelId, right[i].labelId);
        EXPECT_EQ(left[i].evidence, right[i].evidence);
        EXPECT_EQ(left[i].photos, right[i].photos);
    }
}

/// Photos of one class in two places that have nothing to do with each other.
std::vector<float> side(int which, float noise, std::mt19937& random)
{
    std::normal_distribution<float> normal(0, noise);
    std::vector<float> photo(kWidth);
    for (int j = 0; j < kWidth; ++j)
        photo[static_cast<std::size_t>(j)] = (j % 2 == which ? 4.0F : 0.5F) + normal(random);
    return photo;
}

} // namespace

TEST(PrototypeIndex, OnePhotoIsEnoughForTheNextOne)
{
    const MadeUpPhotos photos(8, 6, kWidth, 0.8F);
    PrototypeIndex index(metricOf(photos));
    for (const TaughtPhoto& lesson : lessons(photos)) {
        if (lesson.labelId != idOf(7)) {
            ASSERT_TRUE(index.add(lesson.sha256, lesson.embedding, lesson.labelId));
        }
    }
    EXPECT_EQ(index.scores(photos.photo(15)).size(), 7U);
    ASSERT_TRUE(index.add(QStringLiteral("sha-7"), photos.photo(7), idOf(7)));
    for (std::size_t i = 15; i < photos.labels.size(); i += 8)
        EXPECT_EQ(best(index, photos.photo(i)), idOf(7));
    for (std::size_t i = 0; i < photos.labels.size(); ++i)
        EXPECT_EQ(best(index, photos.photo(i)), idOf(photos.labels[i]));
}

TEST(PrototypeIndex, EvidenceIsARatioOfHeavyTailedDensities)
{
    constexpr double kFreedom = 16;
    const auto metric = plainMetric();
    PrototypeIndex index(metric);
    std::mt19937 random(5);
    const std::vector<float> taught = side(0, 0.5F, random);
    ASSERT_TRUE(index.add(QStringLiteral("a"), taught, QStringLiteral("apple")));
    for (const int face : {0, 1}) {
        const std::vector<float> asked = side(face, 0.5F, random);
        const std::vector<float> centre = metric->project(taught);
        const std::vector<float> point = metric->project(asked);
        double near = 0;
        double any = 0;
        double volumes = 0;
        for (std::size_t j = 0; j < kWidth; ++j) {
            const auto between = static_cast<double>(metric->between()[j]);
            const double variance = 1 + between / (between + 1);
            const auto at = static_cast<double>(point[j]);
            near += std::pow(at - static_cast<double>(centre[j]) * between / (between + 1), 2) / variance;
            any += at * at / (1 + between);
            volumes += std::log((1 + between) / variance);
        }
        const double expected =
            (kFreedom + kWidth) / 2 * (std::log1p(any / kFreedom) - std::log1p(near / kFreedom)) +
            volumes / 2;
        const auto scores = index.scores(asked);
        ASSERT_EQ(scores.size(), 1U);
        EXPECT_NEAR(scores[0].evidence, expected, 1e-3) << face;
    }
}

TEST(PrototypeIndex, HoldsTheSameWhateverTheOrder)
{
    const MadeUpPhotos photos(5, 7, kWidth, 1.5F);
    const auto metric = metricOf(photos);
    auto taught = lessons(photos);
    PrototypeIndex forward(metric);
    for (const TaughtPhoto& one : taught)
        ASSERT_TRUE(forward.add(one.sha256, one.embedding, one.labelId));
    PrototypeIndex rebuilt(metric);
    EXPECT_EQ(rebuilt.rebuild(taught), 35);
    std::reverse(taught.begin(), taught.end());
    PrototypeIndex backward(metric);
    for (const TaughtPhoto& one : taught)
        ASSERT_TRUE(backward.add(one.sha256, one.embedding, one.labelId));
    expectSame(forward, backward, photos.photo(3));
    expectSame(forward, rebuilt, photos.photo(3));
}

TEST(PrototypeIndex, DoesNotCareHowLongAnEmbeddingIs)
{
    const MadeUpPhotos photos(5, 7, kWidth, 1.0F);
    PrototypeIndex index(metricOf(photos));
    index.rebuild(lessons(photos));
    std::vector<float> longer = photos.photo(2);
    for (float& value : longer)
        value *= 8;
    const auto one = index.scores(photos.photo(2));
    const auto other = index.scores(longer);
    for (std::size_t i = 0; i < one.size(); ++i)
        EXPECT_NEAR(one[i].evidence, other[i].evidence, 1e-3);
}

TEST(PrototypeIndex, ACorrectionReplacesAndUndoTakesBack)
{
    const MadeUpPhotos photos(4, 5, kWidth, 1.0F);
    const auto metric = metricOf(photos);
    PrototypeIndex index(metric);
    PrototypeIndex never(metric);
    index.rebuild(lessons(photos));
    never.rebuild(lessons(photos));
    const std::vector<float> photo(kWidth, 3.0F);
    ASSERT_TRUE(index.add(QStringLiteral("new"), photo, QStringLiteral("mistake")));
    EXPECT_EQ(index.scores(photo).size(), 5U);
    ASSERT_TRUE(index.add(QStringLiteral("new"), photo, idOf(1)));
    EXPECT_EQ(index.scores(photo).size(), 4U); // "mistake" has no photo left
    EXPECT_EQ(index.photos(), 21);
    EXPECT_EQ(index.scores(photo)[1].photos, 6);
    EXPECT_TRUE(index.remove(QStringLiteral("new")));
    EXPECT_FALSE(index.remove(QStringLiteral("new")));
    EXPECT_EQ(index.photos(), 20);
    expectSame(index, never, photo);
}

TEST(PrototypeIndex, AProductWithTwoFacesGetsTwoPrototypes)
{
    std::mt19937 random(2);
    PrototypeIndex index(plainMetric());
    int number = 0;
    const auto teach = [&](const QString& label, int which, int times) {
        for (int i = 0; i < times; ++i)
            ASSERT_TRUE(index.add(QString::number(++number), side(which, 0.1F, random), label));
    };
    teach(QStringLiteral("two-faces"), 0, 4);
    EXPECT_EQ(index.prototypes(QStringLiteral("two-faces")), 1);
    teach(QStringLiteral("two-faces"), 1, 4);
    EXPECT_EQ(index.prototypes(QStringLiteral("two-faces")), 2);
    // Half of each face is no face of it.
    ASSERT_TRUE(index.add(QStringLiteral("grey"), std::vector<float>(kWidth, 2.25F), QStringLiteral("grey")));
    EXPECT_EQ(best(index, side(0, 0.1F, random)), QStringLiteral("two-faces"));
    EXPECT_EQ(best(index, side(1, 0.1F, random)), QStringLiteral("two-faces"));
    EXPECT_EQ(best(index, std::vector<float>(kWidth, 2.0F)), QStringLiteral("grey"));
    EXPECT_EQ(index.prototypes(QStringLiteral("unheard-of")), 0);
}

TEST(PrototypeIndex, RefusesEmbeddingsThatCannotBe)
{
    PrototypeIndex index(plainMetric());
    std::vector<float> photo(kWidth, 1);
    ASSERT_TRUE(index.add(QStringLiteral("a"), photo, QStringLiteral("apple")));
    photo[3] = std::numeric_limits<float>::quiet_NaN();
    EXPECT_EQ(index.add(QStringLiteral("a"), photo, QStringLiteral("pear")).error().code,
              QStringLiteral("bad-embedding"));
    EXPECT_FALSE(index.add(QStringLiteral("b"), std::vector<float>(kWidth, 0.0F), QStringLiteral("pear")));
    EXPECT_FALSE(
        index.add(QStringLiteral("b"), std::vector<float>(kWidth - 1, 1.0F), QStringLiteral("pear")));
    EXPECT_TRUE(index.scores(photo).empty());
    photo[3] = 1;
    ASSERT_EQ(index.scores(photo).size(), 1U);
    EXPECT_EQ(index.scores(photo)[0].labelId, QStringLiteral("apple"));
    EXPECT_EQ(index.rebuild(std::vector<TaughtPhoto>{{QStringLiteral("c"), QStringLiteral("pear"), {1, 2}}}),
              0);
    EXPECT_TRUE(index.scores(photo).empty());
}

TEST(PrototypeIndex, ManyThreadsMayTeachAndAskAtOnce)
{
    const MadeUpPhotos photos(6, 10, kWidth, 1.0F);
    const auto metric = metricOf(photos);
    const auto taught = lessons(photos);
    PrototypeIndex index(metric);
    std::atomic<bool> stop = false;
    std::vector<std::thread> threads;
    for (std::size_t part = 0; part < 2; ++part) {
        threads.emplace_back([&, part] {
            for (int round = 0; round < 20; ++round) {
                for (std::size_t i = part; i < taught.size(); i += 2) {
                    EXPECT_TRUE(index.add(taught[i].sha256, taught[i].embedding, idOf(99)));
                    EXPECT_TRUE(index.remove(taught[i].sha256));
                    EXPECT_TRUE(index.add(taught[i].sha256, taught[i].embedding, taught[i].labelId));
                }
            }
        });
    }
    threads.emplace_back([&] {
        while (!stop) {
            for (const PrototypeScore& score : index.scores(photos.photo(0)))
                EXPECT_TRUE(std::isfinite(score.evidence) && score.photos > 0);
        }
    });
    threads[0].join();
    threads[1].join();
    stop = true;
    threads[2].join();
    PrototypeIndex quiet(metric);
    quiet.rebuild(taught);
    expectSame(index, quiet, photos.photo(1));
}

TEST(EmbeddingMetric, WithinAProductEveryCoordinateVariesAlike)
{
    const MadeUpPhotos photos(12, 200, 8, 0.6F);
    const auto metric = EmbeddingMetric::learn(photos.embeddings, 8, photos.labels);
    ASSERT_TRUE(metric);
    std::vector<double> sums(12 * 8);
    std::vector<std::vector<float>> points;
    for (std::size_t i = 0; i < photos.labels.size(); ++i) {
        points.push_back(metric->project(photos.photo(i)));
        for (std::size_t j = 0; j < 8; ++j)
            sums[static_cast<std::size_t>(photos.labels[i]) * 8 + j] += static_cast<double>(points[i][j]);
    }
    double total = 0;
    for (std::size_t i = 0; i < points.size(); ++i) {
        for (std::size_t j = 0; j < 8; ++j) {
            const double mean = sums[static_cast<std::size_t>(photos.labels[i]) * 8 + j] / 200;
            total += std::pow(static_cast<double>(points[i][j]) - mean, 2);
        }
    }
    EXPECT_NEAR(total / static_cast<double>(points.size()) / 8, 1, 0.35); // the shrinkage moves it
    EXPECT_EQ(metric->between().size(), 8U);
    for (const float value : metric->between())
        EXPECT_GT(value, 0);
}

TEST(EmbeddingMetric, WithoutPhotosItComparesDirections)
{
    const auto metric = EmbeddingMetric::learn({}, 3, {});
    ASSERT_TRUE(metric);
    const auto squared = [&](std::vector<float> a, std::vector<float> b) {
        const auto x = metric->project(a);
        const auto y = metric->project(b);
        float sum = 0;
        for (std::size_t j = 0; j < 3; ++j)
            sum += (x[j] - y[j]) * (x[j] - y[j]);
        return sum;
    };
    EXPECT_NEAR(squared({1, 0, 0}, {5, 0, 0}), 0, 1e-6);
    EXPECT_NEAR(squared({1, 0, 0}, {0, 2, 0}), squared({0, 0, 1}, {0, 3, 0}), 1e-4);
    EXPECT_EQ(EmbeddingMetric::learn(std::vector<float>{1, 2, 3}, 2, std::vector<int>{0}).error().code,
              QStringLiteral("bad-input"));
    EXPECT_EQ(EmbeddingMetric::learn(std::vector<float>{1, INFINITY}, 2, std::vector<int>{0}).error().code,
              QStringLiteral("bad-embedding"));
}
