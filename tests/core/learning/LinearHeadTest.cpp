#include "core/learning/LinearHead.h"

#include "core/inference/TemperatureScaling.h"
#include "tests/core/learning/MadeUpPhotos.h"
#include "tests/support/TestSupport.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <limits>
#include <numeric>

using namespace goodsight;

namespace {

std::vector<double> probabilities(const LinearHead& head, std::span<const float> embedding)
{
    std::vector<float> logits = head.bias;
    for (std::size_t c = 0; c < logits.size(); ++c)
        logits[c] +=
            std::inner_product(embedding.begin(), embedding.end(),
                               head.weight.begin() + static_cast<std::ptrdiff_t>(c * embedding.size()), 0.0F);
    return softmax(logits);
}

int best(const LinearHead& head, std::span<const float> embedding)
{
    const std::vector<double> shares = probabilities(head, embedding);
    return static_cast<int>(std::max_element(shares.begin(), shares.end()) - shares.begin());
}

LinearHeadOptions precise(double l2)
{
    LinearHeadOptions options;
    options.l2 = l2;
    options.tolerance = 1e-9;
    return options;
}

LinearHeadOptions roughly(double l2)
{
    LinearHeadOptions options;
    options.l2 = l2;
    return options;
}

double share(const LinearHead& head, const MadeUpPhotos& photos)
{
    int right = 0;
    for (std::size_t i = 0; i < photos.labels.size(); ++i)
        right += best(head, photos.photo(i)) == photos.labels[i] ? 1 : 0;
    return static_cast<double>(right) / static_cast<double>(photos.labels.size());
}

} // namespace

TEST(LinearHead, IsScikitLearnsAtTheSamePenalty)
{
    QFile file(testsupport::sourceDir() + QStringLiteral("/tests/core/learning/linear_head.json"));
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    const QJsonObject golden = QJsonDocument::fromJson(file.readAll()).object();
    const int dimensions = golden[u"dimensions"].toInt();
    std::vector<float> embeddings;
    std::vector<int> labels;
    for (const QJsonValue& row : golden[u"embeddings"].toArray()) {
        for (const QJsonValue& value : row.toArray())
            embeddings.push_back(static_cast<float>(value.toDouble()));
    }
    for (const QJsonValue& label : golden[u"labels"].toArray())
        labels.push_back(label.toInt());
    ASSERT_EQ(golden[u"fits"].toArray().size(), 4);
    for (const QJsonValue& value : golden[u"fits"].toArray()) {
        const QJsonObject fit = value.toObject();
        LinearHeadOptions options = precise(fit[u"l2"].toDouble());
        options.balanced = fit[u"balanced"].toBool();
        const auto head = fitLinearHead(embeddings, dimensions, labels, golden[u"classes"].toInt(), options);
        ASSERT_TRUE(head) << qPrintable(head.error().message);
        if (!options.balanced) {
            EXPECT_NEAR(head->loss, fit[u"loss"].toDouble(), 1e-4);
        }
        const QJsonArray weight = fit[u"weight"].toArray();
        for (qsizetype c = 0; c < weight.size(); ++c) {
            for (int j = 0; j < dimensions; ++j)
                EXPECT_NEAR(static_cast<double>(head->weight[static_cast<std::size_t>(c * dimensions + j)]),
                            weight[c].toArray()[j].toDouble(), 4e-3);
        }
        const QJsonArray expected = fit[u"probabilities"].toArray();
        for (qsizetype i = 0; i < expected.size(); ++i) {
            const std::vector<double> got =
                probabilities(*head, std::span(embeddings)
                                         .subspan(static_cast<std::size_t>(i * 9 * dimensions),
                                                  static_cast<std::size_t>(dimensions)));
            for (std::size_t c = 0; c < got.size(); ++c)
                EXPECT_NEAR(got[c], expected[i].toArray()[static_cast<qsizetype>(c)].toDouble(), 2e-3);
        }
    }
}

