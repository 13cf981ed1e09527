#include "core/learning/RetrainedHead.h"

#include "core/inference/TemperatureScaling.h"
#include "core/learning/LinearHead.h"
#include "tests/core/learning/MadeUpPhotos.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

using namespace goodsight;

namespace {

constexpr int kWidth = KnownPhotos::kWidth;
constexpr int kModel = 6;    ///< products of the model
constexpr int kProducts = 8; ///< the last two are new
constexpr std::size_t kTrain = 12;
constexpr std::size_t kVal = 8; ///< of each product, held out

QString idOf(int product)
{
    return QStringLiteral("p-%1").arg(product);
}

class RetrainedHeadTest : public testing::Test {
protected:
    const MadeUpPhotos photos;
    RetrainingInput input;

    explicit RetrainedHeadTest(float noise = 2)
        : photos(kProducts, 40, kWidth, noise)
    {
        auto model = std::make_shared<ModelPackage>();
        model->backbone = QStringLiteral("backbone");
        auto known = std::make_shared<KnownPhotos>();
        for (int product = 0; product < kModel; ++product) {
            model->classes.append({idOf(product), {}, {}});
            known->classes.append(idOf(product));
            for (std::size_t i = 0; i < kTrain; ++i)
                add(known->train, photo(product, i), product);
            for (std::size_t i = kTrain; i < kTrain + kVal; ++i)
                add(known->val, photo(product, i), product);
        }
        auto own = fitLinearHead(known->train.embeddings, kWidth, known->train.labels, kModel);
        EXPECT_TRUE(own);
        input.packageHead = Head(std::move(own->weight), std::move(own->bias));
        input.model = std::move(model);
        input.known = std::move(known);
    }

    /// Small problems have few photos.
    static RetrainingOptions few()
    {
        RetrainingOptions options;
        options.fewestPhotos = 3;
        return options;
    }
    static void add(KnownPhotos::Part& part, const std::vector<float>& embedding, int label)
    {
        part.embeddings.insert(part.embeddings.end(), embedding.begin(), embedding.end());
        part.labels.push_back(label);
    }
    [[nodiscard]] std::vector<float> photo(int product, std::size_t i) const
    {
        return photos.photo(i * kProducts + static_cast<std::size_t>(product));
    }
    /// Says of `count` photos of `product` that they show `answer`; none of them is known to the model.
    void answer(int product, int answer, std::size_t count)
    {
        for (std::size_t i = 0; i < count; ++i) {
            input.photos.push_back({QStringLiteral("%1-%2").arg(product).arg(i), idOf(answer),
                                    photo(product, kTrain + kVal + i)});
        }
    }
    [[nodiscard]] static QString said(const RetrainedHead& head, const std::vector<float>& embedding)
    {
        const std::vector<float> logits = head.head.logits(embedding);
        return head.classes[std::max_element(logits.begin(), logits.end()) - logits.begin()];
    }
};

/// Photos that are mistaken for others.
class RetrainedHeadHardTest : public RetrainedHeadTest {
protected:
    RetrainedHeadHardTest()
        : RetrainedHeadTest(6)
    {}
};

} // namespace

TEST_F(RetrainedHeadTest, ItKnowsAProductWithEnoughAnswersAndLeavesTheOthersToTheirPrototypes)
{
    answer(6, 6, 6);
    answer(7, 7, 1);
    answer(0, 0, 1); // of a product of the model, one counts
    const auto made = retrainHead(input, few());
    ASSERT_TRUE(made) << qPrintable(made.error().message);
    EXPECT_EQ(made->classes.size(), kModel + 1);
    EXPECT_EQ(made->classes.last(), idOf(6));
    QHash<QString, QString> learnt{{QStringLiteral("0-0"), idOf(0)}};
    for (int i = 0; i < 6; ++i)
        learnt.insert(QStringLiteral("6-%1").arg(i), idOf(6));
    EXPECT_EQ(made->learnt, learnt);
    EXPECT_EQ(made->photos(), 7);
    EXPECT_EQ(said(*made, photo(6, 0)), idOf(6));
    EXPECT_EQ(said(*made, photo(3, kTrain)), idOf(3));
    EXPECT_GT(made->accuracy.value_or(0), 0.7);
    EXPECT_GE(made->knownAccuracy, made->knownAccuracyBefore - 0.01);
    EXPECT_TRUE(isTemperature(made->temperature));
}

TEST_F(RetrainedHeadTest, PhotosTakenInOneGoDoNotJudgeEachOther)
{
    answer(6, 6, 6);
    for (TaughtPhoto& photo : input.photos)
        photo.group = 1;
    const auto oneGo = retrainHead(input, few());
    ASSERT_TRUE(oneGo) << qPrintable(oneGo.error().message);
    EXPECT_FALSE(oneGo->accuracy);
    EXPECT_EQ(said(*oneGo, photo(6, 0)), idOf(6));
    EXPECT_TRUE(isTemperature(oneGo->temperature));
    input.photos.front().group = 2;
    const auto twoGoes = retrainHead(input, few());
    ASSERT_TRUE(twoGoes);
    EXPECT_TRUE(twoGoes->accuracy);
}

