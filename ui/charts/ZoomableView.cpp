#include "ui/charts/ZoomableView.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>

#include <cmath>

namespace goodsight {

namespace {
constexpr double kStep = 1.4;
constexpr double kDragDistance = 5;
} // namespace

ZoomableView::ZoomableView(QWidget* parent)
    : QWidget(parent)
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void ZoomableView::wheelEvent(QWheelEvent* event)
{
    if (!event->modifiers().testFlag(Qt::ControlModifier)) {
        event->ignore(); // the page scrolls
        return;
    }
    zoomBy(std::pow(kStep, event->angleDelta().y() / 120.0), event->position());
}

void ZoomableView::mousePressEvent(QMouseEvent* event)
{
    m_pressed = event->position();
    m_cornerPressed = corner();
    m_dragging = false;
}

void ZoomableView::mouseMoveEvent(QMouseEvent* event)
{
    if (!event->buttons().testFlag(Qt::LeftButton)) {
        pointed(event->position());
        return;
    }
    const QPointF way = event->position() - m_pressed;
    m_dragging = m_dragging || way.manhattanLength() > kDragDistance;
    if (m_dragging)
        moveCorner(m_cornerPressed + way);
}

void ZoomableView::mouseReleaseEvent(QMouseEvent* event)
{
    if (!m_dragging)
        clicked(event->position());
    m_dragging = false;
}

void ZoomableView::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        return zoomBy(kStep, keyZoomCentre());
    case Qt::Key_Minus:
        return zoomBy(1 / kStep, keyZoomCentre());
    case Qt::Key_0:
        return showAll();
    default:
        QWidget::keyPressEvent(event);
    }
}

} // namespace goodsight
