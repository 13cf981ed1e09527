#pragma once

#include "ui/charts/ChartContent.h"

#include <QImage>
#include <QPixmap>
#include <QPointF>
#include <QStringList>
#include <QWidget>

#include <functional>

namespace goodsight {

/// One photo on the map.
struct MapPoint {
    QPointF at; ///< any units
    int label = 0;
    QString file;
};

/// The map of embeddings: each photo a dot coloured by its label, 10,000 of them drawn once and moved as a
/// picture. Pointing at a dot shows the photo; a click marks its label, and the others go grey. The wheel
/// with Ctrl and + - 0 zoom, dragging moves, Esc takes the marks away.
class EmbeddingMapView : public QWidget, public ChartContent {
    Q_OBJECT
public:
    static constexpr int kMostMarked = 8; ///< labels that the legend has room for
    /// The thumbnail of a file, or null while it is loaded: whoever loads it calls update().
    using Thumbnail = std::function<QImage(const QString& file)>;

    explicit EmbeddingMapView(QWidget* parent = nullptr);

    void setMap(const QList<MapPoint>& points, const QStringList& names);
    void setThumbnails(Thumbnail thumbnail) { m_thumbnail = std::move(thumbnail); }
    /// Labels in colour; empty: all.
    void setMarked(const QList<int>& labels);
    [[nodiscard]] const QList<int>& marked() const { return m_marked; }
    /// Index of the point within a few pixels of `place`, or -1.
    [[nodiscard]] int pointAt(const QPointF& place) const;
    [[nodiscard]] QPointF placeOf(int point) const;
    void zoomBy(double factor, const QPointF& around);
    void showAll();

    [[nodiscard]] QSize pictureSize() const override { return size(); }
    void draw(QPainter& painter) override;
    [[nodiscard]] QList<QStringList> table() const override;
    [[nodiscard]] QSize sizeHint() const override { return {640, 480}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {320, 280}; }

Q_SIGNALS:
    void markedChanged();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void redraw();
    void drawDots(QPainter& painter) const;
    void drawLegend(QPainter& painter) const;
    void drawBubble(QPainter& painter) const;

    QList<MapPoint> m_points;
    QStringList m_names;
    QRectF m_bounds;
    Thumbnail m_thumbnail;
    QList<int> m_marked;
    double m_scale = 1;
    QPointF m_shift; ///< of the map's corner, pixels
    bool m_fits = true;
    QPixmap m_dots; ///< drawn dots; null: draw them anew
    int m_hover = -1;
    QPointF m_pressed;
    QPointF m_dragShift;
    bool m_dragging = false;
};

} // namespace goodsight
