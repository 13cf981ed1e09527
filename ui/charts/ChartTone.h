#pragma once

#include <QColor>

namespace goodsight {

/// What a line or bar of a chart stands for; the theme says which colour that is at the moment.
enum class ChartTone { Brand, Sure, Unsure, Weak, Secondary };
[[nodiscard]] QColor toneColor(ChartTone tone);

/// A colour for class number `label` among any number of classes: neighbours in number differ most (golden
/// angle around the colour wheel), as light or dark as the theme wants.
[[nodiscard]] QColor classColor(int label);

/// `a` with `share` (0..1) of `b` in it.
[[nodiscard]] QColor mixedColor(const QColor& a, const QColor& b, double share);

} // namespace goodsight
