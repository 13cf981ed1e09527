#pragma once

#include <QString>

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

namespace goodsight {

/// One way to type a character.
struct Spelling {
    QString text;
    bool syllable = false; ///< may be shortened to its first letter, or to zh, ch, sh
};

/// One character of a name that can be typed: Han by its readings or as itself, a Latin letter or a digit as
/// itself.
struct TypedUnit {
    qsizetype start = 0; ///< in the name, in UTF-16 units
    qsizetype length = 1;
    const std::vector<Spelling>* spellings = nullptr; ///< never null, not owned
    quint64 firstLetters = 0; ///< searchtext::letterMask() of what its spellings begin with
};

/// Matches what was typed against a name's characters in a row, as a pinyin input method would: each
/// character spelled out or, if shortening is allowed, by its initial; the last one may be unfinished.
class PinyinMatcher {
public:
    static constexpr qsizetype kLongestQuery = 63;
    static constexpr qsizetype kLongestName = 64; ///< characters after these are not looked at

    struct Match {
        size_t units = 0;        ///< how many characters were matched
        bool unfinished = false; ///< the last one was not typed to its end
    };

    /// `query` has 1 to kLongestQuery lower-case characters; both outlive the matcher.
    PinyinMatcher(const std::vector<TypedUnit>& units, QStringView query);

    /// Matches from the character `start` on. At most kLongestQuery x kLongestName steps.
    [[nodiscard]] std::optional<Match> matchAt(size_t start, bool shortened);

private:
    bool step(size_t unit, qsizetype at);

    const std::vector<TypedUnit>& m_units;
    QStringView m_query;
    quint64 m_firstLetter;
    size_t m_count;
    bool m_shortened = false;
    std::array<std::uint64_t, kLongestName>
        m_failed{}; ///< by character: places of the query that led nowhere
    Match m_match;
};

} // namespace goodsight
