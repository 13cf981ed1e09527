#include "ui/training/RunCurves.h"

#include "ui/training/TrainingWords.h"

#include <QLocale>

#include <algorithm>

namespace goodsight {

namespace {

constexpr ChartTone kTones[RunCurves::kMostRuns]{ChartTone::Brand, ChartTone::Unsure, ChartTone::Weak};

ChartCurve curve(const TrainingRun& run, const QString& name, ChartTone tone, bool dashed,
                 double EpochReport::*field)
{
    ChartCurve made{name, tone, dashed, {}};
    for (int i = 0; i < run.epochs.size(); ++i)
        made.points.append({i + 1.0, run.epochs[i].*field});
    return made;
}

/// One among `runs`; a legend has room for two recipes.
QString nameOf(const TrainingRun& run, qsizetype runs)
{
    const QString when = QLocale().toString(run.asked, QStringLiteral("MM-dd hh:mm"));
    return runs > 2 ? when : TrainingWords::preset(run.wish.preset) + u' ' + when;
}

} // namespace

QList<ChartCurve> RunCurves::loss(const TrainingRun& run)
{
    return {curve(run, tr("Training"), ChartTone::Brand, false, &EpochReport::trainLoss),
            curve(run, tr("Validation"), ChartTone::Unsure, false, &EpochReport::valLoss)};
}

QList<ChartCurve> RunCurves::accuracy(const TrainingRun& run)
{
    return {curve(run, tr("First right"), ChartTone::Brand, false, &EpochReport::valTop1),
            curve(run, tr("Among three"), ChartTone::Unsure, false, &EpochReport::valTop3),
            curve(run, tr("First, training"), ChartTone::Brand, true, &EpochReport::trainTop1),
            curve(run, tr("Three, training"), ChartTone::Unsure, true, &EpochReport::trainTop3)};
}

QList<ChartCurve> RunCurves::losses(const QList<const TrainingRun*>& runs)
{
    QList<ChartCurve> curves;
    for (qsizetype i = 0; i < std::min(runs.size(), kMostRuns); ++i)
        curves.append(
            curve(*runs[i], nameOf(*runs[i], runs.size()), kTones[i], false, &EpochReport::valLoss));
    return curves;
}

QList<ChartCurve> RunCurves::accuracies(const QList<const TrainingRun*>& runs)
{
    QList<ChartCurve> curves;
    for (qsizetype i = 0; i < std::min(runs.size(), kMostRuns); ++i) {
        const QString name = nameOf(*runs[i], runs.size());
        curves.append(curve(*runs[i], name, kTones[i], false, &EpochReport::valTop1));
        curves.append(curve(*runs[i], tr("%1, three").arg(name), kTones[i], true, &EpochReport::valTop3));
    }
    return curves;
}

QList<LegendEntry> RunCurves::legend(const QList<ChartCurve>& curves)
{
    QList<LegendEntry> entries;
    for (const ChartCurve& curve : curves)
        entries.append(
            {curve.name, curve.tone, curve.dashed ? LegendEntry::Mark::Dashed : LegendEntry::Mark::Line});
    return entries;
}

int RunCurves::epochs(const TrainingRun& run)
{
    if (run.epochs.isEmpty())
        return 0;
    const EpochReport& last = run.epochs.last();
    return static_cast<int>(run.epochs.size()) + std::max(0, last.epochs - last.epoch - 1);
}

} // namespace goodsight