TEST(LinearHead, ChoosesAPenaltyThatServesPhotosItHasNotSeen)
{
    const MadeUpPhotos all(6, 40, 24, 2.0F);
    MadeUpPhotos train = all;
    MadeUpPhotos rest = all;
    const std::size_t half = all.labels.size() / 2;
    train.labels.resize(half);
    train.embeddings.resize(half * 24);
    rest.labels.erase(rest.labels.begin(), rest.labels.begin() + static_cast<std::ptrdiff_t>(half));
    rest.embeddings.erase(rest.embeddings.begin(),
                          rest.embeddings.begin() + static_cast<std::ptrdiff_t>(half * 24));
    const auto head = fitLinearHead(train.embeddings, 24, train.labels, 6);
    ASSERT_TRUE(head);
    EXPECT_TRUE(std::isfinite(head->heldOutLoss));
    EXPECT_GT(share(*head, rest), 0.7); // a guess has a sixth
    const auto free = fitLinearHead(train.embeddings, 24, train.labels, 6, roughly(head->l2 * 1e-3));
    const auto bound = fitLinearHead(train.embeddings, 24, train.labels, 6, roughly(head->l2 * 1e3));
    ASSERT_TRUE(free && bound);
    const auto loss = [&](const LinearHead& of) {
        double sum = 0;
        for (std::size_t i = 0; i < rest.labels.size(); ++i)
            sum -= std::log(probabilities(of, rest.photo(i))[static_cast<std::size_t>(rest.labels[i])]);
        return sum;
    };
    EXPECT_LT(loss(*head), loss(*free));
    EXPECT_LT(loss(*head), loss(*bound));
}

TEST(LinearHead, DoesNotDependOnTheEmbeddingsScaleOrPlace)
{
    const MadeUpPhotos photos(4, 15, 10, 1.5F);
    MadeUpPhotos moved = photos;
    for (float& value : moved.embeddings)
        value = 50 * value - 20;
    const auto head = fitLinearHead(photos.embeddings, 10, photos.labels, 4);
    const auto other = fitLinearHead(moved.embeddings, 10, moved.labels, 4);
    ASSERT_TRUE(head && other);
    EXPECT_NEAR(other->l2 / head->l2, 2500, 1);
    EXPECT_NEAR(other->heldOutLoss, head->heldOutLoss, 1e-2);
    for (std::size_t i = 0; i < photos.labels.size(); ++i)
        EXPECT_EQ(best(*other, moved.photo(i)), best(*head, photos.photo(i)));
}

TEST(LinearHead, IsTheSameEveryTime)
{
    const MadeUpPhotos photos(5, 20, 16, 1.5F);
    const auto one = fitLinearHead(photos.embeddings, 16, photos.labels, 5);
    const auto two = fitLinearHead(photos.embeddings, 16, photos.labels, 5);
    ASSERT_TRUE(one && two);
    EXPECT_EQ(one->weight, two->weight);
    EXPECT_EQ(one->bias, two->bias);
    EXPECT_EQ(one->l2, two->l2);
}

TEST(LinearHead, BalanceHelpsTheRareClass)
{
    const MadeUpPhotos all(2, 200, 4, 3.0F);
    std::vector<float> embeddings;
    std::vector<int> labels;
    int rare = 0;
    for (std::size_t i = 0; i < all.labels.size(); ++i) {
        if (all.labels[i] == 1 && ++rare > 10)
            continue;
        const auto one = all.photo(i);
        embeddings.insert(embeddings.end(), one.begin(), one.end());
        labels.push_back(all.labels[i]);
    }
    LinearHeadOptions options = precise(1);
    const auto plain = fitLinearHead(embeddings, 4, labels, 2, options);
    options.balanced = true;
    const auto balanced = fitLinearHead(embeddings, 4, labels, 2, options);
    ASSERT_TRUE(plain && balanced);
    int before = 0;
    int after = 0;
    for (std::size_t i = 0; i < all.labels.size(); ++i) {
        before += all.labels[i] == 1 && best(*plain, all.photo(i)) == 1 ? 1 : 0;
        after += all.labels[i] == 1 && best(*balanced, all.photo(i)) == 1 ? 1 : 0;
    }
    EXPECT_GT(after, before);
}

TEST(LinearHead, OneClassIsToldAndSoAreNone)
{
    const MadeUpPhotos photos(1, 5, 4, 1);
    const auto one = fitLinearHead(photos.embeddings, 4, photos.labels, 3);
    ASSERT_FALSE(one);
    EXPECT_EQ(one.error().code, QStringLiteral("one-class"));
    EXPECT_FALSE(one.error().hint.isEmpty());
    const auto none = fitLinearHead({}, 4, {}, 3);
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().code, QStringLiteral("one-class"));
}

