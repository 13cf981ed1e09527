#include "core/evaluation/AuditPlan.h"

#include <QCryptographicHash>

#include <gtest/gtest.h>

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
