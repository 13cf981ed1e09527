#include "ui/charts/LineChart.h"

#include "ui/theme/Theme.h"

#include <QLineSeries>
#include <QLocale>
#include <QMouseEvent>
#include <QToolTip>
#include <QValueAxis>

#include <algorithm>
#include <cmath>
#include <map>

namespace goodsight {

LineChart::LineChart(Scale scale, QWidget* parent)
    : ChartView(parent)
    , m_scale(scale)
    , m_x(addValueAxis(Qt::AlignBottom, 1, 5, QStringLiteral("%.0f")))
    , m_y(addValueAxis(Qt::AlignLeft, 0, scale == Scale::Share ? 100 : 1,
                       scale == Scale::Share ? QStringLiteral("%.0f%") : QStringLiteral("%.1f")))
{
    setMouseTracking(true);
}

void LineChart::setHorizontal(double from, double to, const QString& title)
{
    m_from = from;
    m_to = std::max(to, from + 1);
    m_x->setTitleText(title);
    fit();
}

void LineChart::setCurves(const QList<ChartCurve>& curves)
{
    for (QLineSeries* old : m_series) {
        chart()->removeSeries(old);
        delete old;
    }
    m_series.clear();
    m_curves = curves;
    for (ChartCurve& curve : m_curves) {
        curve.points.removeIf(
            [](const QPointF& p) { return !std::isfinite(p.x()) || !std::isfinite(p.y()); });
        auto* series = new QLineSeries(chart());
        series->setName(curve.name);
        for (const QPointF& point : curve.points)
            series->append(point.x(), shown(point.y()));
        chart()->addSeries(series);
        series->attachAxis(m_x);
        series->attachAxis(m_y);
        m_series.append(series);
    }
    fit();
    restyle();
}

void LineChart::append(int index, const QPointF& point)
{
    if (index < 0 || index >= m_curves.size() || !std::isfinite(point.x()) || !std::isfinite(point.y()))
        return;
    m_curves[index].points.append(point);
    m_series[index]->append(point.x(), shown(point.y()));
    m_series[index]->setPointsVisible(m_series[index]->count() == 1);
    fit();
}

void LineChart::fit()
{
    double right = m_to;
    double top = m_scale == Scale::Share ? 100 : 0;
    for (const ChartCurve& curve : std::as_const(m_curves)) {
        for (const QPointF& point : curve.points) {
            right = std::max(right, point.x());
            top = std::max(top, shown(point.y()));
        }
    }
    if (top <= 0)
        top = 1;
    m_x->setRange(m_from, right);
    m_x->setTickAnchor(m_from);
    m_x->setTickInterval(std::max(1.0, niceStep(right - m_from, 8)));
    const double step = m_scale == Scale::Share ? 20 : niceStep(top, 4);
    m_y->setRange(0, std::ceil(top / step - 1e-9) * step);
    m_y->setTickAnchor(0);
    m_y->setTickInterval(step);
    if (m_scale == Scale::Number)
        m_y->setLabelFormat(QStringLiteral("%.%1f").arg(std::max(1, decimalsOf(step))));
}

void LineChart::restyle()
{
    styleAxis(m_x, false);
    styleAxis(m_y, true);
    m_x->setGridLineVisible(false);
    for (int i = 0; i < m_series.size(); ++i) {
        QPen pen(toneColor(m_curves[i].tone), 2.4, m_curves[i].dashed ? Qt::DashLine : Qt::SolidLine,
                 Qt::RoundCap, Qt::RoundJoin);
        if (m_curves[i].dashed)
            pen.setDashPattern({2.5, 2.5});
        m_series[i]->setPen(pen);
        // A single point makes no line.
        m_series[i]->setPointsVisible(m_series[i]->count() == 1);
        m_series[i]->setMarkerSize(5);
    }
}

void LineChart::mouseMoveEvent(QMouseEvent* event)
{
    ChartView::mouseMoveEvent(event);
    if (m_series.isEmpty() || !chart()->plotArea().contains(event->position())) {
        QToolTip::hideText();
        return;
    }
    const double x = std::round(chart()->mapToValue(event->position(), m_series.first()).x());
    QStringList lines;
    for (const ChartCurve& curve : std::as_const(m_curves)) {
        for (const QPointF& point : curve.points) {
            if (qFuzzyCompare(point.x(), x)) {
                const QString value = m_scale == Scale::Share
                                          ? QLocale().toString(shown(point.y()), 'f', 1) + u'%'
                                          : QLocale().toString(point.y(), 'f', 3);
                lines.append(curve.name + QStringLiteral("  ") + value);
            }
        }
    }
    if (lines.isEmpty())
        QToolTip::hideText();
    else
        QToolTip::showText(event->globalPosition().toPoint(),
                           m_x->titleText() + QStringLiteral(" %1\n").arg(x) + lines.join(u'\n'), this);
}

QList<QStringList> LineChart::table() const
{
    QStringList head{m_x->titleText()};
    std::map<double, QStringList> rows;
    for (const ChartCurve& curve : m_curves)
        head.append(curve.name);
    for (int i = 0; i < m_curves.size(); ++i) {
        for (const QPointF& point : m_curves[i].points) {
            QStringList& row = rows[point.x()];
            row.resize(m_curves.size());
            row[i] = chartNumber(point.y());
        }
    }
    QList<QStringList> table{head};
    for (const auto& [x, row] : rows)
        table.append(QStringList{chartNumber(x)} + row);
    return table;
}

} // namespace goodsight
