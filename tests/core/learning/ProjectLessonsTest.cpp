#include "core/learning/ProjectLessons.h"
#include "core/inference/EmbeddingCache.h"
#include "tests/core/dataset/DatasetFixture.h"
#include "tests/core/learning/MadeUpPhotos.h"

#include <algorithm>

using namespace goodsight;

namespace {

const QString kApple = QStringLiteral("apple");
const QString kPear = QStringLiteral("pear");
const QString kGranny = QStringLiteral("granny-smith");

class ProjectLessonsTest : public DatasetTest {
protected:
    const MadeUpPhotos photos{3, 10, KnownPhotos::kWidth, 0.5F};
    std::shared_ptr<ModelPackage> model = std::make_shared<ModelPackage>();

    /// A model that knows apples and pears.
    void SetUp() override
    {
        DatasetTest::SetUp();
        model->backbone = QStringLiteral("backbone");
        model->classes = {{kApple, {}, {}}, {kPear, {}, {}}};
    }
    [[nodiscard]] std::shared_ptr<KnownPhotos> known() const
    {
        auto made = std::make_shared<KnownPhotos>();
        made->key = KnownPhotos::keyOf(*model);
        made->classes = {kApple, kPear};
        for (int label : {0, 1}) {
            for (std::size_t i = 0; i < 5; ++i) {
                const auto one = photo(label, i);
                made->train.embeddings.insert(made->train.embeddings.end(), one.begin(), one.end());
                made->train.labels.push_back(label);
            }
        }
        made->weights.newProduct = -1.5;
        return made;
    }
    [[nodiscard]] std::vector<float> photo(int product, std::size_t i) const
    {
        return photos.photo(i * 3 + static_cast<std::size_t>(product));
    }
    /// Answers with `labelId` and what an engine made of the photo; its hash.
    QString answer(int seed, const QString& labelId, int product,
                   const QString& engine = QStringLiteral("onednn-fp32")) const
    {
        Answer made = answerFor(seed, labelId);
        made.embedding = photo(product, static_cast<std::size_t>(seed));
        made.backbone = embeddingKey(*model, engine, false);
        const auto row = store->answer(made);
        EXPECT_TRUE(row) << qPrintable(row.error().message);
        return row ? row->sha256 : QString();
    }
    [[nodiscard]] ProjectLessons read(const std::shared_ptr<KnownPhotos>& from) const
    {
        auto lessons = ProjectLessons::read(model, from, projectDir());
        EXPECT_TRUE(lessons) << qPrintable(lessons.error().message);
        return std::move(*lessons);
    }
    [[nodiscard]] static QString best(const ProjectLessons& lessons, const std::vector<float>& embedding)
    {
        const auto scores = lessons.index()->scores(embedding);
        const auto found = std::max_element(scores.begin(), scores.end(), [](const auto& a, const auto& b) {
            return a.evidence < b.evidence;
        });
        return found == scores.end() ? QString() : found->labelId;
    }
};

} // namespace

TEST_F(ProjectLessonsTest, AnAnswerIsKnownAgainInTheNextSession)
{
    answer(1, kGranny, 2);
    answer(2, kGranny, 2, QStringLiteral("onednn-int8"));
    reopen();
    const ProjectLessons lessons = read(known());
    EXPECT_EQ(lessons.taught(), (QHash<QString, int>{{kGranny, 2}}));
    EXPECT_EQ(best(lessons, photo(2, 7)), kGranny);
    EXPECT_EQ(best(lessons, photo(0, 7)), kApple);
    EXPECT_EQ(lessons.weights().newProduct, -1.5);
    EXPECT_EQ(lessons.index()->photos(), 12);
}

TEST_F(ProjectLessonsTest, ATaughtPhotoCountsAtOnceAndTheLastAnswerForIt)
{
    ProjectLessons lessons = read(known());
    EXPECT_TRUE(lessons.taught().isEmpty());
    ASSERT_TRUE(lessons.teach(QStringLiteral("a"), photo(2, 1), kGranny));
    EXPECT_EQ(best(lessons, photo(2, 7)), kGranny);
    ASSERT_TRUE(lessons.teach(QStringLiteral("a"), photo(2, 1), kPear));
    EXPECT_EQ(lessons.taught(), (QHash<QString, int>{{kPear, 1}}));
    EXPECT_EQ(lessons.teach(QStringLiteral("b"), {1, 2}, kPear).error().code,
              QStringLiteral("bad-embedding"));
}

