#include "core/learning/ProjectTrainingSet.h"
#include "tests/core/dataset/DatasetFixture.h"

#include <QFile>

#include <algorithm>

using namespace goodsight;

namespace {

const QString kApple = QStringLiteral("apple");
const QString kPear = QStringLiteral("pear");

} // namespace

using ProjectTrainingSetTest = DatasetTest;

TEST_F(ProjectTrainingSetTest, HoldsEveryLabelledPhotoWithItsPart)
{
    for (int i = 0; i < 12; ++i)
        ASSERT_TRUE(store->answer(answerFor(i, i % 2 ? kApple : kPear)));
    ASSERT_TRUE(store->addPhoto(pasted(100)));
    ASSERT_TRUE(store->split({0.2, 0.2, 1}));
    const QString late = store->answer(answerFor(50, kApple))->sha256;

    const auto found = projectTrainingSet(*store);
    ASSERT_TRUE(found) << qPrintable(found.error().message);
    EXPECT_TRUE(found->missing.isEmpty());
    const TrainingSet& set = found->set;
    ASSERT_EQ(set.photos.size(), 13U);
    // Granny Smith has no photo; the others come in the project's order.
    ASSERT_EQ(set.classes.size(), 2);
    EXPECT_EQ(set.classes[0].id, kApple);
    EXPECT_EQ(set.classes[0].zh, QStringLiteral("苹果"));
    EXPECT_EQ(set.classes[1].id, kPear);
    EXPECT_TRUE(std::is_sorted(set.photos.begin(), set.photos.end(),
                               [](const auto& a, const auto& b) { return a.sha256 < b.sha256; }));
    int measured = 0;
    for (const TrainingPhoto& photo : set.photos) {
        const auto row = store->photo(photo.sha256);
        ASSERT_TRUE(row);
        EXPECT_EQ(row->file, photo.file);
        EXPECT_EQ(row->labelId, set.classes[photo.label].id);
        if (photo.sha256 == late)
            EXPECT_EQ(photo.part, Part::Train) << "it came after the split";
        else
            EXPECT_EQ(row->split, partWord(photo.part));
        measured += photo.part != Part::Train;
    }
    EXPECT_EQ(measured, 4);
}

TEST_F(ProjectTrainingSetTest, StopsBetweenTwoPhotos)
{
    for (int i = 0; i < 4; ++i)
        ASSERT_TRUE(store->answer(answerFor(i, kApple)));
    qint64 last = -1;
    const auto stopped = projectTrainingSet(*store, [&last](qint64 looked) {
        last = looked;
        return looked < 2;
    });
    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error().code, QStringLiteral("cancelled"));
    EXPECT_EQ(last, 2);
}

TEST_F(ProjectTrainingSetTest, ANewProductComesLast)
{
    ASSERT_TRUE(store->answer(answerFor(1, kPear)));
    Answer made = answerFor(2, {});
    made.newLabelName = QStringLiteral("阿尔卑斯糖");
    ASSERT_TRUE(store->answer(made));
    ASSERT_TRUE(store->answer(answerFor(3, kApple)));
    const auto found = projectTrainingSet(*store);
    ASSERT_TRUE(found);
    ASSERT_EQ(found->set.classes.size(), 3);
    EXPECT_EQ(found->set.classes[0].id, kApple);
    EXPECT_EQ(found->set.classes[1].id, kPear);
    EXPECT_EQ(found->set.classes[2].zh, QStringLiteral("阿尔卑斯糖"));
}

TEST_F(ProjectTrainingSetTest, EditsMadeAfterwardsDoNotReachIt)
{
    const QString photo = store->answer(answerFor(1, kPear))->sha256;
    const auto found = projectTrainingSet(*store);
    ASSERT_TRUE(found);
    const QString before = found->set.fingerprint();
    ASSERT_TRUE(store->label(photo, kApple));
    EXPECT_EQ(found->set.fingerprint(), before);
    EXPECT_NE(projectTrainingSet(*store)->set.fingerprint(), before);
    ASSERT_TRUE(store->undo());
    EXPECT_EQ(projectTrainingSet(*store)->set.fingerprint(), before);
}

TEST_F(ProjectTrainingSetTest, MissingFilesAreNamedAndLeftOut)
{
    const QString file = store->answer(answerFor(1, kApple))->file;
    ASSERT_TRUE(store->answer(answerFor(2, kPear)));
    ASSERT_TRUE(QFile::remove(file));
    const auto found = projectTrainingSet(*store);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->missing, QStringList{file});
    EXPECT_EQ(found->set.photos.size(), 1U);
    ASSERT_EQ(found->set.classes.size(), 1) << "a product without a photo is no class";
    EXPECT_EQ(found->set.classes[0].id, kPear);
    EXPECT_EQ(found->set.photos[0].label, 0);
}

TEST_F(ProjectTrainingSetTest, NothingToLearnIsSaid)
{
    EXPECT_EQ(projectTrainingSet(*store).error().code, QStringLiteral("nothing-to-learn"));
    const QString file = store->answer(answerFor(1, kApple))->file;
    ASSERT_TRUE(QFile::remove(file));
    const auto none = projectTrainingSet(*store);
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().code, QStringLiteral("nothing-to-learn"));
    EXPECT_TRUE(none.error().message.contains(QStringLiteral("where it should be")));
    EXPECT_FALSE(none.error().hint.isEmpty());
}
