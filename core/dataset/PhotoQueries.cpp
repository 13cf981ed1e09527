#include "core/dataset/PhotoQueries.h"

#include "core/dataset/AutomaticRows.h"
#include "core/dataset/LabelRows.h"
#include "core/dataset/PhotoFiles.h"

#include <QCoreApplication>
#include <QTimeZone>

namespace goodsight {

PhotoQuery PhotoQuery::labelled()
{
    PhotoQuery query;
    query.states = {PhotoState::Accepted, PhotoState::Corrected, PhotoState::Imported};
    query.limit = -1;
    return query;
}

} // namespace goodsight

namespace goodsight::photoqueries {

namespace {

const QString kColumns =
    QStringLiteral("SELECT i.id, i.sha256, i.suffix, i.reference, i.label_id, i.state, s.part, i.source, "
                   "i.captured_at, a.at, "
                   "i.name FROM images i LEFT JOIN annotations a ON a.id = i.annotation_id "
                   "LEFT JOIN splits s ON s.image_id = i.id ");

QDateTime time(const QVariant& value)
{
    return value.isNull() ? QDateTime() : QDateTime::fromMSecsSinceEpoch(value.toLongLong(), Qt::UTC);
}

PhotoRow read(const QSqlQuery& query, const QString& projectDir)
{
    PhotoRow row;
    row.id = query.value(0).toLongLong();
    row.sha256 = query.value(1).toString();
    row.file = query.value(3).isNull() ? PhotoFiles(projectDir).path(row.sha256, query.value(2).toString())
                                       : query.value(3).toString();
    row.labelId = query.value(4).toString();
    row.state = static_cast<PhotoState>(query.value(5).toInt());
    row.split = query.value(6).toString();
    row.source = query.value(7).toString();
    row.capturedAt = time(query.value(8));
    row.labelledAt = time(query.value(9));
    row.name = query.value(10).toString();
    return row;
}

QString placeholders(qsizetype count)
{
    return QStringList(count, QStringLiteral("?")).join(u',');
}

/// WHERE clause and its values.
struct Filter {
    QString where = QStringLiteral("WHERE removed = 0");
    QVariantList values;
};

Filter filterOf(sql::Session& session, const PhotoQuery& query)
{
    Filter filter;
    if (!query.states.isEmpty()) {
        filter.where += QStringLiteral(" AND state IN (%1)").arg(placeholders(query.states.size()));
        for (const PhotoState state : query.states)
            filter.values.append(static_cast<int>(state));
    }
    if (!query.labelId.isEmpty()) {
        const auto label = labelrows::find(session, query.labelId);
        filter.where += QStringLiteral(" AND label_id = ?");
        filter.values.append(label ? label->id : query.labelId);
    }
    if (const QString text = query.text.trimmed(); !text.isEmpty()) {
        // Labels are few: found here, where case and width of Unicode letters count for nothing.
        QStringList ids;
        for (const Label& label : labelrows::all(session))
            for (const QString& name : {label.id, label.zh, label.en, label.sku})
                if (name.contains(text, Qt::CaseInsensitive)) {
                    ids.append(label.id);
                    break;
                }
        QString pattern = text;
        pattern.replace(u'\\', QStringLiteral("\\\\"));
        pattern.replace(u'%', QStringLiteral("\\%"));
        pattern.replace(u'_', QStringLiteral("\\_"));
        filter.where += QStringLiteral(" AND (name LIKE ? ESCAPE '\\' OR label_id IN (SELECT value FROM "
                                       "json_each(?)))");
        filter.values.append(u'%' + pattern + u'%');
        QString json = QStringLiteral("[]");
        if (!ids.isEmpty()) // ids are letters, digits and hyphens
            json = QStringLiteral("[\"") + ids.join(QStringLiteral("\",\"")) + QStringLiteral("\"]");
        filter.values.append(json);
    }
    return filter;
}

std::optional<PhotoRow> one(sql::Session& session, const QString& where, const QVariant& value,
                            const QString& projectDir)
{
    std::optional<PhotoRow> row;
    session.each(kColumns + where, {value}, [&](const QSqlQuery& query) { row = read(query, projectDir); });
    return row;
}

} // namespace

Statement pageStatement(sql::Session& session, const PhotoQuery& query)
{
    Filter filter = filterOf(session, query);
    filter.values.append(query.limit);
    filter.values.append(query.offset);
    // The page is cut on bare ids first: rows that are skipped need no joins.
    return {kColumns + QStringLiteral("WHERE i.id IN (SELECT id FROM images %1 ORDER BY id DESC "
                                      "LIMIT ? OFFSET ?) ORDER BY i.id DESC")
                           .arg(filter.where),
            filter.values};
}

Statement countStatement(sql::Session& session, const PhotoQuery& query)
{
    const Filter filter = filterOf(session, query);
    return {QStringLiteral("SELECT count(*) FROM images ") + filter.where, filter.values};
}

QList<PhotoRow> page(sql::Session& session, const PhotoQuery& query, const QString& projectDir)
{
    const Statement statement = pageStatement(session, query);
    QList<PhotoRow> rows;
    session.each(statement.text, statement.values,
                 [&](const QSqlQuery& result) { rows.append(read(result, projectDir)); });
    return rows;
}

qint64 count(sql::Session& session, const PhotoQuery& query)
{
    const Statement statement = countStatement(session, query);
    return session.value(statement.text, statement.values).toLongLong();
}

Statement answersStatement(const std::optional<TimedAnswer>& after, qint64 limit)
{
    QVariantList values;
    if (after)
        values = {after->at.toMSecsSinceEpoch(), after->id};
    values.append(limit);
    return {
        QStringLiteral("SELECT a.id, i.label_id, a.at, i.source, i.state, i.sha256 FROM annotations a JOIN "
                       "images i ON i.id = a.image_id AND i.annotation_id = a.id WHERE %1 %2"
                       "ORDER BY a.at, a.id LIMIT ?")
            .arg(automaticrows::labelledByPeople(),
                 after ? QStringLiteral("AND (a.at, a.id) > (?, ?) ") : QString()),
        values};
}

QList<TimedAnswer> answers(sql::Session& session, const Statement& statement)
{
    QList<TimedAnswer> answers;
    session.each(statement.text, statement.values, [&](const QSqlQuery& row) {
        answers.append({row.value(0).toLongLong(), row.value(1).toString(), time(row.value(2)),
                        row.value(3).toString(), static_cast<PhotoState>(row.value(4).toInt()),
                        row.value(5).toString()});
    });
    return answers;
}

ProjectStats stats(sql::Session& session)
{
    ProjectStats stats;
    session.each(QStringLiteral("SELECT state, count(*) FROM images WHERE removed = 0 GROUP BY state"), {},
                 [&](const QSqlQuery& query) {
                     const qint64 photos = query.value(1).toLongLong();
                     stats.photos += photos;
                     switch (static_cast<PhotoState>(query.value(0).toInt())) {
                     case PhotoState::Unseen:
                         stats.unseen = photos;
                         break;
                     case PhotoState::Accepted:
                         stats.accepted = photos;
                         break;
                     case PhotoState::Corrected:
                         stats.corrected = photos;
                         break;
                     case PhotoState::Imported:
                         stats.imported = photos;
                         break;
                     case PhotoState::Automatic:
                         stats.automatic = photos;
                         break;
                     }
                 });
    session.each(QStringLiteral("SELECT i.label_id, count(*) AS n FROM images i WHERE %1 "
                                "GROUP BY i.label_id ORDER BY n DESC, i.label_id")
                     .arg(automaticrows::labelledByPeople()),
                 {}, [&](const QSqlQuery& query) {
                     stats.perLabel.append({query.value(0).toString(), query.value(1).toLongLong()});
                 });
    session.each(QStringLiteral("SELECT i.label_id, s.part, count(*) FROM splits s JOIN images i ON i.id = "
                                "s.image_id WHERE %1 GROUP BY i.label_id, s.part")
                     .arg(automaticrows::labelledByPeople()),
                 {}, [&](const QSqlQuery& query) {
                     const auto part = partFromWord(query.value(1).toString()).value_or(Part::Train);
                     const qint64 photos = query.value(2).toLongLong();
                     stats.parts.of(part) += photos;
                     stats.partsPerLabel[query.value(0).toString()].of(part) += photos;
                 });
    return stats;
}

std::optional<PhotoRow> byId(sql::Session& session, qint64 id, const QString& projectDir)
{
    return one(session, QStringLiteral("WHERE i.removed = 0 AND i.id = ?"), id, projectDir);
}

std::optional<PhotoRow> bySha256(sql::Session& session, const QString& sha256, const QString& projectDir)
{
    return one(session, QStringLiteral("WHERE i.removed = 0 AND i.sha256 = ?"), sha256.toLower(), projectDir);
}

QString stateWord(PhotoState state)
{
    switch (state) {
    case PhotoState::Accepted:
    case PhotoState::Automatic: // the table "automatic" tells them apart
        return QStringLiteral("accepted");
    case PhotoState::Corrected:
        return QStringLiteral("corrected");
    case PhotoState::Imported:
        return QStringLiteral("imported");
    case PhotoState::Unseen:
        break;
    }
    return QStringLiteral("unseen");
}

Error unknown(const QString& sha256)
{
    return {
        QStringLiteral("photo-unknown"),
        QCoreApplication::translate("goodsight::Dataset", "The project has no photo %1.")
            .arg(quotedName(sha256)),
        QCoreApplication::translate("goodsight::Dataset", "List the project's photos to see their hashes.")};
}

} // namespace goodsight::photoqueries
