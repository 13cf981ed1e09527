#pragma once

#include "ui/charts/ChartView.h"

#include <QPointF>

class QLineSeries;

namespace goodsight {

/// What share of the photos could be accepted without a person, and how many of those accepts would be wrong.
class RiskCoverageChart : public ChartView {
    Q_OBJECT
public:
    explicit RiskCoverageChart(QWidget* parent = nullptr);

    /// Points of (share accepted, share of those that is wrong), both 0..1, by growing share.
    void setCurve(const QList<QPointF>& curve);
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
    QList<QPointF> m_curve;
    double m_mostWrong = 0;
};

} // namespace goodsight
