#pragma once

#include "core/labels/Label.h"

#include <QList>
#include <QString>

#include <functional>
#include <optional>

namespace goodsight {

/// Longest id that a name is turned into, without the number that may follow.
inline constexpr int kLabelIdLength = 60;

/// Lower-case ASCII letters and digits in parts joined by single hyphens, at most 100 characters, and no name
/// that Windows keeps for devices: an id is also a folder's name in exports.
[[nodiscard]] bool isValidLabelId(const QString& id);

/// An id for a product's name: Chinese becomes pinyin, one part a syllable ("青苹果": "qing-ping-guo", ü as
/// v); other scripts are romanised, accents dropped; "product" where nothing is left. The first call that
/// meets Chinese loads ICU's rules (about 0.2 s). Thread-safe.
[[nodiscard]] QString labelIdFromName(const QString& name);

/// labelIdFromName(), with "-2", "-3", … after it while `taken` says that the id is in use.
[[nodiscard]] QString uniqueLabelId(const QString& name, const std::function<bool(const QString&)>& taken);

/// What two spellings of one name have in common: NFKC, case folded, runs of space, hyphen and underscore as
/// one space.
[[nodiscard]] QString labelNameKey(const QString& name);

/// Position of the label that is called `name`: by id, English, Chinese or article number, in this order,
/// first as written, then by labelNameKey(). Linear in the labels.
[[nodiscard]] std::optional<qsizetype> indexByName(const QList<Label>& labels, const QString& name);

} // namespace goodsight
