#include "core/labels/PinyinMatcher.h"

#include "core/labels/SearchText.h"

#include <algorithm>

namespace goodsight {

namespace {

bool hasDoubleInitial(QStringView syllable)
{
    return syllable.size() > 1 && syllable[1] == u'h' &&
           (syllable[0] == u'z' || syllable[0] == u'c' || syllable[0] == u's');
}

} // namespace

PinyinMatcher::PinyinMatcher(const std::vector<TypedUnit>& units, QStringView query)
    : m_units(units)
    , m_query(query)
    , m_firstLetter(searchtext::letterMask(query.first(1)))
    , m_count(std::min(units.size(), static_cast<size_t>(kLongestName)))
{
    Q_ASSERT(!query.isEmpty() && query.size() <= kLongestQuery);
}

std::optional<PinyinMatcher::Match> PinyinMatcher::matchAt(size_t start, bool shortened)
{
    if (start >= m_count || (m_units[start].firstLetters & m_firstLetter) != m_firstLetter)
        return std::nullopt;
    m_shortened = shortened;
    m_match = {};
    std::fill_n(m_failed.begin(), m_count, 0);
    if (!step(start, 0))
        return std::nullopt;
    m_match.units -= start;
    return m_match;
}

bool PinyinMatcher::step(size_t unit, qsizetype at)
{
    if (at == m_query.size()) {
        m_match.units = unit;
        return true;
    }
    if (unit >= m_count)
        return false;
    const std::uint64_t place = std::uint64_t{1} << at;
    if ((m_failed[unit] & place) != 0)
        return false;
    const QStringView rest = m_query.sliced(at);
    for (const Spelling& spelling : *m_units[unit].spellings) {
        if (rest.startsWith(spelling.text) && step(unit + 1, at + spelling.text.size()))
            return true;
    }
    for (const Spelling& spelling : *m_units[unit].spellings) {
        if (spelling.syllable && spelling.text.startsWith(rest)) {
            m_match.units = unit + 1;
            m_match.unfinished = true;
            return true;
        }
    }
    if (m_shortened) {
        for (const Spelling& spelling : *m_units[unit].spellings) {
            if (!spelling.syllable || spelling.text[0] != rest[0])
                continue;
            if (hasDoubleInitial(spelling.text) && rest.size() > 1 && rest[1] == u'h' &&
                step(unit + 1, at + 2))
                return true;
            if (step(unit + 1, at + 1))
                return true;
        }
    }
    m_failed[unit] |= place;
    return false;
}

} // namespace goodsight