TEST_F(ProjectLessonsTest, UndoRelabellingAndMergingReachIt)
{
    const QString photoHash = answer(1, kGranny, 2);
    ProjectLessons lessons = read(known());
    EXPECT_FALSE(*lessons.refresh());
    ASSERT_TRUE(store->label(photoHash, kPear));
    EXPECT_TRUE(*lessons.refresh());
    EXPECT_EQ(lessons.taught(), (QHash<QString, int>{{kPear, 1}}));
    ASSERT_TRUE(store->undo());
    EXPECT_TRUE(*lessons.refresh());
    EXPECT_EQ(lessons.taught(), (QHash<QString, int>{{kGranny, 1}}));
    ASSERT_TRUE(store->mergeLabels(kGranny, kApple));
    EXPECT_TRUE(*lessons.refresh());
    EXPECT_EQ(lessons.taught(), (QHash<QString, int>{{kApple, 1}}));
    ASSERT_TRUE(store->undo());
    ASSERT_TRUE(store->undo());
    EXPECT_TRUE(*lessons.refresh());
    EXPECT_TRUE(lessons.taught().isEmpty());
    EXPECT_EQ(lessons.index()->photos(), 10);
    ASSERT_TRUE(store->redo());
    EXPECT_TRUE(*lessons.refresh());
    EXPECT_EQ(lessons.taught(), (QHash<QString, int>{{kGranny, 1}}));
}

TEST_F(ProjectLessonsTest, WithoutKnownPhotosOnlyNewProductsAreTaught)
{
    answer(1, kApple, 0);
    answer(2, kGranny, 2);
    ProjectLessons lessons = read(nullptr);
    EXPECT_EQ(lessons.taught(), (QHash<QString, int>{{kGranny, 1}}));
    ASSERT_TRUE(lessons.teach(QStringLiteral("a"), photo(1, 3), kPear));
    EXPECT_EQ(lessons.index()->photos(), 1);
    EXPECT_FALSE(*lessons.refresh());
}

TEST_F(ProjectLessonsTest, EmbeddingsOfAnotherBackboneTeachNothing)
{
    answer(1, kGranny, 2);
    model->backbone = QStringLiteral("retrained");
    EXPECT_TRUE(read(known()).taught().isEmpty());
    model->backbone.clear();
    EXPECT_EQ(ProjectLessons::read(model, nullptr, projectDir()).error().code, QStringLiteral("bad-model"));
}

TEST_F(ProjectLessonsTest, PhotosForAHeadAreThoseThatTheSplitDoesNotKeepFromTraining)
{
    for (int seed = 1; seed <= 4; ++seed)
        answer(seed, kGranny, 2, seed == 2 ? QStringLiteral("onednn-int8") : QStringLiteral("onednn-fp32"));
    auto all = ProjectLessons::photosOf(projectDir(), *model);
    ASSERT_TRUE(all);
    EXPECT_EQ(all->size(), 4U);
    EXPECT_EQ(all->front().labelId, kGranny);
    EXPECT_EQ(all->front().embedding.size(), static_cast<std::size_t>(KnownPhotos::kWidth));
    SplitOptions options;
    options.val = 0.5;
    const auto parts = store->split(options);
    ASSERT_TRUE(parts);
    ASSERT_EQ(parts->val, 2);
    const QString later = answer(5, kGranny, 2); // has no part yet
    const auto left = ProjectLessons::photosOf(projectDir(), *model);
    ASSERT_TRUE(left);
    EXPECT_EQ(left->size(), 3U);
    EXPECT_TRUE(std::any_of(left->begin(), left->end(),
                            [&](const TaughtPhoto& photo) { return photo.sha256 == later; }));
    model->backbone = QStringLiteral("retrained");
    EXPECT_TRUE(ProjectLessons::photosOf(projectDir(), *model)->empty());
}

TEST_F(ProjectLessonsTest, PhotosForAHeadSayWhichAreNearlyTheSame)
{
    const QString first = answer(1, kGranny, 2);
    const QString again = answer(2, kGranny, 2);
    const QString other = answer(3, kGranny, 2);
    ASSERT_TRUE(store->keepHashes({{first, 0x0fU}, {again, 0x0eU}, {other, ~quint64{0}}}));
    const auto all = ProjectLessons::photosOf(projectDir(), *model);
    ASSERT_TRUE(all);
    QHash<QString, qint64> groups;
    for (const TaughtPhoto& photo : *all)
        groups.insert(photo.sha256, photo.group);
    EXPECT_NE(groups.value(first), 0);
    EXPECT_EQ(groups.value(first), groups.value(again));
    EXPECT_NE(groups.value(first), groups.value(other));
}
