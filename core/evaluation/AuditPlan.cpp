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

} // namespace goodsight
