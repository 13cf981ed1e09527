#include "ui/charts/ReliabilityChart.h"

#include "ui/charts/ChartTone.h"
#include "ui/theme/Theme.h"

#include <QBarCategoryAxis>
#include <QBarSeries>
#include <QBarSet>
#include <QEvent>
#include <QLineSeries>
#include <QValueAxis>

namespace goodsight {

ReliabilityChart::ReliabilityChart(QWidget* parent)
    : ChartView(parent)
    , m_bins(new QBarCategoryAxis(chart()))
    , m_x(addValueAxis(Qt::AlignBottom, 0, 100, QStringLiteral("%.0f%")))
    , m_y(addValueAxis(Qt::AlignLeft, 0, 100, QStringLiteral("%.0f%")))
    , m_bars(new QBarSeries(chart()))
    , m_beforeSet(new QBarSet(QString()))
    , m_afterSet(new QBarSet(QString()))
    , m_diagonal(new QLineSeries(chart()))
{
    m_x->setTickInterval(20);
    m_y->setTickInterval(20);
    chart()->addAxis(m_bins, Qt::AlignBottom);
    m_bins->setVisible(false);
    m_bars->append(m_beforeSet);
    m_bars->append(m_afterSet);
    m_bars->setBarWidth(0.8);
    chart()->addSeries(m_bars);
    m_bars->attachAxis(m_bins);
    m_bars->attachAxis(m_y);
    m_diagonal->append(0, 0);
    m_diagonal->append(100, 100);
    chart()->addSeries(m_diagonal);
    m_diagonal->attachAxis(m_x);
    m_diagonal->attachAxis(m_y);
    retranslate();
}

void ReliabilityChart::setBars(const QList<ReliabilityBar>& before, const QList<ReliabilityBar>& after)
{
    m_before = before;
    m_after = after;
    QStringList names;
    for (const ReliabilityBar& bar : before)
        names.append(QStringLiteral("%1-%2").arg(bar.from * 100, 0, 'f', 1).arg(bar.to * 100, 0, 'f', 1));
    const auto fill = [](QBarSet* set, const QList<ReliabilityBar>& bars) {
        set->remove(0, set->count());
        for (const ReliabilityBar& bar : bars)
            set->append(bar.photos > 0 ? bar.accuracy * 100 : 0);
    };
    fill(m_beforeSet, before);
    fill(m_afterSet, after);
    m_bins->clear();
    m_bins->append(names);
    restyle();
}

void ReliabilityChart::retranslate()
{
    m_x->setTitleText(tr("How sure the answer was"));
    m_y->setTitleText(tr("How often it was right"));
}

void ReliabilityChart::restyle()
{
    const ThemeColors& c = Theme::colors();
    styleAxis(m_x, false);
    styleAxis(m_y, true);
    const auto paint = [](QBarSet* set, const QColor& color) {
        set->setBrush(color);
        set->setPen(Qt::NoPen);
    };
    paint(m_beforeSet, mixedColor(c.secondary, c.panel, 0.5));
    paint(m_afterSet, c.brand);
    m_diagonal->setPen(QPen(c.text, 1.4, Qt::DashLine));
}

void ReliabilityChart::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    ChartView::changeEvent(event);
}

QList<QStringList> ReliabilityChart::table() const
{
    QList<QStringList> table{{QStringLiteral("temperature"), QStringLiteral("from"), QStringLiteral("to"),
                              QStringLiteral("photos"), QStringLiteral("confidence"),
                              QStringLiteral("accuracy")}};
    const auto add = [&](const QString& when, const QList<ReliabilityBar>& bars) {
        for (const ReliabilityBar& bar : bars)
            table.append({when, chartNumber(bar.from), chartNumber(bar.to), QString::number(bar.photos),
                          chartNumber(bar.confidence), chartNumber(bar.accuracy)});
    };
    add(QStringLiteral("before"), m_before);
    add(QStringLiteral("after"), m_after);
    return table;
}

} // namespace goodsight
