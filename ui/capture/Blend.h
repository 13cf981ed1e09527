#pragma once

#include <QColor>
#include <QGuiApplication>
#include <QPalette>

namespace goodsight {

/// `share` (0..1) of `top` over `ground`.
[[nodiscard]] inline QColor blend(const QColor& ground, const QColor& top, double share)
{
    const auto mixed = [share](int a, int b) { return qRound(a + (b - a) * share); };
    return {mixed(ground.red(), top.red()), mixed(ground.green(), top.green()),
            mixed(ground.blue(), top.blue())};
}

/// Colour of secondary text. From the application's palette: a style sheet that colours widgets fades the
/// role in theirs.
[[nodiscard]] inline QColor secondaryColor()
{
    return QGuiApplication::palette().color(QPalette::PlaceholderText);
}

} // namespace goodsight
