#include "tests/core/dataset/DatasetFixture.h"

using namespace goodsight;

using TimedAnswersTest = DatasetTest;

TEST_F(TimedAnswersTest, ComeOldestFirstAndPageByPage)
{
    QStringList expected;
    for (int i = 0; i < 10; ++i) {
        expected.append(i % 3 ? QStringLiteral("apple") : QStringLiteral("pear"));
        ASSERT_TRUE(store->answer(answerFor(i, expected.last())));
    }
    ASSERT_TRUE(store->addPhoto(pasted(100)));
    QStringList labels;
    std::optional<TimedAnswer> last;
    for (;;) {
        const auto page = store->answers(last, 3);
        ASSERT_TRUE(page) << qPrintable(page.error().message);
        for (const TimedAnswer& answer : *page) {
            labels.append(answer.labelId);
            EXPECT_TRUE(!last || last->at <= answer.at);
            EXPECT_EQ(answer.source, QStringLiteral("clipboard"));
            EXPECT_EQ(answer.state, PhotoState::Accepted);
            last = answer;
        }
        if (page->size() < 3)
            break;
    }
    EXPECT_EQ(labels, expected);
}

TEST_F(TimedAnswersTest, AnswersOfOneMillisecondAreNotLostBetweenPages)
{
    for (int i = 0; i < 10; ++i)
        ASSERT_TRUE(store->answer(answerFor(i, QStringLiteral("apple"))));
    ASSERT_TRUE(runSql(database(), {QStringLiteral("UPDATE annotations SET at = 5")}));
    QList<qint64> ids;
    std::optional<TimedAnswer> last;
    for (auto page = store->answers(last, 4); !page->isEmpty(); page = store->answers(last, 4))
        for (const TimedAnswer& answer : *page) {
            ids.append(answer.id);
            last = answer;
        }
    EXPECT_EQ(ids.size(), 10);
    EXPECT_TRUE(std::is_sorted(ids.begin(), ids.end()));
}

TEST_F(TimedAnswersTest, OnlyTheAnswerThatCountsUnderTodaysLabel)
{
    const QString sha256 = store->answer(answerFor(1, QStringLiteral("apple")))->sha256;
    ASSERT_TRUE(store->label(sha256, QStringLiteral("pear")));
    ASSERT_EQ(store->answers()->size(), 1);
    EXPECT_EQ(store->answers()->first().labelId, QStringLiteral("pear"));
    EXPECT_EQ(store->answers()->first().state, PhotoState::Corrected);
    ASSERT_TRUE(store->mergeLabels(QStringLiteral("pear"), QStringLiteral("granny-smith")));
    EXPECT_EQ(store->answers()->first().labelId, QStringLiteral("granny-smith"));
    ASSERT_TRUE(store->undo());
    ASSERT_TRUE(store->undo());
    ASSERT_TRUE(store->undo());
    EXPECT_TRUE(store->answers()->isEmpty());
}
