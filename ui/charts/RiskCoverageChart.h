#pragma once

#include "core/evaluation/RiskCoverage.h"
#include "ui/charts/ChartView.h"

#include <vector>

class QLineSeries;

namespace goodsight {

/// What share of the photos could be accepted without a person, and how many of those accepts would be wrong.
class RiskCoverageChart : public ChartView {
    Q_OBJECT
public:
    explicit RiskCoverageChart(QWidget* parent = nullptr);

    /// By growing share of accepted photos; as many as there are: those that a chart can show are drawn.
    void setCurve(const std::vector<RiskPoint>& curve);
    /// The error budget as a line across and the share that it allows as a mark on the curve, both 0..1.
    void setBudget(double mostWrong, double automatic);

    [[nodiscard]] QList<QStringList> table() const override;

protected:
    void restyle() override;
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void fit();

    QValueAxis* m_x;
    QValueAxis* m_y;
    QLineSeries* m_line;
    QLineSeries* m_budget;
    QLineSeries* m_mark;
    std::vector<RiskPoint> m_curve;
    double m_mostWrong = 0;
};

} // namespace goodsight
