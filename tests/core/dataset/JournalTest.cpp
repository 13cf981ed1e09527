#include "tests/core/dataset/DatasetFixture.h"

#include <QFile>

using namespace goodsight;

namespace {

const QString kApple = QStringLiteral("apple");
const QString kPear = QStringLiteral("pear");

QStringList kinds(const DatasetStore& store)
{
    QStringList words;
    const auto history = store.history();
    for (const EditRow& row : *history)
        words.append(row.kind);
    return words;
}

} // namespace

using JournalTest = DatasetTest;

TEST_F(JournalTest, UndoGivesTheLabelBeforeAlsoAfterARestart)
{
    ASSERT_TRUE(store->answer(answerFor(1, kApple)));
    ASSERT_TRUE(store->answer(answerFor(1, kPear, PhotoState::Corrected)));
    reopen();
    ASSERT_TRUE(store->canUndo());
    auto row = store->undo();
    ASSERT_TRUE(row);
    EXPECT_EQ(row->labelId, kApple);
    EXPECT_EQ(row->state, PhotoState::Accepted);
    reopen();
    row = store->undo();
    ASSERT_TRUE(row);
    EXPECT_EQ(row->labelId, QString());
    EXPECT_EQ(row->state, PhotoState::Unseen);
    EXPECT_GT(row->id, 0) << "the photo stays, to be answered again";
    EXPECT_FALSE(row->labelledAt.isValid());
    reopen();
    EXPECT_FALSE(store->canUndo());
    EXPECT_EQ(store->undo().error().code, QStringLiteral("nothing-to-undo"));
    EXPECT_EQ(kinds(*store), (QStringList{QStringLiteral("undo"), QStringLiteral("undo"),
                                          QStringLiteral("answer"), QStringLiteral("answer")}));
}

TEST_F(JournalTest, RedoDoesItAgainUntilSomethingNewIsDone)
{
    ASSERT_TRUE(store->answer(answerFor(1, kApple)));
    ASSERT_TRUE(store->answer(answerFor(2, kPear)));
    ASSERT_TRUE(store->answer(answerFor(2, kApple, PhotoState::Corrected)));
    for (int i = 0; i < 3; ++i)
        ASSERT_TRUE(store->undo());
    EXPECT_EQ(store->stats()->unseen, 2);
    reopen();
    EXPECT_EQ(store->redo()->labelId, kApple);
    EXPECT_EQ(store->redo()->labelId, kPear);
    EXPECT_EQ(store->undo()->labelId, QString());
    EXPECT_EQ(store->redo()->labelId, kPear);
    EXPECT_TRUE(store->canRedo());
    ASSERT_TRUE(store->answer(answerFor(3, kPear)));
    EXPECT_FALSE(store->canRedo());
    EXPECT_EQ(store->redo().error().code, QStringLiteral("nothing-to-redo"));
    EXPECT_EQ(store->undo()->sha256, store->photos({})->first().sha256);
    EXPECT_EQ(store->undo()->labelId, QString()) << "the older entry comes next, not the one given up";
    const auto stats = store->stats();
    EXPECT_EQ(stats->accepted, 1);
    EXPECT_EQ(stats->unseen, 2);
}

TEST_F(JournalTest, UndoOfAnAddedPhotoTakesItOutAndTheNextEditDeletesIt)
{
    const auto row = store->addPhoto(pasted(1));
    ASSERT_TRUE(row);
    EXPECT_EQ(store->addPhoto(pasted(1))->id, row->id);
    EXPECT_EQ(store->history()->size(), 1) << "the same photo again changes nothing";
    EXPECT_EQ(store->undo()->id, 0);
    EXPECT_EQ(*store->count({}), 0);
    EXPECT_TRUE(QFile::exists(row->file)) << "redo needs it";
    EXPECT_EQ(store->redo()->sha256, row->sha256);
    EXPECT_EQ(*store->count({}), 1);
    ASSERT_TRUE(store->undo());
    ASSERT_TRUE(store->answer(answerFor(2, kApple)));
    reopen();
    EXPECT_FALSE(QFile::exists(row->file));
    EXPECT_EQ(*store->count({}), 1);
}

TEST_F(JournalTest, APhotoThatComesBackAfterItsUndoKeepsItsFile)
{
    const auto row = store->addPhoto(pasted(1));
    ASSERT_TRUE(store->undo());
    ASSERT_TRUE(store->answer(answerFor(1, kPear)));
    reopen();
    ASSERT_EQ(*store->count({}), 1);
    EXPECT_EQ(fileBytes(store->photos({})->first().file), pngBytes(1));
}

TEST_F(JournalTest, ImportedPartsAreOneEntry)
{
    ASSERT_TRUE(store->answer(answerFor(1, kPear, PhotoState::Corrected)));
    qint64 edit = 0;
    const auto first = store->importPhotos(
        edit, {{pasted(1), QStringLiteral("Apple")}, {pasted(2), QStringLiteral("青苹果")}, {pasted(3), {}}});
    ASSERT_TRUE(first);
    EXPECT_GT(edit, 0);
    const qint64 entry = edit;
    const auto second = store->importPhotos(edit, {{pasted(4), QStringLiteral("新商品 三")}, {{}, kApple}});
    ASSERT_TRUE(second);
    EXPECT_EQ(edit, entry);
    EXPECT_FALSE(first->at(0).labelled) << "a person's answer outweighs a folder's name";
    EXPECT_FALSE(first->at(0).added);
    EXPECT_EQ(first->at(1).labelId, QStringLiteral("granny-smith"));
    EXPECT_TRUE(first->at(2).added);
    EXPECT_TRUE(second->at(1).error);
    EXPECT_EQ(store->labels().size(), 4);
    auto stats = store->stats();
    EXPECT_EQ(stats->photos, 4);
    EXPECT_EQ(stats->imported, 2);
    EXPECT_EQ(stats->unseen, 1);
    EXPECT_EQ(stats->corrected, 1);
    EXPECT_EQ(store->history()->first().kind, QStringLiteral("import"));
    EXPECT_EQ(store->history()->first().photos, 3);

    reopen();
    ASSERT_TRUE(store->undo());
    stats = store->stats();
    EXPECT_EQ(stats->photos, 1);
    EXPECT_EQ(stats->corrected, 1);
    EXPECT_EQ(store->labels().size(), 3);
    EXPECT_EQ(store->importPhotos(edit, {{pasted(5), {}}}).error().code, QStringLiteral("cancelled"))
        << "an import that was taken back while it runs ends";
    ASSERT_TRUE(store->redo());
    EXPECT_EQ(store->stats()->imported, 2);
    EXPECT_EQ(store->labels().size(), 4);
}

TEST_F(JournalTest, TheSamePhotoInTwoClassesOfAnImportIsUndoneWhole)
{
    qint64 edit = 0;
    ASSERT_TRUE(store->importPhotos(edit, {{pasted(1), kApple}, {pasted(1), kPear}}));
    EXPECT_EQ(store->photos({})->first().labelId, kPear);
    ASSERT_TRUE(store->undo());
    EXPECT_EQ(*store->count({}), 0);
    ASSERT_TRUE(store->redo());
    EXPECT_EQ(store->photos({})->first().labelId, kPear);
}
