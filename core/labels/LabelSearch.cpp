#include "core/labels/LabelSearch.h"

#include "core/labels/Pinyin.h"
#include "core/labels/PinyinMatcher.h"
#include "core/labels/SearchText.h"

#include <algorithm>
#include <limits>
#include <span>
#include <tuple>
#include <unordered_map>
#include <vector>

namespace goodsight {

namespace {

/// Where a query was found in one label.
struct Found {
    LabelMatch match = LabelMatch::InitialsInside;
    qsizetype leftOver = std::numeric_limits<qsizetype>::max(); ///< characters of the name beside the match
    TextRange zh;                                               ///< length 0: not found there
    TextRange en;
    TextRange sku;

    void offer(LabelMatch other, qsizetype left)
    {
        if (std::tie(other, left) < std::tie(match, leftOver)) {
            match = other;
            leftOver = left;
        }
    }
    [[nodiscard]] bool any() const { return leftOver != std::numeric_limits<qsizetype>::max(); }
};

/// A query, or one word of it.
struct Needle {
    QString text;
    quint64 textMask = 0;
    QString typed; ///< as a pinyin input method gets it; empty where it cannot be pinyin
    quint64 typedMask = 0;

    explicit Needle(const QString& query)
        : text(searchtext::folded(query))
        , textMask(searchtext::letterMask(text))
    {
        bool hasLetter = false;
        for (const QChar c : query.normalized(QString::NormalizationForm_D)) {
            if (c == QChar(0x0308) && typed.endsWith(u'u'))
                typed.back() = u'v';
            const QChar plain = searchtext::folded(QString(c)).front();
            hasLetter = hasLetter || (plain >= u'a' && plain <= u'z');
            if (plain.isLetterOrNumber() || plain.isSurrogate())
                typed += plain;
        }
        if (!hasLetter || typed.size() > PinyinMatcher::kLongestQuery)
            typed.clear();
        typedMask = searchtext::letterMask(typed);
    }
};

/// One label, prepared.
struct Entry {
    Label label;
    QString zh; ///< folded, as are the next two
    QString en;
    QString sku;
    std::vector<TypedUnit> units; ///< of zh
    quint64 textMask = 0;
    quint64 typedMask = 0;
};

TextRange findText(const QString& field, const QString& text, Found& found)
{
    const qsizetype first = field.indexOf(text);
    if (first < 0)
        return {};
    const qsizetype left = field.size() - text.size();
    if (first == 0) {
        found.offer(left == 0 ? LabelMatch::Exact : LabelMatch::Prefix, left);
        return {0, text.size()};
    }
    for (qsizetype at = first; at >= 0; at = field.indexOf(text, at + 1)) {
        if (!field[at - 1].isLetterOrNumber()) {
            found.offer(LabelMatch::WordPrefix, left);
            return {at, text.size()};
        }
    }
    found.offer(LabelMatch::Substring, left);
    return {first, text.size()};
}

TextRange rangeOf(const std::vector<TypedUnit>& units, size_t start, size_t count)
{
    const TypedUnit& last = units[start + count - 1];
    return {units[start].start, last.start + last.length - units[start].start};
}

TextRange findTyped(const Entry& entry, const QString& typed, Found& found)
{
    const std::vector<TypedUnit>& units = entry.units;
    PinyinMatcher matcher(units, typed);
    const auto left = [&units](size_t count) { return static_cast<qsizetype>(units.size() - count); };
    if (const auto match = matcher.matchAt(0, false)) {
        const bool whole = match->units == units.size() && !match->unfinished;
        found.offer(whole ? LabelMatch::PinyinExact : LabelMatch::PinyinPrefix, left(match->units));
        return rangeOf(units, 0, match->units);
    }
    if (const auto match = matcher.matchAt(0, true)) {
        found.offer(LabelMatch::Initials, left(match->units));
        return rangeOf(units, 0, match->units);
    }
    if (found.any() && found.match < LabelMatch::PinyinInside)
        return {}; // nothing better is to come
    for (const bool shortened : {false, true}) {
        for (size_t start = 1; start < units.size(); ++start) {
            if (const auto match = matcher.matchAt(start, shortened)) {
                found.offer(shortened ? LabelMatch::InitialsInside : LabelMatch::PinyinInside,
                            left(match->units));
                return rangeOf(units, start, match->units);
            }
        }
    }
    return {};
}

Found findIn(const Entry& entry, const Needle& needle)
{
    Found found;
    if ((needle.textMask & ~entry.textMask) == 0) {
        found.zh = findText(entry.zh, needle.text, found);
        found.en = findText(entry.en, needle.text, found);
        found.sku = findText(entry.sku, needle.text, found);
    }
    if (!needle.typed.isEmpty() && !entry.units.empty() && (needle.typedMask & ~entry.typedMask) == 0) {
        const TextRange range = findTyped(entry, needle.typed, found);
        if (found.zh.length == 0)
            found.zh = range;
    }
    return found;
}

/// Adds a range, joined with those that it touches.
void addRange(QList<TextRange>& ranges, TextRange added)
{
    if (added.length == 0)
        return;
    ranges.append(added);
    std::sort(ranges.begin(), ranges.end(),
              [](const TextRange& a, const TextRange& b) { return a.start < b.start; });
    QList<TextRange> joined;
    for (const TextRange& range : std::as_const(ranges)) {
        if (!joined.isEmpty() && range.start <= joined.last().start + joined.last().length) {
            TextRange& last = joined.last();
            last.length = std::max(last.start + last.length, range.start + range.length) - last.start;
        } else {
            joined.append(range);
        }
    }
    ranges = joined;
}

} // namespace

class LabelSearch::Index {
public:
    explicit Index(const QList<Label>& labels)
    {
        m_entries.reserve(static_cast<size_t>(labels.size()));
        for (const Label& label : labels) {
            Entry entry;
            entry.label = label;
            entry.zh = searchtext::folded(label.zh);
            entry.en = searchtext::folded(label.en);
            entry.sku = searchtext::folded(label.sku);
            entry.textMask = searchtext::letterMask(entry.zh) | searchtext::letterMask(entry.en) |
                             searchtext::letterMask(entry.sku);
            addUnits(entry);
            m_entries.push_back(std::move(entry));
        }
    }

