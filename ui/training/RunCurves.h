#pragma once

#include "ui/charts/ChartCard.h"
#include "ui/charts/LineChart.h"
#include "ui/training/TrainingRun.h"

#include <QCoreApplication>

namespace goodsight {

/// The curves of runs, as charts want them. UI thread.
class RunCurves {
    Q_DECLARE_TR_FUNCTIONS(goodsight::RunCurves)
public:
    /// Loss of one run: train and val.
    [[nodiscard]] static QList<ChartCurve> loss(const TrainingRun& run);
    /// Top-1 and top-3 of one run, on val and (dashed) on train.
    [[nodiscard]] static QList<ChartCurve> accuracy(const TrainingRun& run);
    /// Runs that can be told apart by their colour, and whose names fit into a legend.
    static constexpr qsizetype kMostRuns = 3;
    /// The same for up to kMostRuns runs, each in its colour: val only.
    [[nodiscard]] static QList<ChartCurve> losses(const QList<const TrainingRun*>& runs);
    [[nodiscard]] static QList<ChartCurve> accuracies(const QList<const TrainingRun*>& runs);
    /// The legend of curves.
    [[nodiscard]] static QList<LegendEntry> legend(const QList<ChartCurve>& curves);
    /// Epochs that the run will have, as far as it is known.
    [[nodiscard]] static int epochs(const TrainingRun& run);
};

} // namespace goodsight
