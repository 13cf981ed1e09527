#include "core/inference/CoOccurrence.h"
#include "tests/core/dataset/DatasetFixture.h"

#include <algorithm>

using namespace goodsight;

using PriorFromProject = DatasetTest;

TEST_F(PriorFromProject, CountsAPersonsAnswersInTheOrderOfTime)
{
    ASSERT_TRUE(store->answer(answerFor(1, QStringLiteral("pear"))));
    ASSERT_TRUE(store->addPhoto(pasted(2)));
    ASSERT_TRUE(store->answer(answerFor(3, QStringLiteral("apple"), PhotoState::Corrected)));
    ASSERT_TRUE(store->answer(answerFor(4, QStringLiteral("pear"))));
    const auto answers = store->answers(std::nullopt, -1);
    ASSERT_TRUE(answers);
    ASSERT_EQ(answers->size(), 3) << "a photo without an answer is none";
    EXPECT_TRUE(std::is_sorted(answers->begin(), answers->end(),
                               [](const TimedAnswer& a, const TimedAnswer& b) { return a.at < b.at; }));
    const CoOccurrence table = CoOccurrence::learn(*answers);
    EXPECT_EQ(table.count(QStringLiteral("pear")), 2);
    EXPECT_EQ(table.partners(QStringLiteral("pear")).value(QStringLiteral("apple")), 2);
}

TEST_F(PriorFromProject, WhatTheModelAnsweredByItselfIsInNoPrior)
{
    ASSERT_TRUE(store->answer(answerFor(1, QStringLiteral("pear"))));
    for (int seed = 2; seed < 6; ++seed) {
        Answer taken = answerFor(seed, QStringLiteral("apple"), PhotoState::Automatic);
        taken.automatic = AutomaticNote{false, taken.labelId, QStringLiteral("model"), 0.99, 0.97};
        ASSERT_TRUE(store->answer(taken));
    }
    const auto answers = store->answers(std::nullopt, -1);
    ASSERT_TRUE(answers);
    const CoOccurrence table = CoOccurrence::learn(*answers);
    EXPECT_EQ(table.answers(), 1);
    EXPECT_EQ(table.count(QStringLiteral("apple")), 0);
    EXPECT_TRUE(table.partners(QStringLiteral("pear")).isEmpty());
    EXPECT_EQ(CoOccurrence::recent(*answers, QDateTime::currentDateTimeUtc()),
              QStringList{QStringLiteral("pear")});
}
