#pragma once

#include <QColor>
#include <QIcon>

namespace goodsight {

/// A line icon of resources/icons by name ("camera"), drawn in the theme's text colour of the moment (or
/// `role`'s), at any size and resolution. UI thread.
enum class IconColor { Text, Secondary, Brand, OnBrand, Weak };
[[nodiscard]] QIcon lineIcon(const QString& name, IconColor color = IconColor::Text);

/// The icon as a picture of `side` device-independent pixels in a fixed colour.
[[nodiscard]] QPixmap linePixmap(const QString& name, int side, const QColor& color, qreal devicePixelRatio);

} // namespace goodsight
