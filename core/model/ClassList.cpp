#include "core/model/ClassList.h"

#include "core/base/OrdinaryFile.h"
#include "core/labels/Csv.h"
#include "core/labels/LabelId.h"
#include "core/labels/LabelTable.h"
#include "core/model/ModelErrors.h"
#include "core/model/ResNet18Weights.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QSet>

#include <algorithm>

namespace goodsight {

namespace {

constexpr int kImageNetClasses = 1000;
constexpr qint64 kMaxFile = qint64{16} << 20;

QList<ModelClass> classesOf(const LabelTable& table)
{
    QList<ModelClass> classes;
    for (const LabelTableRow& row : table.rows())
        classes.append({row.label.id, row.label.zh, row.label.en});
    return classes;
}

bool isChinese(const QString& name)
{
    return std::any_of(name.begin(), name.end(), [](QChar c) { return c.script() == QChar::Script_Han; });
}

bool hasHeader(const QList<CsvRecord>& records)
{
    const QStringList& fields = records.first().fields;
    return std::any_of(fields.begin(), fields.end(),
                       [](const QString& field) { return field.trimmed().toLower() == u"id"; });
}

bool isTriple(const CsvRecord& record)
{
    return record.fields.size() == 3 && isValidLabelId(record.fields.first().trimmed());
}

Result<QList<ModelClass>> fromTriples(const QList<CsvRecord>& records, const QString& path)
{
    QList<ModelClass> classes;
    QSet<QString> ids;
    for (const CsvRecord& record : records) {
        const ModelClass item{record.fields[0].trimmed(), record.fields[1].trimmed(),
                              record.fields[2].trimmed()};
        if (ids.contains(item.id) || (item.zh.isEmpty() && item.en.isEmpty())) {
            return fail(
                "bad-label-table",
                QCoreApplication::translate(
                    "goodsight::Model", "%1, line %2: the id “%3” stands there a second time or has no name.")
                    .arg(quotedName(path))
                    .arg(record.line)
                    .arg(item.id),
                QCoreApplication::translate("goodsight::Model",
                                            "Each line needs an id of its own and a name."));
        }
        ids.insert(item.id);
        classes.append(item);
    }
    return classes;
}

QList<ModelClass> fromNames(const QByteArray& bytes)
{
    QList<ModelClass> classes;
    QSet<QString> ids;
    QString text = QString::fromUtf8(bytes);
    if (text.startsWith(QChar(0xfeff)))
        text.remove(0, 1);
    for (const QString& line : text.split(u'\n')) {
        const QString name = line.simplified();
        if (name.isEmpty())
            continue;
        const QString id = uniqueLabelId(name, [&](const QString& taken) { return ids.contains(taken); });
        ids.insert(id);
        classes.append(isChinese(name) ? ModelClass{id, name, {}} : ModelClass{id, {}, name});
    }
    return classes;
}

Result<QList<ModelClass>> readFile(const QString& path)
{
    OrdinaryFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(modelerrors::cannotOpen(path, file));
    if (file.size() > kMaxFile) {
        return fail("bad-label-table",
                    QCoreApplication::translate("goodsight::Model", "%1 is too large for a list of labels.")
                        .arg(quotedName(path)));
    }
    const QByteArray bytes = file.readAll();
    QBuffer buffer;
    buffer.setData(bytes);
    buffer.open(QIODevice::ReadOnly);
    // A list of plain names need not be CSV: a quotation mark in a name is no error.
    const auto records = readCsv(buffer, quotedName(path));
    if (records && !records->isEmpty() && hasHeader(*records)) {
        buffer.seek(0);
        const auto table = LabelTable::read(buffer, quotedName(path));
        if (!table)
            return fail(table.error());
        return classesOf(*table);
    }
    if (records && !records->isEmpty() && std::all_of(records->begin(), records->end(), isTriple))
        return fromTriples(*records, path);
    return fromNames(bytes);
}

} // namespace

Result<QList<ModelClass>> classList(const QString& labelsFile, int count, const QString& weightsFile)
{
    if (labelsFile.isEmpty()) {
        if (count == kImageNetClasses)
            return classesOf(imagenetLabels());
        return fail(
            "labels-needed",
            QCoreApplication::translate("goodsight::Model",
                                        "%1 tells %2 classes apart but does not say what they are called.")
                .arg(quotedName(weightsFile))
                .arg(count),
            QCoreApplication::translate("goodsight::Model",
                                        "Give a file with their names in order: one name a line, or CSV with "
                                        "id, zh and en (--labels FILE)."));
    }
    auto classes = readFile(labelsFile);
    if (!classes)
        return classes;
    if (classes->size() != count) {
        return fail(
            "labels-mismatch",
            QCoreApplication::translate("goodsight::Model", "%1 names %2 classes, but %3 tells %4 apart.")
                .arg(quotedName(labelsFile))
                .arg(classes->size())
                .arg(quotedName(weightsFile))
                .arg(count),
            QCoreApplication::translate("goodsight::Model",
                                        "Use the list of labels that belongs to these weights."));
    }
    return classes;
}

} // namespace goodsight