TEST(LinearHead, AClassWithOnePhotoIsLearntAndOneWithNoneIsNeverNamed)
{
    MadeUpPhotos photos(3, 10, 8, 0.5F);
    photos.embeddings.insert(photos.embeddings.end(), 8, 9.0F);
    photos.labels.push_back(4); // nobody has a photo of 3
    const auto head = fitLinearHead(photos.embeddings, 8, photos.labels, 5);
    ASSERT_TRUE(head) << qPrintable(head.error().message);
    EXPECT_EQ(best(*head, std::vector<float>(8, 9.0F)), 4);
    EXPECT_EQ(head->bias[3], kNoPhotosBias);
    EXPECT_DOUBLE_EQ(probabilities(*head, photos.photo(0))[3], 0);
}

TEST(LinearHead, OnePhotoEachAndPhotosThatAreAllTheSameDoNotStopIt)
{
    const MadeUpPhotos single(7, 1, 8, 0.5F);
    const auto head = fitLinearHead(single.embeddings, 8, single.labels, 7);
    ASSERT_TRUE(head);
    EXPECT_TRUE(std::isnan(head->heldOutLoss));
    EXPECT_EQ(share(*head, single), 1.0);

    const std::vector<float> same(9 * 4, 1.5F);
    const std::vector<int> labels{0, 0, 0, 0, 0, 0, 1, 1, 1};
    const auto blind = fitLinearHead(same, 4, labels, 2);
    ASSERT_TRUE(blind);
    EXPECT_NEAR(probabilities(*blind, std::span(same).first(4))[1], 1.0 / 3, 1e-2); // how often it comes
}

TEST(LinearHead, NumbersThatAreNotFiniteAndSizesThatDoNotFitAreRefused)
{
    MadeUpPhotos photos(2, 4, 4, 1);
    photos.embeddings[4 * 5 + 2] = std::numeric_limits<float>::quiet_NaN();
    const auto bad = fitLinearHead(photos.embeddings, 4, photos.labels, 2);
    ASSERT_FALSE(bad);
    EXPECT_EQ(bad.error().code, QStringLiteral("bad-embedding"));
    EXPECT_TRUE(bad.error().message.contains(u'6')) << qPrintable(bad.error().message);
    for (const auto& wrong : {fitLinearHead(photos.embeddings, 3, photos.labels, 2),
                              fitLinearHead(photos.embeddings, 4, photos.labels, 1),
                              fitLinearHead(photos.embeddings, 0, photos.labels, 2)}) {
        ASSERT_FALSE(wrong);
        EXPECT_EQ(wrong.error().code, QStringLiteral("bad-input"));
    }
}

TEST(LinearHead, BeginningWithAShareOfThePhotosEndsAtTheSamePlace)
{
    const MadeUpPhotos photos(12, 100, 32, 2);
    LinearHeadOptions options;
    options.tolerance = 1e-8;
    options.maxIterations = 3000;
    const auto whole = fitLinearHead(photos.embeddings, 32, photos.labels, 12, options);
    options.longPass = 0;
    const auto shared = fitLinearHead(photos.embeddings, 32, photos.labels, 12, options);
    ASSERT_TRUE(whole);
    ASSERT_TRUE(shared);
    EXPECT_NE(shared->weight, whole->weight) << "both ways were the same one";
    EXPECT_EQ(shared->l2, whole->l2);
    EXPECT_NEAR(shared->loss / whole->loss, 1, 1e-3);
    for (std::size_t i = 0; i < photos.labels.size(); i += 40) {
        const std::vector<double> wanted = probabilities(*whole, photos.photo(i));
        const std::vector<double> got = probabilities(*shared, photos.photo(i));
        for (std::size_t c = 0; c < wanted.size(); ++c)
            EXPECT_NEAR(got[c], wanted[c], 2e-3);
    }
}

TEST(LinearHead, StopsWithinASecondWithTenThousandClasses)
{
    const MadeUpPhotos photos(10'000, 2, 16, 1);
    using Clock = std::chrono::steady_clock;
    const auto begin = Clock::now();
    auto last = begin;
    Clock::duration longest{};
    LinearHeadOptions options;
    options.stopRequested = [&] {
        const auto now = Clock::now();
        longest = std::max(longest, now - last);
        last = now;
        return now - begin > std::chrono::milliseconds(300);
    };
    const auto head = fitLinearHead(photos.embeddings, 16, photos.labels, 10'000, options);
    ASSERT_FALSE(head);
    EXPECT_EQ(head.error().code, QStringLiteral("cancelled"));
    RecordProperty("longest_ms",
                   static_cast<int>(std::chrono::duration_cast<std::chrono::milliseconds>(longest).count()));
}
