#include "core/evaluation/AuditPlan.h"
#include "core/evaluation/Binomial.h"

#include <QCryptographicHash>

#include <gtest/gtest.h>

#include <random>

using namespace goodsight;

namespace {

QString hashOf(int number)
{
    return QString::fromLatin1(
        QCryptographicHash::hash(QByteArray::number(number), QCryptographicHash::Sha256).toHex());
}

int chosen(const AuditPlan& plan, int photos)
{
    int count = 0;
    for (int i = 0; i < photos; ++i)
        count += plan.chooses(hashOf(i)) ? 1 : 0;
    return count;
}

} // namespace

TEST(AuditPlan, ChoosesItsShareAndTheSamePhotosAgain)
{
    const AuditPlan plan{0.02, 7};
    // 20,000 photos: 400, give or take four standard deviations.
    EXPECT_NEAR(chosen(plan, 20'000), 400, 80);
    for (int i = 0; i < 200; ++i)
        EXPECT_EQ(plan.chooses(hashOf(i)), (AuditPlan{0.02, 7}.chooses(hashOf(i))));
}

TEST(AuditPlan, AnotherSeedChoosesOthers)
{
    int same = 0;
    for (int i = 0; i < 5000; ++i)
        same += AuditPlan{0.02, 1}.chooses(hashOf(i)) && AuditPlan{0.02, 2}.chooses(hashOf(i)) ? 1 : 0;
    EXPECT_LT(same, 20);
}

TEST(AuditPlan, ChoosesNoneOrAllAtTheEnds)
{
    EXPECT_EQ(chosen({0, 1}, 500), 0);
    EXPECT_EQ(chosen({1, 1}, 500), 500);
}

TEST(AuditPlan, SaysWhetherTheBudgetHolds)
{
    EXPECT_EQ(judgeAudit(299, 0, 0.01).verdict, AuditVerdict::Holds);
    EXPECT_EQ(judgeAudit(298, 0, 0.01).verdict, AuditVerdict::TooFew);
    EXPECT_EQ(judgeAudit(298, 0, 0.01).moreNeeded, 1);
    EXPECT_EQ(judgeAudit(0, 0, 0.01).moreNeeded, 299);
    EXPECT_EQ(judgeAudit(300, 9, 0.01).verdict, AuditVerdict::Broken);
    EXPECT_EQ(judgeAudit(300, 3, 0.01).verdict, AuditVerdict::TooFew);
    const AuditOutcome more = judgeAudit(300, 3, 0.01);
    EXPECT_EQ(judgeAudit(300 + more.moreNeeded, 3, 0.01).verdict, AuditVerdict::Holds);
    EXPECT_EQ(judgeAudit(299 + more.moreNeeded, 3, 0.01).verdict, AuditVerdict::TooFew);
}

TEST(AuditPlan, LooksWhetherItIsBrokenAtFixedTimesOnly)
{
    // 24 of 24 wrong, and nobody looks yet.
    EXPECT_EQ(judgeAudits(QList<bool>(24, false), 0.01).verdict, AuditVerdict::TooFew);
    EXPECT_EQ(judgeAudits(QList<bool>(24, false), 0.01).moreNeeded, 0);
    EXPECT_EQ(judgeAudits(QList<bool>(25, false), 0.01).verdict, AuditVerdict::Broken);
    // What came later takes it back no more.
    EXPECT_EQ(judgeAudits(QList<bool>(25, false) + QList<bool>(5000, true), 0.01).verdict,
              AuditVerdict::Broken);
    EXPECT_EQ(judgeAudits(QList<bool>(299, true), 0.01).verdict, AuditVerdict::Holds);
    EXPECT_EQ(judgeAudits({}, 0.01).moreNeeded, 299);
}

TEST(AuditPlan, ARuleThatKeepsItsBudgetIsSeldomStopped)
{
    // The largest error that is allowed, in 2000 lives of 800 audits: at most 5 of 100 are stopped. Asked
    // after each audit, as judgeAudit() must not be, more than 10 would be.
    std::mt19937 random(5);
    std::bernoulli_distribution wrong(0.02);
    int stopped = 0;
    int stoppedByLookingEachTime = 0;
    for (int life = 0; life < 2000; ++life) {
        QList<bool> right;
        int mistakes = 0;
        bool each = false;
        for (int audit = 0; audit < 800; ++audit) {
            right.append(!wrong(random));
            mistakes += right.last() ? 0 : 1;
            if (!right.last() && !each)
                each = clopperPearsonLower(mistakes, audit + 1, 0.95) > 0.02;
        }
        stoppedByLookingEachTime += each ? 1 : 0;
        stopped += judgeAudits(right, 0.02).verdict == AuditVerdict::Broken ? 1 : 0;
    }
    EXPECT_LE(stopped, 100);
    EXPECT_GT(stoppedByLookingEachTime, 200);
}
