#include "core/evaluation/EvaluationCsv.h"

#include <algorithm>

namespace goodsight::csv {

namespace {

constexpr int kDigits = 10; ///< of a number

QString word(const QString& text)
{
    const auto needsQuotes = [](QChar c) { return c == u',' || c == u'"' || c == u'\r' || c == u'\n'; };
    if (std::none_of(text.begin(), text.end(), needsQuotes))
        return text;
    return u'"' + QString(text).replace(u'"', QStringLiteral("\"\"")) + u'"';
}

QString word(double number)
{
    return QString::number(number, 'g', kDigits);
}

QString word(int number)
{
    return QString::number(number);
}

QString word(const char* latin)
{
    return QString::fromLatin1(latin);
}

QString nameOf(int label, const QStringList& labels)
{
    return label >= 0 && label < labels.size() ? labels[label] : QString::number(label);
}

/// Lines of a table, one after the other.
class Table {
public:
    template <typename... Cells>
    void line(const Cells&... cells)
    {
        m_bytes += QStringList{word(cells)...}.join(u',').toUtf8() + "\r\n";
    }
    [[nodiscard]] QByteArray bytes() const { return m_bytes; }

private:
    QByteArray m_bytes;
};

} // namespace

QByteArray classes(const Metrics& metrics, const QStringList& labels)
{
    Table table;
    table.line("label", "photos", "right", "top1", "top3", "precision", "recall", "f1");
    for (const ClassMetrics& one : metrics.classes)
        table.line(nameOf(one.label, labels), one.photos, one.right, one.recall, one.top3, one.precision,
                   one.recall, one.f1);
    return table.bytes();
}

} // namespace goodsight::csv
