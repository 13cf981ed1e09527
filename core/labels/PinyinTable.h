#pragma once

#include <QStringView>

#include <span>

namespace goodsight::pinyin {

/// A polyphone: its readings, separated by spaces, the likeliest in product names first.
struct CharacterReadings {
    char16_t character;
    const char* readings;
};

/// A word in which a polyphone has another reading than its likeliest one: a reading for each character.
struct WordReadings {
    QStringView word;
    const char* readings;
};

/// Polyphones whose reading ICU gets wrong in product names, or that people also read otherwise.
[[nodiscard]] std::span<const CharacterReadings> characterTable();
/// Longer words before shorter ones with the same beginning.
[[nodiscard]] std::span<const WordReadings> wordTable();

} // namespace goodsight::pinyin
