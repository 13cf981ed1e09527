#pragma once

#include "ui/charts/ChartContent.h"

#include <QImage>
#include <QWidget>

#include <functional>

namespace goodsight {

/// One product with how good it is.
struct ClassBar {
    QString name;
    double share = 0; ///< 0..1; not finite: not known, only the note is shown
    QString note;     ///< what it means or what to do about it; may be empty
    QString file;     ///< a photo of it; empty: no picture is shown
};

/// Products with a bar and a percentage each, one below the other: the worst classes of a run. Shows the rows
/// that fit, none by half; a picture of it has them all.
class ClassBars : public QWidget, public ChartContent {
    Q_OBJECT
public:
    /// As EmbeddingMapView::Thumbnail.
    using Thumbnail = std::function<QImage(const QString& file)>;
    static constexpr int kRowHeight = 48;

    explicit ClassBars(QWidget* parent = nullptr);

    void setBars(const QList<ClassBar>& bars);
    void setThumbnails(Thumbnail thumbnail) { m_thumbnail = std::move(thumbnail); }
    [[nodiscard]] const QList<ClassBar>& bars() const { return m_bars; }

    [[nodiscard]] QSize pictureSize() const override;
    void draw(QPainter& painter) override;
    [[nodiscard]] QList<QStringList> table() const override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void drawRows(QPainter& painter, int width, qsizetype rows) const;

    QList<ClassBar> m_bars;
    Thumbnail m_thumbnail;
};

} // namespace goodsight
