#include "ui/charts/RiskCoverageChart.h"

#include "ui/theme/Theme.h"

#include <QEvent>
#include <QLineSeries>
#include <QValueAxis>

#include <algorithm>
#include <cmath>

namespace goodsight {

namespace {
constexpr int kDrawnPoints = 400;
} // namespace

RiskCoverageChart::RiskCoverageChart(QWidget* parent)
    : ChartView(parent)
    , m_x(addValueAxis(Qt::AlignBottom, 0, 100, QStringLiteral("%.0f%")))
    , m_y(addValueAxis(Qt::AlignLeft, 0, 10, QStringLiteral("%.0f%")))
    , m_line(new QLineSeries(chart()))
    , m_budget(new QLineSeries(chart()))
    , m_mark(new QLineSeries(chart()))
{
    m_x->setTickInterval(20);
    for (QLineSeries* series : {m_line, m_budget, m_mark}) {
        chart()->addSeries(series);
        series->attachAxis(m_x);
        series->attachAxis(m_y);
    }
    retranslate();
}

void RiskCoverageChart::setCurve(const std::vector<RiskPoint>& curve)
{
    m_curve = curve;
    QList<QPointF> shown;
    for (const RiskPoint& point : thinned(curve, kDrawnPoints))
        shown.append(QPointF(point.coverage, point.risk) * 100);
    m_line->replace(shown);
    fit();
    restyle();
}

void RiskCoverageChart::setBudget(double mostWrong, double automatic)
{
    m_mostWrong = mostWrong;
    fit();
    m_budget->replace(QList<QPointF>{{0, mostWrong * 100}, {100, mostWrong * 100}});
    m_mark->replace(automatic > 0 ? QList<QPointF>{{automatic * 100, 0}, {automatic * 100, m_y->max()}}
                                  : QList<QPointF>());
    restyle();
}

void RiskCoverageChart::fit()
{
    double top = m_mostWrong * 130;
    for (const RiskPoint& point : m_curve)
        top = std::max(top, point.risk * 100);
    top = std::max(top, 1.0);
    const double step = niceStep(top, 4);
    m_y->setRange(0, std::min(100.0, std::ceil(top / step - 1e-9) * step));
    m_y->setTickAnchor(0);
    m_y->setTickInterval(step);
    m_y->setLabelFormat(QStringLiteral("%.%1f%").arg(decimalsOf(step)));
}

void RiskCoverageChart::retranslate()
{
    m_x->setTitleText(tr("Accepted without a person"));
    m_y->setTitleText(tr("Wrong among them"));
}

void RiskCoverageChart::restyle()
{
    const ThemeColors& c = Theme::colors();
    styleAxis(m_x, false);
    styleAxis(m_y, true);
    m_line->setPen(QPen(c.brand, 2.4, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    m_budget->setPen(QPen(c.weak, 1.4, Qt::DashLine));
    m_mark->setPen(QPen(c.unsure, 2));
}

void RiskCoverageChart::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    ChartView::changeEvent(event);
}

QList<QStringList> RiskCoverageChart::table() const
{
    QList<QStringList> table{{QStringLiteral("threshold"), QStringLiteral("accepted"),
                              QStringLiteral("wrong"), QStringLiteral("coverage"), QStringLiteral("risk")}};
    for (const RiskPoint& point : m_curve)
        table.append({chartNumber(point.threshold), QString::number(point.accepted),
                      QString::number(point.wrong), chartNumber(point.coverage), chartNumber(point.risk)});
    return table;
}

} // namespace goodsight
