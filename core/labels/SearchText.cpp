#include "core/labels/SearchText.h"

namespace goodsight::searchtext {

namespace {

QChar foldedCharacter(QChar c)
{
    const char16_t code = c.unicode();
    if (code < 0x80)
        return c.toLower();
    if (code >= 0xFF01 && code <= 0xFF5E) // full-width forms of ASCII
        return QChar(static_cast<char16_t>(code - 0xFEE0)).toLower();
    if (code == 0x3000 || code == 0x00A0)
        return u' ';
    if (c.script() == QChar::Script_Latin && c.decompositionTag() == QChar::Canonical)
        return foldedCharacter(c.decomposition().front());
    return c.toCaseFolded();
}

} // namespace

QString folded(const QString& text)
{
    QString result(text.size(), Qt::Uninitialized);
    for (qsizetype i = 0; i < text.size(); ++i)
        result[i] = foldedCharacter(text[i]);
    return result;
}

quint64 letterMask(QStringView text)
{
    quint64 mask = 0;
    for (const QChar c : text) {
        const unsigned code = c.unicode();
        if (code >= u'a' && code <= u'z')
            mask |= quint64{1} << (code - u'a');
        else if (code >= u'0' && code <= u'9')
            mask |= quint64{1} << (26 + code - u'0');
        else if (code >= 0x80)
            mask |= quint64{1} << (36 + code % 28);
    }
    return mask;
}

} // namespace goodsight::searchtext
