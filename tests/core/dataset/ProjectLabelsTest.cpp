#include "tests/core/dataset/DatasetFixture.h"

#include <utility>

using namespace goodsight;

namespace {

const QString kApple = QStringLiteral("apple");
const QString kPear = QStringLiteral("pear");
const QString kGranny = QStringLiteral("granny-smith");

} // namespace

using ProjectLabelsTest = DatasetTest;

TEST_F(ProjectLabelsTest, EnsuringAddsFillsAndNeverRenames)
{
    EXPECT_EQ(store->labels(), fruit());
    ASSERT_TRUE(store->renameLabel(kApple, QStringLiteral("红苹果"), QStringLiteral("Red Apple")));
    ASSERT_TRUE(store->ensureLabels(fruit()));
    EXPECT_EQ(store->findLabel(kApple)->zh, QStringLiteral("红苹果"));
    ASSERT_TRUE(store->ensureLabels({{QStringLiteral("kiwi"), {}, QStringLiteral("Kiwi"), {}}}));
    ASSERT_TRUE(store->ensureLabels({{QStringLiteral("kiwi"), QStringLiteral("猕猴桃"), {}, {}}}));
    EXPECT_EQ(store->findLabel(QStringLiteral("Kiwi"))->zh, QStringLiteral("猕猴桃"));
    EXPECT_EQ(store->labels().size(), 4);
    EXPECT_EQ(store->ensureLabels({{QStringLiteral("../up"), {}, QStringLiteral("Up"), {}}}).error().code,
              QStringLiteral("label-id-invalid"));
}

TEST_F(ProjectLabelsTest, ANewProductGetsAnIdOnceAndForAll)
{
    const auto created = store->createLabel(QStringLiteral(" 新商品 "));
    ASSERT_TRUE(created) << qPrintable(created.error().message);
    EXPECT_EQ(created->id, QStringLiteral("xin-shang-pin"));
    EXPECT_EQ(created->zh, QStringLiteral("新商品"));
    EXPECT_EQ(created->en, QString());
    EXPECT_EQ(store->createLabel(QStringLiteral("新商品"))->id, created->id);
    EXPECT_EQ(store->createLabel(QStringLiteral("granny  SMITH"))->id, kGranny)
        << "an English name that exists";
    EXPECT_EQ(store->createLabel(QStringLiteral("梨"))->id, kPear);
    const auto homophone = store->createLabel(QStringLiteral("新商聘"));
    EXPECT_EQ(homophone->id, QStringLiteral("xin-shang-pin-2"));
    EXPECT_EQ(store->createLabel(QStringLiteral(" \n ")).error().code, QStringLiteral("label-name-missing"));
    reopen();
    EXPECT_EQ(store->findLabel(QStringLiteral("新商品"))->id, created->id);
    EXPECT_EQ(store->labels().last().zh, QStringLiteral("新商聘"));
}

TEST_F(ProjectLabelsTest, AnUndoneProductIsGoneAndItsIdIsNotGivenToAnother)
{
    const auto created = store->createLabel(QStringLiteral("新商品"));
    ASSERT_TRUE(store->answer(answerFor(1, created->id)));
    ASSERT_TRUE(store->undo());
    const auto undone = store->undo();
    ASSERT_TRUE(undone);
    EXPECT_EQ(undone->id, 0);
    EXPECT_EQ(undone->labelId, created->id);
    EXPECT_FALSE(store->findLabel(created->id));
    EXPECT_EQ(store->answer(answerFor(1, created->id)).error().code, QStringLiteral("label-unknown"));
    ASSERT_TRUE(store->redo());
    EXPECT_TRUE(store->findLabel(created->id));
    ASSERT_TRUE(store->undo());
    EXPECT_EQ(store->createLabel(QStringLiteral("新尚品"))->id, QStringLiteral("xin-shang-pin-2"));
}

