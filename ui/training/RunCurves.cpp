#include "ui/training/RunCurves.h"

#include "ui/training/TrainingWords.h"

#include <QLocale>

#include <algorithm>

namespace goodsight {

namespace {

ChartCurve curve(const TrainingRun& run, const QString& name, ChartTone tone, bool dashed,
                 double EpochReport::*field)
{
    ChartCurve made{name, tone, dashed, {}};
    for (int i = 0; i < run.epochs.size(); ++i)
        made.points.append({i + 1.0, run.epochs[i].*field});
    return made;
}

QString nameOf(const TrainingRun& run)
{
    return TrainingWords::preset(run.wish.preset) + u' ' +
           QLocale().toString(run.asked, QStringLiteral("MM-dd hh:mm"));
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

QList<ChartCurve> RunCurves::losses(const TrainingRun& first, const TrainingRun& second)
{
    return {curve(first, nameOf(first), ChartTone::Brand, false, &EpochReport::valLoss),
            curve(second, nameOf(second), ChartTone::Unsure, false, &EpochReport::valLoss)};
}

QList<ChartCurve> RunCurves::accuracies(const TrainingRun& first, const TrainingRun& second)
{
    const QString three = tr("%1, three");
    return {curve(first, nameOf(first), ChartTone::Brand, false, &EpochReport::valTop1),
            curve(first, three.arg(nameOf(first)), ChartTone::Brand, true, &EpochReport::valTop3),
            curve(second, nameOf(second), ChartTone::Unsure, false, &EpochReport::valTop1),
            curve(second, three.arg(nameOf(second)), ChartTone::Unsure, true, &EpochReport::valTop3)};
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
