#include "core/labels/LabelId.h"

#include "core/base/DeviceName.h"
#include "core/labels/Pinyin.h"

#include <QRegularExpression>

#include <unicode/translit.h>

#include <algorithm>
#include <memory>
#include <mutex>

namespace goodsight {

namespace {

/// "Käse" to "Kase", "хлеб" to "hleb".
QString romanised(const QString& text)
{
    static std::mutex mutex;
    const std::scoped_lock lock(mutex);
    static const std::unique_ptr<icu::Transliterator> rules = [] {
        UErrorCode status = U_ZERO_ERROR;
        std::unique_ptr<icu::Transliterator> made(
            icu::Transliterator::createInstance("Any-Latin; Latin-ASCII", UTRANS_FORWARD, status));
        return U_SUCCESS(status) ? std::move(made) : nullptr;
    }();
    if (!rules)
        return text;
    icu::UnicodeString buffer(reinterpret_cast<const char16_t*>(text.utf16()),
                              static_cast<int32_t>(text.size()));
    rules->transliterate(buffer);
    return QString(reinterpret_cast<const QChar*>(buffer.getBuffer()), buffer.length());
}

bool isAscii(const QString& text)
{
    return std::all_of(text.begin(), text.end(), [](QChar c) { return c.unicode() < 0x80; });
}

/// Names in Chinese with each Han character as " pinyin ", the rest as it is.
QString withPinyin(const QString& name)
{
    const QList<uint> points = name.toUcs4();
    const QStringList spoken = pinyin::syllables(name);
    QString text;
    for (qsizetype i = 0; i < points.size(); ++i) {
        const char32_t point = points[i];
        text += spoken[i].isEmpty() ? QString::fromUcs4(&point, 1) : u' ' + spoken[i] + u' ';
    }
    return text;
}

} // namespace

bool isValidLabelId(const QString& id)
{
    static const QRegularExpression pattern(QStringLiteral("\\A[a-z0-9]+(-[a-z0-9]+)*\\z"));
    return id.size() <= 100 && pattern.match(id).hasMatch() && !isDeviceName(id);
}

QString labelIdFromName(const QString& name)
{
    static const QRegularExpression apostrophes(QStringLiteral("['’ʼ`]"));
    static const QRegularExpression others(QStringLiteral("[^a-z0-9]+"));
    QString text = name.normalized(QString::NormalizationForm_KC).left(4 * kLabelIdLength);
    text.remove(apostrophes);
    if (!isAscii(text))
        text = romanised(withPinyin(text)).remove(apostrophes);
    QStringList kept;
    qsizetype length = -1;
    for (const QString& part :
         text.toLower().replace(others, QStringLiteral(" ")).split(u' ', Qt::SkipEmptyParts)) {
        if (kept.isEmpty() || length + 1 + part.size() <= kLabelIdLength) {
            kept.append(part.left(kLabelIdLength));
            length += 1 + kept.last().size();
        } else {
            break;
        }
    }
    const QString id = kept.join(u'-');
    if (id.isEmpty())
        return QStringLiteral("product");
    return isDeviceName(id) ? QStringLiteral("product-") + id : id;
}

QString uniqueLabelId(const QString& name, const std::function<bool(const QString&)>& taken)
{
    const QString base = labelIdFromName(name);
    QString id = base;
    for (int number = 2; taken(id); ++number)
        id = base + u'-' + QString::number(number);
    return id;
}

QString labelNameKey(const QString& name)
{
    static const QRegularExpression separators(QStringLiteral("[\\s_-]+"));
    return name.normalized(QString::NormalizationForm_KC)
        .toCaseFolded()
        .replace(separators, QStringLiteral(" "))
        .trimmed();
}

std::optional<qsizetype> indexByName(const QList<Label>& labels, const QString& name)
{
    if (name.trimmed().isEmpty())
        return std::nullopt;
    const auto same = [&labels](const auto& equals) -> std::optional<qsizetype> {
        for (QString Label::*field : {&Label::id, &Label::en, &Label::zh, &Label::sku}) {
            for (qsizetype i = 0; i < labels.size(); ++i) {
                if (equals(labels[i].*field))
                    return i;
            }
        }
        return std::nullopt;
    };
    if (const auto found = same([&name](const QString& text) { return text == name; }))
        return found;
    const QString key = labelNameKey(name);
    return same([&key](const QString& text) { return !text.isEmpty() && labelNameKey(text) == key; });
}

} // namespace goodsight