TEST_F(RetrainedHeadHardTest, TheTemperatureIsFittedOnPhotosThatItDidNotLearnFrom)
{
    answer(6, 6, 6);
    RetrainingOptions options = few();
    options.mostLost = 1;
    const auto made = retrainHead(input, options);
    ASSERT_TRUE(made);
    ASSERT_LT(made->knownAccuracy, 1);
    // On what was learnt from every head is right, and the likeliest temperature as low as it may be.
    const KnownPhotos& known = *input.known;
    const auto onTrain = fitTemperature(made->head.logits(known.train.embeddings), known.train.labels);
    ASSERT_TRUE(onTrain);
    EXPECT_LT(onTrain->temperature, made->temperature);
    EXPECT_LE(
        calibrationOf(made->head.logits(known.val.embeddings), known.val.labels, made->temperature).nll,
        calibrationOf(made->head.logits(known.val.embeddings), known.val.labels, onTrain->temperature).nll);
}

TEST_F(RetrainedHeadTest, TheOrderOfTheAnswersChangesNothing)
{
    answer(6, 6, 5);
    answer(7, 7, 4);
    answer(2, 2, 3);
    const auto first = retrainHead(input, few());
    std::reverse(input.photos.begin(), input.photos.end());
    const auto second = retrainHead(input, few());
    ASSERT_TRUE(first && second);
    EXPECT_EQ(first->classes, second->classes);
    EXPECT_EQ(first->head.logits(photos.embeddings), second->head.logits(photos.embeddings));
    EXPECT_EQ(first->temperature, second->temperature);
    EXPECT_EQ(first->accuracy, second->accuracy);
    EXPECT_EQ(first->weights.sharpness, second->weights.sharpness);
    EXPECT_EQ(first->weights.newProduct, second->weights.newProduct);
}

TEST_F(RetrainedHeadTest, OneThatForgetsIsRefused)
{
    // More wrong answers than the model has photos of the product.
    answer(0, 1, 18);
    const auto made = retrainHead(input, few());
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().code, QStringLiteral("worse-head"));
    EXPECT_FALSE(made.error().message.isEmpty());
    RetrainingOptions lenient = few();
    lenient.mostLost = 1;
    const auto taken = retrainHead(input, lenient);
    ASSERT_TRUE(taken);
    EXPECT_LT(taken->knownAccuracy, taken->knownAccuracyBefore - 0.01);
}

TEST_F(RetrainedHeadTest, ItIsComparedWithTheHeadInUseToo)
{
    answer(6, 6, 4);
    auto inUse = retrainHead(input, few());
    ASSERT_TRUE(inUse);
    // A package that knows nothing would let everything through.
    input.packageHead = Head(std::vector<float>(kModel * kWidth), std::vector<float>(kModel));
    answer(0, 1, 18);
    EXPECT_TRUE(retrainHead(input, few()));
    input.inUse = std::make_shared<const RetrainedHead>(std::move(*inUse));
    const auto made = retrainHead(input, few());
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().code, QStringLiteral("worse-head"));
}

TEST_F(RetrainedHeadTest, WithoutPhotosOfTheModelsProductsNothingIsFitted)
{
    answer(6, 6, 6);
    const auto code = [this] {
        const auto made = retrainHead(input, few());
        return made ? QString() : made.error().code;
    };
    const auto known = input.known;
    input.known = nullptr;
    EXPECT_EQ(code(), QStringLiteral("no-known-photos"));

    auto lacking = std::make_shared<KnownPhotos>(*known);
    std::replace(lacking->train.labels.begin(), lacking->train.labels.end(), 5, 4);
    input.known = lacking;
    EXPECT_EQ(code(), QStringLiteral("no-known-photos"));

    auto unjudged = std::make_shared<KnownPhotos>(*known);
    unjudged->val = {};
    input.known = unjudged;
    EXPECT_EQ(code(), QStringLiteral("no-held-out-photos"));
    input.known = known;
    EXPECT_EQ(code(), QString());
}

TEST_F(RetrainedHeadTest, WhatIsNoEmbeddingTeachesNothing)
{
    answer(6, 6, 2);
    const auto made = retrainHead(input, few());
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().code, QStringLiteral("too-few-answers"));
    input.photos.push_back({QStringLiteral("nan"), idOf(6), std::vector<float>(kWidth, std::nanf(""))});
    input.photos.push_back({QStringLiteral("zero"), idOf(6), std::vector<float>(kWidth)});
    input.photos.push_back({QStringLiteral("short"), idOf(6), {1, 2}});
    EXPECT_EQ(retrainHead(input, few()).error().code, QStringLiteral("too-few-answers"));
    answer(1, 1, 1);
    const auto taken = retrainHead(input, few());
    ASSERT_TRUE(taken);
    EXPECT_EQ(taken->photos(), 1);
}

TEST_F(RetrainedHeadTest, AStopEndsItWhereverItIs)
{
    answer(6, 6, 6);
    RetrainingOptions options = few();
    // Asked at least before each fit (of all photos, then of each fold) and before the rehearsal.
    for (const int at : {1, 2, 4, 5}) {
        int left = at;
        options.stopRequested = [&left] { return --left <= 0; };
        const auto made = retrainHead(input, options);
        ASSERT_FALSE(made) << at;
        EXPECT_EQ(made.error().code, QStringLiteral("cancelled"));
    }
}
