#pragma once

#include "ui/charts/ChartContent.h"

#include <QChartView>

class QBarCategoryAxis;
class QValueAxis;

namespace goodsight {

/// What the Qt Charts of the program have in common: the theme's colours, also after it changed, hairlines
/// instead of frames, figures of equal width, and export. The legend is the card's (ChartCard).
class ChartView : public QChartView, public ChartContent {
    Q_OBJECT
public:
    explicit ChartView(QWidget* parent = nullptr);

    [[nodiscard]] QSize pictureSize() const override;
    void draw(QPainter& painter) override;
    [[nodiscard]] QSize sizeHint() const override { return {480, 260}; }

protected:
    /// Takes the theme's colours; called when it is shown and when they change. Not pure: the first style
    /// event comes while only this part of the chart exists.
    virtual void restyle() {}
    /// A value axis in the chart's manner, from `low` to `high`; `format` as QValueAxis::setLabelFormat().
    QValueAxis* addValueAxis(Qt::Alignment side, double low, double high, const QString& format);
    void styleAxis(QAbstractAxis* axis, bool grid) const;

    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;
    /// Leaves the wheel to the page.
    void wheelEvent(QWheelEvent* event) override;
};

/// Decimals that ticks of this step need to be written exactly, at most 3.
[[nodiscard]] int decimalsOf(double step);

/// A step of 1, 2, 2.5 or 5 times a power of ten that makes about `steps` of `range`.
[[nodiscard]] double niceStep(double range, int steps);

} // namespace goodsight
