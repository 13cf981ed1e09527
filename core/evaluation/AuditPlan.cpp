#include "core/evaluation/AuditPlan.h"

#include "core/evaluation/Binomial.h"

#include <QCryptographicHash>
#include <QtEndian>

#include <algorithm>
#include <cmath>

namespace goodsight {

bool AuditPlan::chooses(const QString& sha256) const
{
    const QByteArray hash = QCryptographicHash::hash(QByteArray::number(seed) + ' ' + sha256.toLatin1(),
                                                     QCryptographicHash::Sha256);
    const auto place = static_cast<double>(qFromBigEndian<quint64>(hash.constData()));
    return place < share * std::exp2(64);
}

AuditOutcome judgeAudit(int audited, int wrong, double maxError, double confidenceLevel)
{
    AuditOutcome outcome;
    outcome.lower = clopperPearsonLower(wrong, audited, confidenceLevel);
    outcome.upper = clopperPearsonUpper(wrong, audited, confidenceLevel);
    if (outcome.upper <= maxError) {
        outcome.verdict = AuditVerdict::Holds;
        return outcome;
    }
    if (outcome.lower > maxError) {
        outcome.verdict = AuditVerdict::Broken;
        return outcome;
    }
    const auto holds = [&](int more) {
        return incompleteBeta(wrong + 1, audited + more - wrong, maxError) >= confidenceLevel;
    };
    int enough = 1;
    while (!holds(enough) && enough < 1'000'000'000)
        enough *= 2;
    int tooFew = enough / 2;
    while (enough - tooFew > 1) {
        const int middle = tooFew + (enough - tooFew) / 2;
        (holds(middle) ? enough : tooFew) = middle;
    }
    outcome.moreNeeded = enough;
    return outcome;
}

AuditOutcome judgeAudits(const QList<bool>& right, double maxError, double confidenceLevel)
{
    constexpr qsizetype kFirstLook = 25;
    const auto wrong = [&](qsizetype audits) {
        return static_cast<int>(std::count(right.cbegin(), right.cbegin() + audits, false));
    };
    int look = 1;
    for (qsizetype audits = kFirstLook; audits <= right.size(); audits *= 2, ++look) {
        const AuditOutcome found = judgeAudit(static_cast<int>(audits), wrong(audits), maxError,
                                              1 - (1 - confidenceLevel) / (look * (look + 1)));
        if (found.verdict == AuditVerdict::Broken)
            return found;
    }
    AuditOutcome now =
        judgeAudit(static_cast<int>(right.size()), wrong(right.size()), maxError, confidenceLevel);
    if (now.verdict == AuditVerdict::Broken)
        now.verdict = AuditVerdict::TooFew;
    return now;
}

} // namespace goodsight
