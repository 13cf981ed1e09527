#include "core/learning/TaughtProducts.h"
#include "tests/core/learning/MadeUpPhotos.h"

#include <gtest/gtest.h>

using namespace goodsight;

namespace {

constexpr int kWidth = 32;
constexpr int kProducts = 6; ///< the last one is new to the model

class TaughtProductsTest : public testing::Test {
protected:
    const MadeUpPhotos photos{kProducts, 20, kWidth, 0.4F};
    ModelPackage model;
    std::shared_ptr<PrototypeIndex> index;
    const QString fresh = idOf(kProducts - 1);

    TaughtProductsTest()
    {
        model.backbone = QStringLiteral("backbone");
        for (int i = 0; i + 1 < kProducts; ++i)
            model.classes.append({idOf(i), {}, {}});
        auto metric = EmbeddingMetric::learn(photos.embeddings, kWidth, photos.labels);
        index = std::make_shared<PrototypeIndex>(std::make_shared<EmbeddingMetric>(std::move(*metric)));
        for (std::size_t i = 0; i < photos.labels.size() / 2; ++i) {
            if (photos.labels[i] != kProducts - 1) {
                EXPECT_TRUE(index->add(QString::number(i), photos.photo(i), idOf(photos.labels[i])));
            }
        }
    }

    static QString idOf(int product) { return QStringLiteral("p-%1").arg(product); }
    [[nodiscard]] TaughtProduct product() const
    {
        return {{fresh, QStringLiteral("新商品"), QStringLiteral("New Thing"), {}}, 1};
    }
    /// A photo of the new product; even ones teach, odd ones ask.
    [[nodiscard]] std::vector<float> photoOfNew(std::size_t i) const
    {
        return photos.photo((i + 1) * kProducts - 1);
    }
    void teach(std::size_t i) const
    {
        EXPECT_TRUE(index->add(QStringLiteral("taught-%1").arg(i), photoOfNew(i), fresh));
    }
    [[nodiscard]] AnswerPipeline answer(const std::vector<float>& embedding,
                                        const QList<TaughtProduct>& products,
                                        const std::vector<double>& head = {0.5, 0.2, 0.1, 0.1, 0.1}) const
    {
        AnswerDraft draft(model, embedding, {}, head);
        draft.unknown = UnknownVerdict{-1, 0};
        AnswerPipeline pipeline(std::move(draft));
        pipeline.apply(TaughtProducts(QStringLiteral("backbone"), index, {0.3, 0.5, -3, 0, 10}, products));
        return pipeline;
    }
};

} // namespace

TEST_F(TaughtProductsTest, OnePhotoBringsAProductIn)
{
    EXPECT_EQ(answer(photoOfNew(1), {}).top(6).size(), 5);
    teach(0);
    const auto pipeline = answer(photoOfNew(1), {product()});
    const QList<Candidate> top = pipeline.top(3);
    EXPECT_EQ(top[0].id, fresh);
    EXPECT_EQ(top[0].zh, QStringLiteral("新商品"));
    EXPECT_EQ(top[0].en, QStringLiteral("New Thing"));
    EXPECT_EQ(top[0].plainConfidence, 0);
    ASSERT_EQ(top[0].moves.size(), 1);
    EXPECT_EQ(top[0].moves[0].step, QStringLiteral("prototypes"));
    EXPECT_EQ(top[0].moves[0].from, 0);
    EXPECT_EQ(top[0].moves[0].to, 1);
    EXPECT_TRUE(top[0].moves[0].reason.startsWith(QStringLiteral("taught by 1 photo")))
        << qPrintable(top[0].moves[0].reason);
    EXPECT_FALSE(pipeline.draft().unknown) << "a taught product is one of yours";
}

TEST_F(TaughtProductsTest, AnotherProductsPhotoKeepsItsAnswer)
{
    teach(0);
    const auto pipeline = answer(photos.photo(60), {product()});
    EXPECT_EQ(pipeline.top(1)[0].id, idOf(0));
    EXPECT_TRUE(pipeline.draft().unknown);
    double sum = 0;
    for (const double one : pipeline.draft().probabilities())
        sum += one;
    EXPECT_NEAR(sum, 1, 1e-9);
    EXPECT_EQ(pipeline.draft().products().size(), kProducts);
}

TEST_F(TaughtProductsTest, WithoutTaughtProductsTheHeadsAnswerStands)
{
    const std::vector<double> head{0.5, 0.2, 0.1, 0.1, 0.1};
    const auto embedding = photos.photo(61);
    AnswerDraft draft(model, embedding, {}, head);
    TaughtProducts(QStringLiteral("backbone"), index, {}, {}).apply(draft);
    EXPECT_TRUE(std::equal(head.begin(), head.end(), draft.probabilities().begin()));
    EXPECT_EQ(draft.products().size(), model.classes.size());
}

TEST_F(TaughtProductsTest, AProductThatHasGoneDoesNotComeBack)
{
    teach(0);
    const TaughtProduct other{{QStringLiteral("other"), {}, {}, {}}, 1};
    const auto pipeline = answer(photoOfNew(1), {other});
    EXPECT_FALSE(pipeline.draft().find(fresh));
}

TEST_F(TaughtProductsTest, AnotherBackboneIsLeftAlone)
{
    teach(0);
    model.backbone = QStringLiteral("other");
    const auto pipeline = answer(photoOfNew(1), {product()});
    EXPECT_EQ(pipeline.draft().products().size(), kProducts - 1);
    EXPECT_NEAR(pipeline.top(1)[0].confidence, 0.5, 1e-12);
}

TEST_F(TaughtProductsTest, AForgottenPhotoTeachesNoMore)
{
    teach(0);
    EXPECT_TRUE(index->remove(QStringLiteral("taught-0")));
    EXPECT_FALSE(answer(photoOfNew(1), {product()}).draft().find(fresh));
}

TEST_F(TaughtProductsTest, AKnownProductThatMovesUpSaysWhy)
{
    const TaughtProduct known{{idOf(1), {}, {}, {}}, 3};
    // The head is wrong about a photo of product 1, the evidence is clear.
    const auto pipeline = answer(photos.photo(61), {known}, {0.3, 0.25, 0.15, 0.15, 0.15});
    const QList<Candidate> top = pipeline.top(5);
    EXPECT_EQ(top[0].id, idOf(1));
    ASSERT_EQ(top[0].moves.size(), 1);
    EXPECT_TRUE(top[0].moves[0].reason.startsWith(QStringLiteral("taught by 3 photo")));
    for (const Candidate& other : top.mid(1)) {
        for (const CandidateMove& move : other.moves)
            EXPECT_TRUE(move.reason.isEmpty());
    }
}
