#include "ui/charts/EmbeddingMapView.h"

#include "ui/charts/ChartTone.h"
#include "ui/theme/Theme.h"
#include "ui/widgets/Painting.h"

#include <QEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace goodsight {

namespace {

constexpr double kMargin = 16;
constexpr double kMostZoom = 60; ///< times the fitting scale
constexpr double kReach = 8;     ///< pixels between pointer and dot
constexpr int kLegendWidth = 200;
constexpr double kMove = 60; ///< pixels of one arrow key
constexpr QSizeF kBubble(152, 168);

double dotRadius(qsizetype points)
{
    return points > 5000 ? 2.2 : points > 1500 ? 2.8 : points > 300 ? 3.6 : 5;
}

} // namespace

EmbeddingMapView::EmbeddingMapView(QWidget* parent)
    : ZoomableView(parent)
{
    setObjectName(QStringLiteral("embeddingMap"));
    setAccessibleName(tr("Map of the photos"));
}

void EmbeddingMapView::setMap(const QList<MapPoint>& points, const QStringList& names)
{
    m_points = points;
    m_points.removeIf([](const MapPoint& p) { return !std::isfinite(p.at.x()) || !std::isfinite(p.at.y()); });
    m_names = names;
    m_bounds = {};
    if (!m_points.isEmpty()) {
        QPointF low = m_points.first().at;
        QPointF high = low;
        for (const MapPoint& point : std::as_const(m_points)) {
            low = {std::min(low.x(), point.at.x()), std::min(low.y(), point.at.y())};
            high = {std::max(high.x(), point.at.x()), std::max(high.y(), point.at.y())};
        }
        m_bounds = QRectF(low, high);
    }
    m_hover = -1;
    m_marked.clear();
    showAll();
}

void EmbeddingMapView::setMarked(const QList<int>& labels)
{
    m_marked = labels.first(std::min<qsizetype>(labels.size(), kMostMarked));
    redraw();
    Q_EMIT markedChanged();
}

void EmbeddingMapView::redraw()
{
    m_dots = {};
    update();
}

void EmbeddingMapView::showAll()
{
    m_fits = true;
    const QSizeF room(std::max(1.0, width() - 2 * kMargin), std::max(1.0, height() - 2 * kMargin));
    const double w = std::max(m_bounds.width(), 1e-9);
    const double h = std::max(m_bounds.height(), 1e-9);
    m_scale = std::min(room.width() / w, room.height() / h);
    if (m_points.size() < 2)
        m_scale = 1;
    m_shift = QPointF(width(), height()) / 2 - m_bounds.center() * m_scale;
    redraw();
}

void EmbeddingMapView::zoomBy(double factor, const QPointF& around)
{
    const double before = m_scale;
    const bool fitted = m_fits;
    const QPointF shift = m_shift;
    showAll();
    const double least = m_scale;
    const double wanted = std::clamp((fitted ? least : before) * factor, least, least * kMostZoom);
    if (wanted <= least * 1.0001)
        return;
    const double from = fitted ? least : before;
    const QPointF anchor = (around - (fitted ? m_shift : shift)) / from;
    m_scale = wanted;
    m_shift = around - anchor * wanted;
    m_fits = false;
    redraw();
}

QPointF EmbeddingMapView::placeOf(int point) const
{
    return m_points.at(point).at * m_scale + m_shift;
}

int EmbeddingMapView::pointAt(const QPointF& place) const
{
    int nearest = -1;
    double best = kReach * kReach;
    for (int i = 0; i < m_points.size(); ++i) {
        if (!m_marked.isEmpty() && !m_marked.contains(m_points[i].label))
            continue;
        const QPointF way = m_points[i].at * m_scale + m_shift - place;
        const double distance = QPointF::dotProduct(way, way);
        if (distance < best) {
            best = distance;
            nearest = i;
        }
    }
    return nearest;
}

void EmbeddingMapView::drawDots(QPainter& painter) const
{
    const ThemeColors& c = Theme::colors();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    const double radius = dotRadius(m_points.size());
    const QColor others = mixedColor(c.panel, c.secondary, 0.25);
    const auto pass = [&](bool inColor) {
        int label = -1;
        for (const MapPoint& point : m_points) {
            if ((m_marked.isEmpty() || m_marked.contains(point.label)) != inColor)
                continue;
            if (!inColor) {
                painter.setBrush(others);
            } else if (point.label != label) {
                label = point.label;
                QColor ink =
                    classColor(m_marked.isEmpty() ? label : static_cast<int>(m_marked.indexOf(label)));
                ink.setAlphaF(0.85F);
                painter.setBrush(ink);
            }
            painter.drawEllipse(point.at * m_scale + m_shift, radius, radius);
        }
    };
    pass(false);
    pass(true);
}

void EmbeddingMapView::drawLegend(QPainter& painter) const
{
    const ThemeColors& c = Theme::colors();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(sizedFont(font(), 12));
    double y = 8;
    if (!m_marked.isEmpty()) {
        int widest = 0;
        for (const int label : m_marked)
            widest = std::max(widest, painter.fontMetrics().horizontalAdvance(m_names.value(label)));
        QColor ground = c.panel;
        ground.setAlphaF(0.85F);
        painter.setPen(Qt::NoPen);
        painter.setBrush(ground);
        painter.drawRoundedRect(QRectF(2, 4, std::min(widest, kLegendWidth) + 32,
                                       22.0 * static_cast<double>(m_marked.size()) + 6),
                                8, 8);
    }
    for (int i = 0; i < m_marked.size(); ++i) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(classColor(i));
        painter.drawEllipse(QPointF(14, y + 10), 5, 5);
        painter.setPen(c.text);
        painter.drawText(
            QRectF(26, y, kLegendWidth, 20), Qt::AlignLeft | Qt::AlignVCenter,
            painter.fontMetrics().elidedText(m_names.value(m_marked[i]), Qt::ElideRight, kLegendWidth));
        y += 22;
    }
}

