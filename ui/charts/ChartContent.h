#pragma once

#include <QList>
#include <QSize>
#include <QStringList>

class QPainter;

namespace goodsight {

/// What every chart can give away: a picture of itself and the numbers in it. UI thread.
class ChartContent {
public:
    virtual ~ChartContent() = default;
    /// Size of the picture in device-independent pixels.
    [[nodiscard]] virtual QSize pictureSize() const = 0;
    /// Draws the chart, without its title, from 0,0 to pictureSize() on a background that is there already.
    virtual void draw(QPainter& painter) = 0;
    /// The numbers as a table, headings first. Numbers are written in C's locale, so that any program reads
    /// them.
    [[nodiscard]] virtual QList<QStringList> table() const = 0;
};

/// `value` for table(): shortest form that reads back as the same float.
[[nodiscard]] QString chartNumber(double value);

} // namespace goodsight
