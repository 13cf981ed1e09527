#include "core/evaluation/PriorReplay.h"

#include <gtest/gtest.h>

using namespace goodsight;

namespace {

TimedAnswer answered(const char* label, int minute, PhotoState state = PhotoState::Accepted)
{
    TimedAnswer answer;
    answer.labelId = QString::fromLatin1(label);
    answer.at = QDateTime::fromSecsSinceEpoch(1'700'000'000 + minute * 60, Qt::UTC);
    answer.state = state;
    answer.sha256 = QStringLiteral("photo-%1").arg(minute);
    return answer;
}

const QList<ModelClass> kProducts{
    {QStringLiteral("milk"), {}, {}}, {QStringLiteral("bread"), {}, {}}, {QStringLiteral("tea"), {}, {}}};

} // namespace

TEST(PriorReplay, APhotosOwnAnswerIsInNoPrior)
{
    const QList<TimedAnswer> answers{answered("milk", 0), answered("bread", 500)};
    const PriorReplay replay(answers, nullptr, {QStringLiteral("photo-500")});
    EXPECT_FALSE(replay.isEmpty());
    const std::vector<double> shares = replay.of(QStringLiteral("photo-500")).shares(kProducts);
    EXPECT_GT(shares[0], shares[1]);
    EXPECT_DOUBLE_EQ(shares[1], shares[2]) << "its own answer would have made bread likelier than tea";
    EXPECT_TRUE(
        PriorReplay(answers, nullptr, {QStringLiteral("photo-0"), QStringLiteral("photo-500")}).isEmpty());
}

TEST(PriorReplay, WhatWasAnsweredJustBeforeIsRecentAndWhatCameLaterIsNot)
{
    auto table = std::make_shared<CoOccurrence>(
        CoOccurrence::learn(QList<TimedAnswer>{answered("milk", 0), answered("bread", 1)}));
    const QList<TimedAnswer> answers{answered("milk", 1000), answered("tea", 1001), answered("tea", 1002)};
    const PriorReplay replay(answers, table, {});
    const std::vector<double> after = replay.of(QStringLiteral("photo-1001")).shares(kProducts);
    EXPECT_GT(after[1], after[0]) << "milk goes with bread";
    const std::vector<double> first = replay.of(QStringLiteral("photo-1000")).shares(kProducts);
    EXPECT_DOUBLE_EQ(first[0], first[1]) << "nothing before it";
    const std::vector<double> unanswered = replay.of(QStringLiteral("never")).shares(kProducts);
    EXPECT_EQ(unanswered, first);
}

TEST(PriorReplay, ASessionEndsWithAPauseAndImportsAreInNone)
{
    const QList<TimedAnswer> answers{answered("milk", 0), answered("tea", 10),
                                     answered("bread", 11, PhotoState::Imported)};
    const auto at = [](int minute) { return answered("", minute).at; };
    EXPECT_EQ(CoOccurrence::recent(answers, at(12)),
              (QStringList{QStringLiteral("tea"), QStringLiteral("milk")}));
    EXPECT_TRUE(CoOccurrence::recent(answers, at(41)).isEmpty());
    EXPECT_TRUE(CoOccurrence::recent({}, at(0)).isEmpty());
}
