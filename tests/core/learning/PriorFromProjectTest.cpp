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
