#include "core/dataset/EmbeddingTable.h"
#include "tests/core/dataset/DatasetFixture.h"

using namespace goodsight;

namespace {

const QString kBackbone = QStringLiteral("backbone/onednn-int8");

std::vector<float> embedding(float value)
{
    std::vector<float> numbers(512, value);
    numbers.front() = -value;
    return numbers;
}

} // namespace

using EmbeddingTableTest = DatasetTest;

TEST_F(EmbeddingTableTest, WhatIsKeptIsFoundByAnotherConnection)
{
    const auto table = EmbeddingTable::open(projectDir());
    ASSERT_TRUE(table);
    const QString apple = store->answer(answerFor(1, QStringLiteral("apple")))->sha256;
    const QString pear = store->answer(answerFor(2, QStringLiteral("pear")))->sha256;
    EXPECT_FALSE((*table)->find(apple, kBackbone));
    ASSERT_TRUE(store->keepEmbeddings(kBackbone, {{apple, embedding(1)}, {pear, embedding(2)}}));
    EXPECT_EQ((*table)->find(apple, kBackbone), embedding(1));
    EXPECT_FALSE((*table)->find(apple, QStringLiteral("another")));
    ASSERT_TRUE(store->keepEmbeddings(kBackbone, {{apple, embedding(3)}}));
    EXPECT_EQ((*table)->find(apple, kBackbone), embedding(3));

    QStringList seen;
    ASSERT_TRUE((*table)->each(kBackbone, [&](const QString& sha256, std::span<const float> numbers) {
        seen += sha256;
        EXPECT_EQ(numbers.size(), 512U);
    }));
    EXPECT_EQ(seen, (QStringList{apple, pear}));
}

TEST_F(EmbeddingTableTest, PhotosThatAreNotInTheProjectAreNotKept)
{
    ASSERT_TRUE(store->keepEmbeddings(kBackbone, {{QStringLiteral("nowhere"), embedding(1)}}));
    EXPECT_EQ(askSql(database(), QStringLiteral("SELECT count(*) FROM embeddings")), QStringLiteral("0"));
    EXPECT_FALSE(store->canUndo()) << "a cache is no edit";
}

TEST_F(EmbeddingTableTest, ABlobThatIsNoVectorIsNothing)
{
    const QString apple = store->answer(answerFor(1, QStringLiteral("apple")))->sha256;
    ASSERT_TRUE(store->keepEmbeddings(kBackbone, {{apple, embedding(1)}}));
    ASSERT_TRUE(runSql(database(), {QStringLiteral("UPDATE embeddings SET vector = x'010203'")}));
    const auto table = EmbeddingTable::open(projectDir());
    ASSERT_TRUE(table);
    EXPECT_FALSE((*table)->find(apple, kBackbone));
}

TEST_F(EmbeddingTableTest, ThoseOfLabelledPhotosComeWithLabelAndPart)
{
    const QString apple = store->answer(answerFor(1, QStringLiteral("apple")))->sha256;
    const QString unseen = store->addPhoto(pasted(2))->sha256;
    const QString pear = store->answer(answerFor(3, QStringLiteral("pear")))->sha256;
    ASSERT_TRUE(store->split({}));
    const QString late = store->answer(answerFor(4, QStringLiteral("pear")))->sha256;
    ASSERT_TRUE(store->keepEmbeddings(kBackbone,
                                      {{apple, embedding(1)}, {unseen, embedding(2)}, {late, embedding(4)}}));
    ASSERT_TRUE(store->keepEmbeddings(QStringLiteral("another"), {{pear, embedding(3)}}));
    const auto table = EmbeddingTable::open(projectDir());
    ASSERT_TRUE(table);
    QStringList seen;
    ASSERT_TRUE((*table)->eachLabelled(kBackbone, [&](const LabelledEmbedding& one) {
        seen += one.sha256 + u' ' + one.labelId + u' ' + (one.part ? partWord(*one.part) : QString()) + u' ' +
                QString::number(one.embedding[1]);
    }));
    EXPECT_EQ(seen,
              (QStringList{apple + QStringLiteral(" apple train 1"), late + QStringLiteral(" pear  4")}));
}
