#pragma once

#include "ui/evaluation/Evaluation.h"

#include <QWidget>

class QLabel;
class QSlider;

namespace goodsight {

class AutomaticAnswers;
class AutomaticPanel;
class ChartCard;
class ReliabilityChart;
class RiskCoverageChart;
class Settings;

/// Whether the model knows what it knows, and how much of the work can be left to it within an error budget.
class CertaintyPanel : public QWidget {
    Q_OBJECT
public:
    CertaintyPanel(Settings& settings, AutomaticAnswers& automatic, QWidget* parent = nullptr);

    void show(const EvaluationPtr& evaluation);
    /// Share of wrong automatic accepts that is allowed, 0..1.
    [[nodiscard]] double budget() const;

Q_SIGNALS:
    void failed(const goodsight::Error& error);

private:
    using QWidget::show;
    void refreshBudget();

    Settings& m_settings;
    EvaluationPtr m_evaluation;
    ReliabilityChart* m_reliability;
    ChartCard* m_reliabilityCard;
    RiskCoverageChart* m_risk;
    ChartCard* m_riskCard;
    QLabel* m_promise;
    QSlider* m_slider;
    QLabel* m_outcome;
    AutomaticPanel* m_automatic;
};

} // namespace goodsight
