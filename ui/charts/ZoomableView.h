#pragma once

#include <QPointF>
#include <QWidget>

namespace goodsight {

/// A picture that the person moves about in: the wheel with Ctrl and the keys + - 0 zoom, dragging moves, a
/// press that does not drag is a click. What is shown and how far it goes is the subclass's.
class ZoomableView : public QWidget {
    Q_OBJECT
public:
    explicit ZoomableView(QWidget* parent = nullptr);

    /// The place `around` of the widget keeps what it shows, as far as the picture's ends allow.
    virtual void zoomBy(double factor, const QPointF& around) = 0;
    virtual void showAll() = 0;

protected:
    /// Where the picture's corner is now, in pixels, up to a constant.
    [[nodiscard]] virtual QPointF corner() const = 0;
    /// Puts it there, or as near as the picture's ends allow.
    virtual void moveCorner(const QPointF& corner) = 0;
    /// What the zoom keys keep in its place.
    [[nodiscard]] virtual QPointF keyZoomCentre() const { return QRectF(rect()).center(); }
    virtual void clicked(const QPointF& place) = 0;
    /// The pointer is there and no button is held.
    virtual void pointed(const QPointF& place) = 0;

    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QPointF m_pressed;
    QPointF m_cornerPressed;
    bool m_dragging = false;
};

} // namespace goodsight
