#include "core/labels/LabelTable.h"

#include "core/base/OrdinaryFile.h"
#include "core/labels/Csv.h"
#include "core/labels/LabelId.h"


namespace goodsight {

namespace {

constexpr qsizetype kAbsent = -1;

/// Where each column stands in this file.
struct Columns {
    qsizetype index = kAbsent;
    qsizetype id = kAbsent;
    qsizetype zh = kAbsent;
    qsizetype en = kAbsent;
    qsizetype sku = kAbsent;
    qsizetype groupZh = kAbsent;
    qsizetype groupEn = kAbsent;

    explicit Columns(const QStringList& header)
    {
        const QList<std::pair<QString, qsizetype*>> names{
            {QStringLiteral("index"), &index},
            {QStringLiteral("id"), &id},
            {QStringLiteral("zh"), &zh},
            {QStringLiteral("en"), &en},
            {QStringLiteral("sku"), &sku},
            {QStringLiteral("group_zh"), &groupZh},
            {QStringLiteral("group_en"), &groupEn},
        };
        for (qsizetype i = 0; i < header.size(); ++i) {
            for (const auto& [name, place] : names) {
                if (header[i].trimmed().toLower() == name)
                    *place = i;
            }
        }
    }
};

QString cell(const CsvRecord& record, qsizetype column)
{
    return column == kAbsent ? QString() : record.fields[column].trimmed();
}

} // namespace

Result<LabelTable> LabelTable::read(QIODevice& device, const QString& source)
{
    const auto bad = [&source](int line, const QString& what) {
        return fail("bad-label-table", tr("%1, line %2: %3.").arg(source).arg(line).arg(what),
                    tr("Each line needs an id of its own (lower-case letters, digits, hyphens) and a name."));
    };
    const auto records = readCsv(device, source);
    if (!records)
        return fail(records.error());
    if (records->isEmpty())
        return bad(1, tr("the table is empty"));
    const CsvRecord& header = records->first();
    const Columns columns(header.fields);
    if (columns.id == kAbsent)
        return bad(header.line, tr("the header has no column \"id\""));
    if (columns.zh == kAbsent && columns.en == kAbsent)
        return bad(header.line, tr("the header has neither a column \"zh\" nor \"en\""));

    LabelTable table;
    QHash<QString, int> lines;
    for (const CsvRecord& record : records->sliced(1)) {
        if (record.fields.size() != header.fields.size())
            return bad(
                record.line,
                tr("%1 fields where the header has %2").arg(record.fields.size()).arg(header.fields.size()));
        LabelTableRow row;
        row.label = {cell(record, columns.id), cell(record, columns.zh), cell(record, columns.en),
                     cell(record, columns.sku)};
        row.groupZh = cell(record, columns.groupZh);
        row.groupEn = cell(record, columns.groupEn);
        const QString& id = row.label.id;
        if (id.isEmpty())
            return bad(record.line, tr("the id is empty"));
        if (!isValidLabelId(id))
            return bad(record.line, tr("\"%1\" is not an id").arg(id.left(100)));
        if (lines.contains(id))
            return bad(record.line, tr("the id \"%1\" stands already in line %2").arg(id).arg(lines[id]));
        if (row.label.zh.isEmpty() && row.label.en.isEmpty())
            return bad(record.line, tr("\"%1\" has no name").arg(id));
        if (columns.index != kAbsent && cell(record, columns.index) != QString::number(table.size()))
            return bad(record.line, tr("the index is \"%1\" where %2 follows")
                                        .arg(cell(record, columns.index).left(20))
                                        .arg(table.size()));
        lines.insert(id, record.line);
        table.m_byId.insert(id, table.size());
        table.m_rows.append(row);
    }
    if (table.m_rows.isEmpty())
        return bad(header.line, tr("no line follows the header"));
    return table;
}

Result<LabelTable> LabelTable::readFile(const QString& path)
{
    OrdinaryFile file(path);
    if (!file.exists())
        return fail("not-found", tr("%1 is not there.").arg(quotedName(path)), tr("Check the path."));
    if (!file.open(QIODevice::ReadOnly))
        return fail("unreadable", tr("%1 cannot be read: %2.").arg(quotedName(path), file.errorString()),
                    tr("Check the file and its permissions."));
    return read(file, quotedName(path));
}

QList<Label> LabelTable::labels() const
{
    QList<Label> all;
    all.reserve(m_rows.size());
    for (const LabelTableRow& row : m_rows)
        all.append(row.label);
    return all;
}

std::optional<qsizetype> LabelTable::indexOf(const QString& id) const
{
    const auto found = m_byId.constFind(id);
    return found == m_byId.constEnd() ? std::nullopt : std::optional(*found);
}

std::optional<qsizetype> LabelTable::indexOfName(const QString& name) const
{
    return indexByName(labels(), name);
}

} // namespace goodsight
