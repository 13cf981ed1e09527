#pragma once

#include <QFont>
#include <QRectF>
#include <QString>

class QPainter;

namespace goodsight {

inline constexpr int kKeyBadgeHeight = 26;
enum class KeyBadgeLook { Plain, OnBrand, Brand };

/// Width of a key badge with `key` in it when the text around it is set in `base`.
[[nodiscard]] int keyBadgeWidth(const QFont& base, const QString& key);
/// Draws a key as it looks on a keyboard, its top left corner at `corner`.
void drawKeyBadge(QPainter& painter, const QPoint& corner, const QString& key, KeyBadgeLook look);

/// A font of `pixels` height in the application's family.
[[nodiscard]] QFont sizedFont(const QFont& base, int pixels, QFont::Weight weight = QFont::Normal);
/// The same with figures of equal width, so that numbers do not dance.
[[nodiscard]] QFont tabularFont(const QFont& base, int pixels, QFont::Weight weight = QFont::Normal);

/// "94 %" as the design writes it: "94%"; "<1%" rather than "0%", ">99%" rather than a false "100%".
[[nodiscard]] QString percentText(double confidence);

} // namespace goodsight
