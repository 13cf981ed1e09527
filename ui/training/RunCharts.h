#pragma once

#include "ui/charts/ChartCard.h"

#include <QWidget>

namespace goodsight {

class LineChart;
struct TrainingRun;

/// Loss and accuracy of a run side by side, or of several runs over each other.
class RunCharts : public QWidget {
    Q_OBJECT
public:
    explicit RunCharts(QWidget* parent = nullptr);

    void showRun(const TrainingRun* run);                ///< null: empty charts
    void compare(const QList<const TrainingRun*>& runs); ///< up to RunCurves::kMostRuns of them
    /// The newest epoch of the run that is shown, without drawing all anew.
    void append(const TrainingRun& run);

Q_SIGNALS:
    void failed(const goodsight::Error& error);

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    /// Colour says first or three, dashes say training or validation: shorter than a name for each curve.
    void explainAccuracy();

    LineChart* m_loss;
    LineChart* m_accuracy;
    ChartCard* m_lossCard;
    ChartCard* m_accuracyCard;
};

} // namespace goodsight
