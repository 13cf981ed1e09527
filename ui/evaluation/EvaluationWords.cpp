#include "ui/evaluation/EvaluationWords.h"

#include "core/base/AutomaticRule.h"
#include "core/dataset/AutomaticNote.h"
#include "core/evaluation/AuditPlan.h"
#include "core/evaluation/ErrorBudget.h"
#include "ui/shell/LabelIndex.h"

#include <QLocale>

namespace goodsight {

namespace {
constexpr double kSurprise = 0.01; ///< chance below which a difference is called one
constexpr qsizetype kShiftsNamed = 4;
} // namespace

QString EvaluationWords::headline(const Metrics& metrics)
{
    return tr("Of 100 photos %1 are right at once, %2 are among the three.")
        .arg(qRound(metrics.top1 * 100))
        .arg(qRound(metrics.top3 * 100));
}

QString EvaluationWords::calibration(double ece)
{
    return tr("Its percentages are off by %1 points on average.").arg(QLocale().toString(ece * 100, 'f', 1));
}

QString EvaluationWords::percent(double share, int decimals)
{
    return QLocale().toString(share * 100, 'f', decimals) + u'%';
}

QString EvaluationWords::budget(const AutomaticThreshold& threshold)
{
    if (threshold.photos < threshold.photosNeeded)
        return tr("Too few photos for this promise: at least %1 are needed, here are %2.")
            .arg(threshold.photosNeeded)
            .arg(threshold.photos);
    if (!threshold.threshold)
        return tr("No threshold keeps this promise with these photos: a person must look at every answer.");
    return tr("Answers from %1 on need no person: %2 of 100 photos. Wrong among the %3 such answers here: "
              "%4; with %5 confidence at most %6 will be.")
        .arg(percent(*threshold.threshold))
        .arg(qRound(threshold.share * 100))
        .arg(threshold.accepted)
        .arg(threshold.wrong)
        .arg(percent(threshold.confidenceLevel, 0), percent(threshold.upperBound));
}

QString EvaluationWords::audits(const AutomaticRule& rule, const AutomaticTally& tally,
                                const AuditOutcome& outcome)
{
    const QString allowed = QLocale().toString(rule.maxError * 100, 'g', 3) + u'%';
    QString verdict;
    switch (outcome.verdict) {
    case AuditVerdict::Holds:
        verdict = tr("The promise of at most %1 wrong is kept.").arg(allowed);
        break;
    case AuditVerdict::Broken:
        verdict = tr("More than %1 are wrong: the promise is broken.").arg(allowed);
        break;
    case AuditVerdict::TooFew:
        verdict = outcome.moreNeeded > 0
                      ? tr("Too few yet to be sure of at most %1 wrong: %2 more right ones are needed.")
                            .arg(allowed)
                            .arg(outcome.moreNeeded)
                      : tr("More than %1 were wrong so far; too few yet to be sure.").arg(allowed);
        break;
    }
    return tr("From %1 on: %2 taken by itself · %3 looked at · %4 wrong.")
               .arg(percent(rule.threshold))
               .arg(tally.taken)
               .arg(tally.audits.size())
               .arg(tally.audits.count(false)) +
           u' ' + verdict;
}

QString EvaluationWords::drift(const Evaluation& evaluation)
{
    if (!evaluation.drift)
        return tr("Nothing to compare: too few photos that the model has not learnt from.");
    const DriftFound& found = *evaluation.drift;
    const bool looksNew = found.look.pValue < kSurprise;
    const bool othersCome = found.shares.pValue < kSurprise;
    QStringList words;
    if (found.fromTraining) {
        words.append(looksNew ? tr("The newest photos look different from those that the model learnt from: "
                                   "worth training anew.")
                              : tr("The newest photos look like those that the model learnt from."));
        words.append(othersCome ? tr("Products come in more or less often than it learnt them.")
                                : tr("The products come in as often as it learnt them."));
    } else {
        words.append(looksNew ? tr("The newest photos look different from those before: worth training anew.")
                              : tr("The newest photos look like those before."));
        words.append(othersCome ? tr("Other products come in than before.")
                                : tr("The products come in as often as before."));
    }
    QStringList shifts;
    for (const ClassShift& shift : found.shares.shifts) {
        if (shifts.size() == kShiftsNamed || !othersCome)
            break;
        shifts.append(
            QStringLiteral("%1 %2 → %3")
                .arg(name(evaluation, shift.label), percent(shift.training), percent(shift.recent)));
    }
    return words.join(u' ') + (shifts.isEmpty() ? QString() : u'\n' + shifts.join(QStringLiteral(" · ")));
}

QString EvaluationWords::name(const Evaluation& evaluation, int number)
{
    return number >= 0 && number < evaluation.classes.size()
               ? primaryName(evaluation.classes[number], interfaceIsEnglish())
               : QString();
}

QStringList EvaluationWords::names(const Evaluation& evaluation)
{
    QStringList names;
    for (int i = 0; i < evaluation.classes.size(); ++i)
        names.append(name(evaluation, i));
    return names;
}

} // namespace goodsight
