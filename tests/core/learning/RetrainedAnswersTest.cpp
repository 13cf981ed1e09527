#include "core/learning/RetrainedAnswers.h"

#include "core/inference/TemperatureScaling.h"
#include "core/learning/TaughtProducts.h"
#include "tests/core/learning/MadeUpPhotos.h"

#include <gtest/gtest.h>

using namespace goodsight;

namespace {

constexpr std::size_t kWidth = KnownPhotos::kWidth;
const QString kBackbone = QStringLiteral("backbone");
const QString kNew = QStringLiteral("new");

/// A model of two products, and a head of three that goes by the first three numbers of an embedding.
class RetrainedAnswersTest : public testing::Test {
protected:
    ModelPackage model;
    std::shared_ptr<RetrainedHead> head = std::make_shared<RetrainedHead>();
    std::vector<float> embedding = std::vector<float>(kWidth);
    const QList<Label> products{{kNew, QStringLiteral("新商品"), QStringLiteral("New Thing"), {}}};

    RetrainedAnswersTest()
    {
        model.backbone = kBackbone;
        model.classes = {{QStringLiteral("a"), {}, {}}, {QStringLiteral("b"), {}, {}}};
        std::vector<float> weight(3 * kWidth);
        for (std::size_t c = 0; c < 3; ++c)
            weight[c * kWidth + c] = 1;
        head->classes = {QStringLiteral("a"), QStringLiteral("b"), kNew};
        head->head = Head(std::move(weight), {0, 0, 0});
        head->temperature = 2;
        for (int photo = 0; photo < 4; ++photo)
            head->learnt.insert(QString::number(photo), kNew);
        embedding[0] = 1;
        embedding[1] = 3;
        embedding[2] = 6;
    }
    [[nodiscard]] AnswerPipeline answer(const QList<Label>& known, bool calibrated = true) const
    {
        AnswerDraft draft(model, embedding, {}, {0.9, 0.1});
        draft.unknown = UnknownVerdict{-1, 0};
        AnswerPipeline pipeline(std::move(draft));
        pipeline.apply(RetrainedAnswers(kBackbone, head, known, calibrated));
        return pipeline;
    }
};

} // namespace

TEST_F(RetrainedAnswersTest, TheNewHeadAnswersInPlaceOfThePackages)
{
    const auto pipeline = answer(products);
    const QList<Candidate> top = pipeline.top(3);
    const std::vector<double> shares = softmax(std::vector<float>{1, 3, 6}, 2);
    ASSERT_EQ(top.size(), 3);
    EXPECT_EQ(top[0].id, kNew);
    EXPECT_EQ(top[0].zh, QStringLiteral("新商品"));
    EXPECT_NEAR(top[0].confidence, shares[2], 1e-12);
    EXPECT_EQ(top[0].plainConfidence, 0);
    ASSERT_EQ(top[0].moves.size(), 1);
    EXPECT_EQ(top[0].moves[0].step, QStringLiteral("head"));
    EXPECT_TRUE(top[0].moves[0].reason.startsWith(QStringLiteral("learnt from 4 answer")))
        << qPrintable(top[0].moves[0].reason);
    EXPECT_EQ(top[1].id, QStringLiteral("b"));
    EXPECT_NEAR(top[1].confidence, shares[1], 1e-12);
    EXPECT_NEAR(top[1].plainConfidence, 0.1, 1e-12);
}

TEST_F(RetrainedAnswersTest, UncalibratedItAnswersWithoutItsTemperature)
{
    const auto pipeline = answer(products, false);
    EXPECT_NEAR(pipeline.top(1)[0].confidence, softmax(std::vector<float>{1, 3, 6}, 1)[2], 1e-12);
}

TEST_F(RetrainedAnswersTest, AProductThatHasGoneDoesNotComeBack)
{
    const auto pipeline = answer({});
    EXPECT_FALSE(pipeline.draft().find(kNew));
    EXPECT_EQ(pipeline.top(1)[0].id, QStringLiteral("b"));
    double sum = 0;
    for (const double one : pipeline.draft().probabilities())
        sum += one;
    EXPECT_NEAR(sum, 1, 1e-12);
}

TEST_F(RetrainedAnswersTest, AnotherModelKeepsItsHead)
{
    const auto untouched = [this] {
        const auto pipeline = answer(products);
        return pipeline.top(1)[0].id == u"a" && pipeline.draft().products().size() == model.classes.size();
    };
    EXPECT_FALSE(untouched());
    model.backbone = QStringLiteral("other");
    EXPECT_TRUE(untouched());
    model.backbone = kBackbone;
    model.classes[1].id = QStringLiteral("c");
    EXPECT_TRUE(untouched());
    model.classes[1].id = QStringLiteral("b");
    embedding.resize(8);
    EXPECT_TRUE(untouched());
}

TEST_F(RetrainedAnswersTest, AProductThatWasTaughtIsNoUnknownOneThoughTheHeadKnowsItToo)
{
    auto pipeline = answer(products);
    EXPECT_TRUE(pipeline.draft().unknown);
    const MadeUpPhotos photos(3, 6, static_cast<int>(kWidth), 0.3F);
    auto metric = EmbeddingMetric::learn(photos.embeddings, static_cast<int>(kWidth), photos.labels);
    ASSERT_TRUE(metric);
    const auto index =
        std::make_shared<PrototypeIndex>(std::make_shared<EmbeddingMetric>(std::move(*metric)));
    ASSERT_TRUE(index->add(QStringLiteral("photo"), embedding, kNew));
    pipeline.apply(
        TaughtProducts(kBackbone, index, {0.3, 0.5, -3, 0, 0}, QList<TaughtProduct>{{products.first(), 4}}));
    EXPECT_EQ(pipeline.top(1)[0].id, kNew);
    EXPECT_FALSE(pipeline.draft().unknown);
}
