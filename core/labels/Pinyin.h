#pragma once

#include <QList>
#include <QString>
#include <QStringList>

namespace goodsight::pinyin {

/// Readings of one Han character, toneless lower-case ASCII, ü as v, the likeliest in product names first
/// ("重": "zhong", "chong"). From ICU's Han-Latin rules, corrected and widened by our table of polyphones.
/// Empty for what is not Han or has no reading. The first call loads ICU's rules (about 0.2 s). Thread-safe;
/// the reference stays valid.
[[nodiscard]] const QStringList& readings(char32_t character);

/// One reading for each code point of `text`, as a speaker would choose: words in which a polyphone is read
/// otherwise are looked up ("音乐": "yin", "yue"). Empty strings for what has no reading.
[[nodiscard]] QStringList syllables(const QString& text);

} // namespace goodsight::pinyin
