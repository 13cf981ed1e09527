#include "ui/evaluation/EvaluationWords.h"
#include "core/base/AutomaticRule.h"
#include "core/dataset/AutomaticNote.h"
#include "core/evaluation/AuditPlan.h"
#include "core/evaluation/ErrorBudget.h"

#include <gtest/gtest.h>

using namespace goodsight;

namespace {

Evaluation withDrift(double lookP, double sharesP)
{
    Evaluation made;
    made.classes = {{QStringLiteral("milk"), QStringLiteral("牛奶"), QStringLiteral("Milk"), {}},
                    {QStringLiteral("pear"), QStringLiteral("梨"), QStringLiteral("Pear"), {}}};
    DriftFound drift;
    drift.look.pValue = lookP;
    drift.shares.pValue = sharesP;
    drift.shares.shifts = {{0, 0.03, 0.09}, {1, 0.5, 0.4}};
    made.drift = drift;
    return made;
}

} // namespace

TEST(EvaluationWords, TheHeadlineCountsInHundreds)
{
    Metrics metrics;
    metrics.top1 = 0.838;
    metrics.top3 = 0.946;
    EXPECT_EQ(EvaluationWords::headline(metrics),
              QStringLiteral("Of 100 photos 84 are right at once, 95 are among the three."));
}

TEST(EvaluationWords, TheBudgetSaysWhyThereIsNoThreshold)
{
    AutomaticThreshold few;
    few.photos = 296;
    few.photosNeeded = 299;
    EXPECT_TRUE(
        EvaluationWords::budget(few).contains(QStringLiteral("at least 299 are needed, here are 296")));
    AutomaticThreshold none;
    none.photos = 1000;
    none.photosNeeded = 299;
    EXPECT_TRUE(EvaluationWords::budget(none).contains(QStringLiteral("a person must look at every answer")));
    AutomaticThreshold found = none;
    found.threshold = 0.972;
    found.share = 0.344;
    found.accepted = 344;
    found.wrong = 2;
    found.upperBound = 0.018;
    found.confidenceLevel = 0.95;
    const QString words = EvaluationWords::budget(found);
    for (const char* figure : {"97.2%", "34 of 100", "among the 344", "here: 2;", "95%", "1.8%"})
        EXPECT_TRUE(words.contains(QLatin1String(figure))) << figure << ": " << words.toStdString();
}

TEST(EvaluationWords, DriftNamesWhatMovedOnlyWhereSomethingDid)
{
    EXPECT_TRUE(EvaluationWords::drift({}).startsWith(QStringLiteral("Nothing to compare")));
    const QString alike = EvaluationWords::drift(withDrift(0.4, 0.6));
    EXPECT_TRUE(alike.contains(QStringLiteral("look like those before")));
    EXPECT_FALSE(alike.contains(QStringLiteral("→")));
    const QString different = EvaluationWords::drift(withDrift(0.001, 0.001));
    EXPECT_TRUE(different.contains(QStringLiteral("worth training anew")));
    EXPECT_TRUE(different.contains(QStringLiteral("Other products")));
    EXPECT_TRUE(different.contains(QStringLiteral("3.0% → 9.0%"))) << different.toStdString();
}

TEST(EvaluationWords, AClassThatIsNotThereHasNoName)
{
    const Evaluation evaluation = withDrift(1, 1);
    EXPECT_EQ(EvaluationWords::name(evaluation, -1), QString());
    EXPECT_EQ(EvaluationWords::name(evaluation, 2), QString());
    EXPECT_EQ(EvaluationWords::names(evaluation).size(), 2);
}

TEST(EvaluationWords, TheAuditsSayWhatTheyShow)
{
    AutomaticRule rule;
    rule.maxError = 0.01;
    rule.threshold = 0.973;
    AutomaticTally tally;
    tally.taken = 812;
    tally.audits = QList<bool>(16, true);
    EXPECT_EQ(EvaluationWords::audits(rule, tally, judgeAudits(tally.audits, rule.maxError)),
              QStringLiteral("From 97.3% on: 812 taken by itself · 16 looked at · 0 wrong. Too few yet to be "
                             "sure of at most 1% wrong: 283 more right ones are needed."));
    tally.audits = QList<bool>(24, false);
    EXPECT_TRUE(
        EvaluationWords::audits(rule, tally, judgeAudits(tally.audits, rule.maxError))
            .endsWith(QStringLiteral("24 wrong. More than 1% were wrong so far; too few yet to be sure.")));
    tally.audits = QList<bool>(400, true);
    EXPECT_TRUE(EvaluationWords::audits(rule, tally, judgeAudits(tally.audits, rule.maxError))
                    .endsWith(QStringLiteral("The promise of at most 1% wrong is kept.")));
}
