#include "tests/core/dataset/DatasetFixture.h"

#include <utility>

using namespace goodsight;

namespace {

const QString kName = QStringLiteral("新商品");
const QString kId = QStringLiteral("xin-shang-pin");

Answer newProduct(int seed, const QString& name = kName)
{
    Answer answer = answerFor(seed, {}, PhotoState::Corrected);
    answer.newLabelName = name;
    return answer;
}

} // namespace

using NewProductTest = DatasetTest;

TEST_F(NewProductTest, IsMadeWithItsAnswerInOneStep)
{
    int labelChanges = 0;
    QObject::connect(store.get(), &DatasetStore::labelsChanged, store.get(), [&] { ++labelChanges; });
    const auto row = store->answer(newProduct(1));
    ASSERT_TRUE(row) << qPrintable(row.error().message);
    EXPECT_EQ(row->labelId, kId);
    EXPECT_EQ(store->findLabel(kId)->zh, kName);
    ASSERT_EQ(store->history()->size(), 1);
    const auto next = store->nextUndo();
    ASSERT_TRUE(next);
    EXPECT_EQ(next->kind, QStringLiteral("answer"));
    EXPECT_EQ(next->labelId, kId);
    EXPECT_EQ(next->photos, 1);
    EXPECT_EQ(labelChanges, 1);
    ASSERT_TRUE(store->answer(newProduct(2, QStringLiteral(" 新商品 "))));
    EXPECT_EQ(store->labels().size(), 4) << "a name that exists is that label";
    EXPECT_EQ(labelChanges, 1);
}

TEST_F(NewProductTest, UndoTakesBothBackAndRedoBringsBoth)
{
    ASSERT_TRUE(store->answer(newProduct(1)));
    reopen();
    const auto undone = store->undo();
    ASSERT_TRUE(undone);
    EXPECT_EQ(undone->state, PhotoState::Unseen);
    EXPECT_EQ(store->labels(), fruit());
    EXPECT_FALSE(store->findLabel(kId));
    EXPECT_FALSE(store->canUndo());
    reopen();
    EXPECT_EQ(store->redo()->labelId, kId);
    EXPECT_EQ(store->findLabel(kId)->zh, kName);
}

TEST_F(NewProductTest, TheSameNameAfterAnUndoIsTheSameLabel)
{
    ASSERT_TRUE(store->answer(newProduct(1)));
    ASSERT_TRUE(store->undo());
    EXPECT_EQ(store->answer(newProduct(2))->labelId, kId);
    ASSERT_TRUE(store->undo());
    EXPECT_FALSE(store->findLabel(kId));
    EXPECT_EQ(store->createLabel(kName)->id, kId);
    ASSERT_TRUE(store->undo());
    EXPECT_EQ(store->answer(newProduct(3, QStringLiteral("新尚品")))->labelId,
              QStringLiteral("xin-shang-pin-2"))
        << "another name is another product";
}

TEST_F(NewProductTest, AnAnswerThatFailsLeavesNoLabel)
{
    Answer answer = newProduct(1);
    answer.photo = {};
    answer.photo.path = folder.filePath(QStringLiteral("gone.png"));
    EXPECT_EQ(store->answer(answer).error().code, QStringLiteral("not-found"));
    EXPECT_EQ(store->answer(newProduct(1, QStringLiteral(" \n "))).error().code,
              QStringLiteral("label-name-missing"));
    EXPECT_EQ(store->answer(answerFor(1, {})).error().code, QStringLiteral("label-unknown"));
    // The writer's own failure, after the label was made.
    ASSERT_TRUE(runSql(database(), {QStringLiteral("CREATE TRIGGER full BEFORE INSERT ON annotations BEGIN "
                                                   "SELECT RAISE(ABORT, 'no room'); END")}));
    EXPECT_FALSE(store->answer(newProduct(1)));
    EXPECT_EQ(store->labels(), fruit());
    EXPECT_EQ(*store->count({}), 0);
    EXPECT_FALSE(store->canUndo());
    ASSERT_TRUE(runSql(database(), {QStringLiteral("DROP TRIGGER full")}));
    EXPECT_EQ(store->answer(newProduct(1))->labelId, kId);
}

TEST_F(NewProductTest, ALabelThatAPhotoStillHasIsNotHidden)
{
    // An import that goes on while a person answers uses the new product for a later photo.
    qint64 edit = 0;
    ASSERT_TRUE(store->importPhotos(edit, {{pasted(1), QStringLiteral("Apple")}}));
    ASSERT_TRUE(store->answer(newProduct(2)));
    ASSERT_TRUE(store->importPhotos(edit, {{pasted(3), kName}}));
    ASSERT_TRUE(store->undo());
    ASSERT_TRUE(store->findLabel(kId));
    EXPECT_EQ(store->stats()->perLabel,
              (QList<std::pair<QString, qint64>>{{QStringLiteral("apple"), 1}, {kId, 1}}));
}
