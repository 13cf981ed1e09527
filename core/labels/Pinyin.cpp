#include "core/labels/Pinyin.h"

#include "core/labels/PinyinTable.h"

#include <unicode/translit.h>

#include <memory>
#include <mutex>
#include <unordered_map>

namespace goodsight::pinyin {

namespace {

/// "chóng" to "chong", "lǜ" to "lv".
QString withoutTones(const QString& marked)
{
    QString plain;
    for (const QChar c : marked.normalized(QString::NormalizationForm_D)) {
        if (c == QChar(0x0308) && plain.endsWith(u'u'))
            plain.back() = u'v';
        else if (c.isLower() && c.unicode() < 0x80)
            plain += c;
    }
    return plain;
}

QStringList words(const char* spaced)
{
    return QString::fromLatin1(spaced).split(u' ', Qt::SkipEmptyParts);
}

/// Readings by character, asked of ICU once for each.
class Dictionary {
public:
    Dictionary()
    {
        UErrorCode status = U_ZERO_ERROR;
        m_rules.reset(icu::Transliterator::createInstance("Han-Latin", UTRANS_FORWARD, status));
        if (U_FAILURE(status))
            m_rules.reset(); // a system without ICU's data: search by text still works
        for (const CharacterReadings& entry : characterTable())
            m_readings.emplace(entry.character, words(entry.readings));
    }

    const QStringList& readings(char32_t character)
    {
        const std::scoped_lock lock(m_mutex);
        const auto known = m_readings.find(character);
        if (known != m_readings.end())
            return known->second;
        return m_readings.emplace(character, ask(character)).first->second;
    }

private:
    QStringList ask(char32_t character) const
    {
        if (!m_rules)
            return {};
        icu::UnicodeString text(static_cast<UChar32>(character));
        m_rules->transliterate(text);
        const QString plain =
            withoutTones(QString(reinterpret_cast<const QChar*>(text.getBuffer()), text.length()).toLower());
        return plain.isEmpty() ? QStringList() : QStringList{plain};
    }

    std::mutex m_mutex;
    std::unique_ptr<icu::Transliterator> m_rules;
    std::unordered_map<char32_t, QStringList> m_readings; // references into it survive a rehash
};

bool isHan(char32_t character)
{
    return QChar::script(character) == QChar::Script_Han;
}

} // namespace

const QStringList& readings(char32_t character)
{
    static const QStringList none;
    if (!isHan(character))
        return none;
    static Dictionary dictionary;
    return dictionary.readings(character);
}

QStringList syllables(const QString& text)
{
    const QList<uint> points = text.toUcs4();
    QStringList result;
    for (const uint point : points) {
        const QStringList& all = readings(point);
        result.append(all.isEmpty() ? QString() : all.first());
    }
    // Words of the table are of the basic plane; a name with rarer characters is read one by one.
    if (points.size() != text.size())
        return result;
    for (qsizetype at = 0; at < text.size(); ++at) {
        for (const WordReadings& entry : wordTable()) {
            if (!QStringView(text).mid(at).startsWith(entry.word))
                continue;
            const QStringList spoken = words(entry.readings);
            for (qsizetype i = 0; i < spoken.size(); ++i)
                result[at + i] = spoken[i];
            at += entry.word.size() - 1;
            break;
        }
    }
    return result;
}

} // namespace goodsight::pinyin
