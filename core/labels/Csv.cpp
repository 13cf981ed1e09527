#include "core/labels/Csv.h"

#include <QCoreApplication>
#include <QStringDecoder>

namespace goodsight {

namespace {

/// Where translators find the sentences of this file.
class Csv {
    Q_DECLARE_TR_FUNCTIONS(goodsight::Csv)
};

/// Walks over the text once; a quoted field may span lines.
class Parser {
public:
    Parser(const QString& text, const QString& source)
        : m_text(text)
        , m_source(source)
    {}

    Result<QList<CsvRecord>> records()
    {
        QList<CsvRecord> all;
        while (m_at < m_text.size()) {
            CsvRecord record{m_line, {}};
            bool quoted = false;
            for (;;) {
                quoted = quoted || (m_at < m_text.size() && m_text[m_at] == u'"');
                auto next = field();
                if (!next)
                    return fail(next.error());
                record.fields.append(*next);
                if (m_at >= m_text.size() || m_text[m_at] != u',')
                    break;
                ++m_at;
            }
            endLine();
            const bool blank = !quoted && record.fields.size() == 1 && record.fields.first().isEmpty();
            if (!blank)
                all.append(record);
        }
        return all;
    }

private:
    Result<QString> field()
    {
        if (m_at < m_text.size() && m_text[m_at] == u'"')
            return quotedField();
        const qsizetype begin = m_at;
        while (m_at < m_text.size() && m_text[m_at] != u',' && !atLineBreak()) {
            if (m_text[m_at] == u'"')
                return bad(m_line, Csv::tr("has a quotation mark inside a field that is not quoted"));
            ++m_at;
        }
        return m_text.mid(begin, m_at - begin);
    }

    Result<QString> quotedField()
    {
        const int opened = m_line;
        QString value;
        ++m_at;
        while (m_at < m_text.size()) {
            if (m_text[m_at] == u'"') {
                ++m_at;
                if (m_at >= m_text.size() || m_text[m_at] == u',' || atLineBreak())
                    return value;
                if (m_text[m_at] != u'"')
                    return bad(m_line, Csv::tr("has text after a closing quotation mark"));
            }
            if (atLineBreak()) {
                value += u'\n';
                endLine();
            } else {
                value += m_text[m_at++];
            }
        }
        return bad(opened, Csv::tr("opens a quotation mark that is never closed"));
    }

    [[nodiscard]] bool atLineBreak() const { return m_text[m_at] == u'\n' || m_text[m_at] == u'\r'; }

    /// Steps over one line break of any kind.
    void endLine()
    {
        if (m_at >= m_text.size())
            return;
        const bool pair = m_text[m_at] == u'\r' && m_at + 1 < m_text.size() && m_text[m_at + 1] == u'\n';
        m_at += pair ? 2 : 1;
        ++m_line;
    }

    tl::unexpected<Error> bad(int line, const QString& what) const
    {
        return fail("bad-csv", Csv::tr("%1, line %2 %3.").arg(m_source).arg(line).arg(what),
                    Csv::tr("Mend that line, or export the table again as CSV in UTF-8."));
    }

    const QString& m_text;
    const QString& m_source;
    qsizetype m_at = 0;
    int m_line = 1;
};

} // namespace

Result<QList<CsvRecord>> readCsv(QIODevice& device, const QString& source)
{
    const QByteArray bytes = device.read(kCsvLimit + 1);
    if (bytes.size() > kCsvLimit)
        return fail("bad-csv", Csv::tr("%1 is too large for a table.").arg(source),
                    Csv::tr("Check that it is a CSV file."));
    if (bytes.isEmpty() && !device.atEnd())
        return fail("unreadable", Csv::tr("%1 cannot be read: %2.").arg(source, device.errorString()),
                    Csv::tr("Check the file and its permissions."));
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless); // the end is the end
    const QString text = decoder(bytes);
    if (decoder.hasError() || text.contains(QChar::Null))
        return fail("bad-csv", Csv::tr("%1 is not text in UTF-8.").arg(source),
                    Csv::tr("Export the table again as CSV in UTF-8."));
    return Parser(text, source).records();
}

} // namespace goodsight
