#pragma once

#include "ui/charts/ChartContent.h"
#include "ui/charts/ZoomableView.h"

#include <QPoint>
#include <QStringList>

#include <optional>

namespace goodsight {

/// Photos of product `truth` that were taken for product `taken`.
struct ConfusionCount {
    int truth = 0;
    int taken = 0;
    int photos = 0;
};

/// A confusion matrix with the names for its rows and columns. Cells that are not named are empty.
struct ConfusionTable {
    QStringList names;
    QList<ConfusionCount> cells;
};

/// A confusion matrix: what photos show down the side, what they were taken for across. The whole matrix fits
/// at first, with classes drawn together where a cell would be smaller than kSmallestCell pixels; arrow keys
/// walk, Enter or a click chooses a cell.
class ConfusionView : public ZoomableView, public ChartContent {
    Q_OBJECT
public:
    static constexpr double kSmallestCell = 4;

    explicit ConfusionView(QWidget* parent = nullptr);

    void setTable(const ConfusionTable& table);
    [[nodiscard]] int classes() const { return static_cast<int>(m_table.names.size()); }
    /// Side of one class in pixels now.
    [[nodiscard]] double cellSide() const { return m_cell; }
    /// Classes drawn together in one square now.
    [[nodiscard]] int classesPerSquare() const;
    /// The cell that stands for a place of the widget: where classes are drawn together, the fullest wrong
    /// one of the square. x is the column (taken), y the row (truth). Nothing where no photos are.
    [[nodiscard]] std::optional<QPoint> cellAt(const QPointF& place) const;
    [[nodiscard]] QPointF placeOf(const QPoint& cell) const;
    [[nodiscard]] int photosIn(const QPoint& cell) const;
    void zoomBy(double factor, const QPointF& around) override;
    void showAll() override;

    [[nodiscard]] QSize pictureSize() const override { return size(); }
    void draw(QPainter& painter) override;
    [[nodiscard]] QList<QStringList> table() const override;
    [[nodiscard]] QSize sizeHint() const override { return {520, 480}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {320, 300}; }

Q_SIGNALS:
    /// The person wants to see the photos of a cell.
    void cellChosen(int truth, int taken);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    [[nodiscard]] QPointF corner() const override { return -m_origin * m_cell; }
    void moveCorner(const QPointF& corner) override;
    [[nodiscard]] QPointF keyZoomCentre() const override;
    void clicked(const QPointF& place) override;
    void pointed(const QPointF& place) override;

private:
    [[nodiscard]] QRectF plot() const;
    [[nodiscard]] double fittingCell() const;
    [[nodiscard]] QRectF square(int row, int column, int classes) const;
    [[nodiscard]] QString sentence(const QPoint& cell) const;
    [[nodiscard]] int rowTotal(int truth) const { return m_rowTotals.value(truth); }
    void keepInside();
    void select(const QPoint& cell);
    void choose(const QPoint& cell);
    void drawNames(QPainter& painter, const QRectF& area) const;
    void drawCells(QPainter& painter, const QRectF& area) const;

    ConfusionTable m_table; ///< cells by row, then column
    QList<int> m_rowTotals;
    QList<qsizetype> m_rowBegins; ///< where each row begins in the cells; one more than rows
    double m_cell = 1;
    bool m_fits = true;
    QPointF m_origin; ///< class (column, row) at the plot's corner
    QPoint m_selected{-1, -1};
    std::optional<QPoint> m_hover;
};

} // namespace goodsight