void EmbeddingMapView::drawBubble(QPainter& painter) const
{
    if (m_hover < 0 || m_hover >= m_points.size())
        return;
    const ThemeColors& c = Theme::colors();
    const MapPoint& point = m_points[m_hover];
    const QPointF place = placeOf(m_hover);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    painter.setPen(QPen(c.text, 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawEllipse(place, dotRadius(m_points.size()) + 3, dotRadius(m_points.size()) + 3);
    QRectF bubble(place + QPointF(14, 14), kBubble);
    if (bubble.right() > width())
        bubble.moveRight(place.x() - 14);
    if (bubble.bottom() > height())
        bubble.moveBottom(std::max(kBubble.height(), place.y() - 14));
    painter.setPen(QPen(c.hairline, 1));
    painter.setBrush(c.panel);
    painter.drawRoundedRect(bubble, 10, 10);
    const QRectF frame = bubble.adjusted(6, 6, -6, -32);
    QPainterPath clip;
    clip.addRoundedRect(frame, 6, 6);
    painter.save();
    painter.setClipPath(clip);
    painter.fillRect(frame, c.track);
    const QImage image = m_thumbnail ? m_thumbnail(point.file) : QImage();
    if (!image.isNull()) {
        QRectF target(QPointF(), QSizeF(image.size()).scaled(frame.size(), Qt::KeepAspectRatioByExpanding));
        target.moveCenter(frame.center());
        painter.drawImage(target, image);
    }
    painter.restore();
    painter.setPen(c.text);
    painter.setFont(sizedFont(font(), 13, QFont::DemiBold));
    painter.drawText(bubble.adjusted(10, bubble.height() - 30, -10, -4), Qt::AlignLeft | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(m_names.value(point.label), Qt::ElideRight,
                                                      static_cast<int>(bubble.width()) - 20));
}

void EmbeddingMapView::draw(QPainter& painter)
{
    painter.save();
    painter.setClipRect(QRectF(QPointF(0, 0), QSizeF(pictureSize())), Qt::IntersectClip);
    drawDots(painter);
    drawLegend(painter);
    painter.restore();
}

void EmbeddingMapView::paintEvent(QPaintEvent*)
{
    const qreal ratio = devicePixelRatioF();
    if (m_dots.isNull() || !qFuzzyCompare(m_dots.devicePixelRatio(), ratio)) {
        m_dots = QPixmap((QSizeF(size()) * ratio).toSize());
        m_dots.setDevicePixelRatio(ratio);
        m_dots.fill(Qt::transparent);
        QPainter painter(&m_dots);
        drawDots(painter);
    }
    QPainter painter(this);
    painter.drawPixmap(0, 0, m_dots);
    drawLegend(painter);
    drawBubble(painter);
    if (hasFocus()) {
        painter.setPen(QPen(Theme::colors().brand, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 8, 8);
    }
}

void EmbeddingMapView::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    if (m_fits)
        showAll();
    else
        redraw();
}

void EmbeddingMapView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        setAccessibleName(tr("Map of the photos"));
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::LanguageChange)
        redraw();
    QWidget::changeEvent(event);
}

void EmbeddingMapView::moveCorner(const QPointF& corner)
{
    m_fits = false;
    m_shift = corner;
    redraw();
}

void EmbeddingMapView::pointed(const QPointF& place)
{
    const int hover = pointAt(place);
    if (hover != m_hover) {
        m_hover = hover;
        setAccessibleDescription(hover >= 0 ? m_names.value(m_points[hover].label) : QString());
        update();
    }
}

void EmbeddingMapView::clicked(const QPointF& place)
{
    const int hit = pointAt(place);
    if (hit < 0)
        return;
    QList<int> labels = m_marked;
    const int label = m_points[hit].label;
    if (!labels.removeOne(label)) {
        if (labels.size() == kMostMarked)
            labels.removeFirst();
        labels.append(label);
    }
    setMarked(labels);
}

void EmbeddingMapView::leaveEvent(QEvent* event)
{
    m_hover = -1;
    update();
    QWidget::leaveEvent(event);
}

void EmbeddingMapView::keyPressEvent(QKeyEvent* event)
{
    const auto move = [this](double x, double y) { moveCorner(corner() + QPointF(x, y)); };
    switch (event->key()) {
    case Qt::Key_Left:
        return move(kMove, 0);
    case Qt::Key_Right:
        return move(-kMove, 0);
    case Qt::Key_Up:
        return move(0, kMove);
    case Qt::Key_Down:
        return move(0, -kMove);
    case Qt::Key_Escape:
        if (!m_marked.isEmpty())
            return setMarked({});
        break;
    default:
        break;
    }
    ZoomableView::keyPressEvent(event);
}

QList<QStringList> EmbeddingMapView::table() const
{
    QList<QStringList> table{
        {QStringLiteral("x"), QStringLiteral("y"), QStringLiteral("label"), QStringLiteral("file")}};
    for (const MapPoint& point : m_points)
        table.append(
            {chartNumber(point.at.x()), chartNumber(point.at.y()), m_names.value(point.label), point.file});
    return table;
}

} // namespace goodsight
