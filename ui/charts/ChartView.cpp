#include "ui/charts/ChartView.h"

#include "ui/theme/Theme.h"
#include "ui/widgets/Painting.h"

#include <QChart>
#include <QEvent>
#include <QGraphicsLayout>
#include <QValueAxis>
#include <QWheelEvent>

#include <cmath>

namespace goodsight {

double niceStep(double range, int steps)
{
    if (!(range > 0) || steps < 1)
        return 1;
    const double raw = range / steps;
    const double power = std::pow(10.0, std::floor(std::log10(raw)));
    for (const double factor : {1.0, 2.0, 2.5, 5.0}) {
        if (factor * power >= raw * 0.999)
            return factor * power;
    }
    return 10 * power;
}

int decimalsOf(double step)
{
    constexpr int kMost = 3;
    int decimals = 0;
    for (double scaled = step; decimals < kMost && std::abs(scaled - std::round(scaled)) > 1e-6; scaled *= 10)
        ++decimals;
    return decimals;
}

ChartView::ChartView(QWidget* parent)
    : QChartView(parent)
{
    setRenderHint(QPainter::Antialiasing);
    setFrameShape(QFrame::NoFrame);
    setBackgroundBrush(Qt::NoBrush);
    setStyleSheet(QStringLiteral("background: transparent;"));
    setFocusPolicy(Qt::NoFocus);
    setMinimumSize(240, 160);
    chart()->legend()->hide();
    chart()->setMargins({});
    chart()->layout()->setContentsMargins(0, 0, 0, 0);
    chart()->setBackgroundVisible(false);
    chart()->setAnimationOptions(QChart::NoAnimation);
}

QSize ChartView::pictureSize() const
{
    return size().expandedTo({480, 260});
}

void ChartView::draw(QPainter& painter)
{
    painter.save();
    scene()->render(&painter, QRectF(QPointF(0, 0), pictureSize()), scene()->sceneRect());
    painter.restore();
}

void ChartView::styleAxis(QAbstractAxis* axis, bool grid) const
{
    const ThemeColors& c = Theme::colors();
    axis->setLabelsFont(tabularFont(font(), 12));
    axis->setLabelsColor(c.secondary);
    axis->setTitleFont(sizedFont(font(), 12));
    axis->setTitleBrush(c.secondary);
    axis->setGridLineVisible(grid);
    axis->setGridLinePen(QPen(c.hairline, 1));
    axis->setLinePen(QPen(c.hairline, 1));
    axis->setLineVisible(!grid);
}

QValueAxis* ChartView::addValueAxis(Qt::Alignment side, double low, double high, const QString& format)
{
    auto* axis = new QValueAxis(chart());
    axis->setRange(low, high);
    axis->setLabelFormat(format);
    axis->setTickType(QValueAxis::TicksDynamic);
    axis->setTickAnchor(low);
    axis->setTickInterval(niceStep(high - low, 4));
    chart()->addAxis(axis, side);
    return axis;
}

void ChartView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange ||
        event->type() == QEvent::FontChange)
        restyle();
    QChartView::changeEvent(event);
}

void ChartView::showEvent(QShowEvent* event)
{
    // The style sheet's font is known from now on.
    restyle();
    QChartView::showEvent(event);
}

void ChartView::wheelEvent(QWheelEvent* event)
{
    event->ignore();
}

} // namespace goodsight
