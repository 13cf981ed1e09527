#pragma once

#include <QString>

namespace goodsight::searchtext {

/// `text` without regard to case, width and Latin accents, of the same length, so that a place in one is a
/// place in the other.
[[nodiscard]] QString folded(const QString& text);

/// One bit for each letter or digit that occurs: a–z, 0–9, and shared bits for all others. What contains a
/// text has all bits of it, so a differing bit spares the search.
[[nodiscard]] quint64 letterMask(QStringView text);

} // namespace goodsight::searchtext
