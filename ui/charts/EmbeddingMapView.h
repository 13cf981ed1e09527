#pragma once

#include "ui/charts/ChartContent.h"
#include "ui/charts/ZoomableView.h"

#include <QImage>
#include <QPixmap>
#include <QPointF>
#include <QStringList>

#include <functional>

namespace goodsight {

/// One photo on the map.
struct MapPoint {
    QPointF at; ///< any units
    int label = 0;
    QString file;
};

/// The map of embeddings: each photo a dot coloured by its label, 10,000 of them drawn once and moved as a
/// picture. Pointing at a dot shows the photo; a click marks its label, and the others go grey. Arrow
/// keys move, Esc takes the marks away.
class EmbeddingMapView : public ZoomableView, public ChartContent {
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
    void zoomBy(double factor, const QPointF& around) override;
    void showAll() override;

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
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    [[nodiscard]] QPointF corner() const override { return m_shift; }
    void moveCorner(const QPointF& corner) override;
    void clicked(const QPointF& place) override;
    void pointed(const QPointF& place) override;

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
};

} // namespace goodsight