    [[nodiscard]] const std::vector<Entry>& entries() const { return m_entries; }

private:
    void addUnits(Entry& entry)
    {
        qsizetype start = 0;
        for (const uint point : entry.zh.toUcs4()) {
            const qsizetype length = QChar::requiresSurrogates(point) ? 2 : 1;
            const std::vector<Spelling>& spellings = spellingsOf(point);
            if (!spellings.empty()) {
                TypedUnit unit{start, length, &spellings};
                for (const Spelling& spelling : spellings) {
                    unit.firstLetters |= searchtext::letterMask(QStringView(spelling.text).first(1));
                    entry.typedMask |= searchtext::letterMask(spelling.text);
                }
                entry.units.push_back(unit);
            }
            start += length;
        }
    }

    const std::vector<Spelling>& spellingsOf(char32_t point)
    {
        const auto known = m_spellings.find(point);
        if (known != m_spellings.end())
            return known->second;
        std::vector<Spelling>& made = m_spellings[point]; // its address survives a rehash
        if (!QChar::isLetterOrNumber(point))
            return made;
        for (const QString& reading : pinyin::readings(point)) {
            made.push_back({reading, true});
            if (reading.contains(u'v'))
                made.push_back({QString(reading).replace(u'v', u'u'), true});
        }
        made.push_back({QString::fromUcs4(&point, 1), false});
        return made;
    }

    std::vector<Entry> m_entries;
    std::unordered_map<char32_t, std::vector<Spelling>> m_spellings;
};

LabelSearch::LabelSearch()
    : LabelSearch(QList<Label>())
{}

LabelSearch::LabelSearch(const QList<Label>& labels)
    : m_index(std::make_shared<const Index>(labels))
{}

qsizetype LabelSearch::size() const
{
    return static_cast<qsizetype>(m_index->entries().size());
}

QList<LabelHit> LabelSearch::find(const QString& query, qsizetype limit) const
{
    const QString trimmed = query.normalized(QString::NormalizationForm_C).simplified().left(200);
    if (trimmed.isEmpty() || limit <= 0)
        return {};
    const Needle whole(trimmed);
    QStringList parts = trimmed.split(u' ');
    parts.removeDuplicates();
    const std::vector<Needle> words(parts.cbegin(), parts.cend());

    struct Scored {
        size_t index;
        LabelMatch match;
        qsizetype leftOver;
        bool byWord;
    };
    std::vector<Scored> scored;
    const std::vector<Entry>& entries = m_index->entries();
    for (size_t i = 0; i < entries.size(); ++i) {
        if (const Found found = findIn(entries[i], whole); found.any()) {
            scored.push_back({i, found.match, found.leftOver, false});
        } else if (trimmed.contains(u' ')) {
            Scored worst{i, LabelMatch::Exact, 0, true};
            const bool all = std::all_of(words.begin(), words.end(), [&](const Needle& word) {
                const Found part = findIn(entries[i], word);
                worst.match = std::max(worst.match, part.match);
                worst.leftOver = std::max(worst.leftOver, part.leftOver);
                return part.any();
            });
            if (all)
                scored.push_back(worst);
        }
    }
    const auto kept = std::min(scored.size(), static_cast<size_t>(limit));
    std::partial_sort(scored.begin(), scored.begin() + static_cast<std::ptrdiff_t>(kept), scored.end(),
                      [](const Scored& a, const Scored& b) {
                          return std::tie(a.byWord, a.match, a.leftOver, a.index) <
                                 std::tie(b.byWord, b.match, b.leftOver, b.index);
                      });

    QList<LabelHit> hits;
    for (const Scored& score : std::span(scored).first(kept)) {
        const Entry& entry = entries[score.index];
        LabelHit hit;
        hit.label = entry.label;
        hit.index = static_cast<qsizetype>(score.index);
        hit.match = score.match;
        const auto highlight = [&](const Needle& needle) {
            const Found found = findIn(entry, needle);
            addRange(hit.zhRanges, found.zh);
            addRange(hit.enRanges, found.en);
            addRange(hit.skuRanges, found.sku);
        };
        if (score.byWord)
            std::for_each(words.begin(), words.end(), highlight);
        else
            highlight(whole);
        hits.append(hit);
    }
    return hits;
}

} // namespace goodsight