TEST_F(ProjectLabelsTest, RenamingKeepsTheIdAndIsUndone)
{
    ASSERT_TRUE(store->answer(answerFor(1, kApple)));
    const auto renamed = store->renameLabel(kApple, QStringLiteral("富士"), {});
    ASSERT_TRUE(renamed);
    EXPECT_EQ(renamed->id, kApple);
    EXPECT_EQ(store->photos({})->first().labelId, kApple);
    reopen();
    EXPECT_EQ(store->findLabel(kApple)->zh, QStringLiteral("富士"));
    EXPECT_EQ(store->undo()->labelId, kApple);
    EXPECT_EQ(store->labels(), fruit());
    EXPECT_EQ(store->redo()->labelId, kApple);
    EXPECT_EQ(store->findLabel(kApple)->zh, QStringLiteral("富士"));
    EXPECT_EQ(store->renameLabel(kApple, {}, QStringLiteral(" ")).error().code,
              QStringLiteral("label-name-missing"));
    EXPECT_EQ(store->renameLabel(QStringLiteral("nix"), kApple, {}).error().code,
              QStringLiteral("label-unknown"));
}

TEST_F(ProjectLabelsTest, MergingCountsThePhotosOfBothAndIsUndone)
{
    ASSERT_TRUE(store->answer(answerFor(1, kApple)));
    ASSERT_TRUE(store->answer(answerFor(2, kGranny)));
    ASSERT_TRUE(store->answer(answerFor(3, kPear)));
    ASSERT_TRUE(store->mergeLabels(kGranny, kApple));
    ASSERT_TRUE(store->mergeLabels(kApple, kPear)) << "a chain is followed in one step";
    EXPECT_EQ(store->labels().size(), 1);
    EXPECT_EQ(store->findLabel(kGranny)->id, kPear);
    EXPECT_EQ(store->stats()->perLabel, (QList<std::pair<QString, qint64>>{{kPear, 3}}));
    PhotoQuery query;
    query.labelId = kGranny;
    EXPECT_EQ(*store->count(query), 3);
    const auto late = store->answer(answerFor(4, kGranny));
    ASSERT_TRUE(late);
    EXPECT_EQ(late->labelId, kPear) << "an old id still answers";
    ASSERT_TRUE(store->undo());
    EXPECT_EQ(store->mergeLabels(kGranny, kPear).error().code, QStringLiteral("label-merge-itself"));

    reopen();
    ASSERT_TRUE(store->undo());
    EXPECT_EQ(store->stats()->perLabel, (QList<std::pair<QString, qint64>>{{kApple, 2}, {kPear, 1}}));
    ASSERT_TRUE(store->undo());
    EXPECT_EQ(store->stats()->perLabel,
              (QList<std::pair<QString, qint64>>{{kApple, 1}, {kGranny, 1}, {kPear, 1}}));
    EXPECT_EQ(store->labels(), fruit());
    ASSERT_TRUE(store->redo());
    ASSERT_TRUE(store->redo());
    EXPECT_EQ(store->findLabel(kGranny)->id, kPear);
}

TEST_F(ProjectLabelsTest, AChangeOfLabelsIsToldAndNoOther)
{
    int told = 0;
    QObject::connect(store.get(), &DatasetStore::labelsChanged, store.get(), [&] { ++told; });
    const auto tells = [&](bool good) {
        EXPECT_TRUE(good);
        return std::exchange(told, 0) == 1;
    };
    EXPECT_FALSE(tells(store->ensureLabels(fruit()).has_value())) << "known already";
    EXPECT_TRUE(tells(store->ensureLabels({{QStringLiteral("kiwi"), {}, {}, {}}}).has_value()));
    EXPECT_TRUE(tells(store->createLabel(QStringLiteral("新商品")).has_value()));
    EXPECT_FALSE(tells(store->createLabel(QStringLiteral("新商品")).has_value())) << "known already";
    EXPECT_TRUE(tells(store->renameLabel(kApple, QStringLiteral("富士"), {}).has_value()));
    EXPECT_TRUE(tells(store->mergeLabels(kGranny, kApple).has_value()));
    EXPECT_FALSE(tells(store->answer(answerFor(1, kApple)).has_value()));
    EXPECT_FALSE(tells(store->undo().has_value())) << "only a photo's";
    EXPECT_TRUE(tells(store->undo().has_value())) << "the merge";
    EXPECT_TRUE(tells(store->undo().has_value())) << "the renaming";
    EXPECT_TRUE(tells(store->redo().has_value()));
}
