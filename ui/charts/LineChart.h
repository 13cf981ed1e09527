#pragma once

#include "ui/charts/ChartTone.h"
#include "ui/charts/ChartView.h"

#include <QList>
#include <QPointF>

class QLineSeries;

namespace goodsight {

/// One curve.
struct ChartCurve {
    QString name;
    ChartTone tone = ChartTone::Brand;
    bool dashed = false; ///< told apart without colour
    QList<QPointF> points;
};

/// Curves over a common horizontal axis: training by epoch, live.
class LineChart : public ChartView {
    Q_OBJECT
public:
    /// What the vertical axis holds: shares of 0..1 are written as percentages.
    enum class Scale { Number, Share };

    explicit LineChart(Scale scale, QWidget* parent = nullptr);

    /// Replaces everything. Points that are not finite are left out.
    void setCurves(const QList<ChartCurve>& curves);
    /// One more point of curve `index`; the axes grow with it.
    void append(int index, const QPointF& point);
    /// The horizontal axis reaches from `from` to at least `to`, whatever the points; its title for people
    /// and tables.
    void setHorizontal(double from, double to, const QString& title);

    [[nodiscard]] const QList<ChartCurve>& curves() const { return m_curves; }
    [[nodiscard]] QList<QStringList> table() const override;

protected:
    void restyle() override;
    void mouseMoveEvent(QMouseEvent* event) override;

private:
    void fit();
    [[nodiscard]] double shown(double value) const { return m_scale == Scale::Share ? value * 100 : value; }

    Scale m_scale;
    QValueAxis* m_x;
    QValueAxis* m_y;
    double m_from = 1;
    double m_to = 5;
    QList<ChartCurve> m_curves;
    QList<QLineSeries*> m_series;
};

} // namespace goodsight
