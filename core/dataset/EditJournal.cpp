#include "core/dataset/EditJournal.h"

#include "core/dataset/AutomaticRows.h"
#include "core/dataset/LabelRows.h"
#include "core/dataset/PhotoQueries.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

namespace goodsight {

namespace {

const QString kBefore = QStringLiteral("before");
const QString kAfter = QStringLiteral("after");
const QString kLabels = QStringLiteral("labels");
const QString kMoved = QStringLiteral("moved");
const QString kInto = QStringLiteral("into");

QString toText(const QJsonObject& object)
{
    return object.isEmpty() ? QStringLiteral("")
                            : QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

const QString kEntryColumns =
    QStringLiteral("SELECT e.id, e.kind, e.at, e.undone, e.target, e.sha256, e.label_id, "
                   "(SELECT count(*) FROM edit_changes c WHERE c.edit_id = e.id) FROM edits e ");

EditRow read(const QSqlQuery& query)
{
    EditRow row;
    row.id = query.value(0).toLongLong();
    row.kind = query.value(1).toString();
    row.at = QDateTime::fromMSecsSinceEpoch(query.value(2).toLongLong(), Qt::UTC);
    row.undone = query.value(3).toBool();
    row.target = query.value(4).toLongLong();
    row.sha256 = query.value(5).toString();
    row.labelId = query.value(6).toString();
    row.photos = query.value(7).toLongLong();
    return row;
}

} // namespace

QJsonObject labelToJson(const Label& label)
{
    return {{QStringLiteral("id"), label.id},
            {QStringLiteral("zh"), label.zh},
            {QStringLiteral("en"), label.en},
            {QStringLiteral("sku"), label.sku}};
}

Label labelFromJson(const QJsonObject& object)
{
    return {object[QLatin1String("id")].toString(), object[QLatin1String("zh")].toString(),
            object[QLatin1String("en")].toString(), object[QLatin1String("sku")].toString()};
}

EditJournal::EditJournal(sql::Session& session)
    : m_session(session)
{}

qint64 EditJournal::begin(const QString& kind, const QString& sha256, const QString& labelId,
                          QList<OrphanedFile>& orphans, const QJsonObject& payload)
{
    m_session.each(QStringLiteral("SELECT sha256, suffix FROM images WHERE removed = 1"), {},
                   [&](const QSqlQuery& query) {
                       orphans.append({query.value(0).toString(), query.value(1).toString()});
                   });
    if (!orphans.isEmpty())
        m_session.run(QStringLiteral("DELETE FROM images WHERE removed = 1"));
    return m_session.insert(
        QStringLiteral("INSERT INTO edits (kind, at, sha256, label_id, payload) VALUES (?, ?, ?, ?, ?)"),
        {kind, QDateTime::currentMSecsSinceEpoch(), sha256, labelId, toText(payload)});
}

void EditJournal::added(qint64 edit, qint64 image)
{
    m_session.run(QStringLiteral("INSERT INTO edit_changes (edit_id, image_id, added) VALUES (?, ?, 1) "
                                 "ON CONFLICT DO UPDATE SET added = 1"),
                  {edit, image});
}

qint64 EditJournal::annotate(qint64 edit, qint64 image, const QString& labelId, PhotoState origin,
                             qint64 prediction)
{
    const QVariant before =
        m_session.value(QStringLiteral("SELECT annotation_id FROM images WHERE id = ?"), {image});
    const qint64 after = m_session.insert(
        QStringLiteral("INSERT INTO annotations (image_id, label_id, origin, at, prediction_id) "
                       "VALUES (?, ?, ?, ?, ?)"),
        {image, labelId, photoqueries::stateWord(origin), QDateTime::currentMSecsSinceEpoch(),
         prediction > 0 ? QVariant(prediction) : QVariant()});
    m_session.run(
        QStringLiteral("INSERT INTO edit_changes (edit_id, image_id, before, after) VALUES (?, ?, ?, ?) "
                       "ON CONFLICT DO UPDATE SET after = excluded.after"),
        {edit, image, before, after});
    m_session.run(QStringLiteral("UPDATE images SET annotation_id = ?, label_id = ?, state = ? WHERE id = ?"),
                  {after, labelId, static_cast<int>(origin), image});
    return after;
}

void EditJournal::madeLabel(qint64 edit, const QString& labelId)
{
    QJsonObject object = payload(edit);
    QJsonArray made = object[kLabels].toArray();
    made.append(labelId);
    object[kLabels] = made;
    m_touchedLabels = true;
    m_session.run(QStringLiteral("UPDATE edits SET payload = ? WHERE id = ?"), {toText(object), edit});
}

void EditJournal::merge(qint64 edit, const Label& from, const Label& into)
{
    // Labels merged into `from` before follow it, so that one step always reaches the living one.
    QJsonArray moved{from.id};
    m_session.each(QStringLiteral("SELECT id FROM labels WHERE merged_into = ?"), {from.id},
                   [&](const QSqlQuery& query) { moved.append(query.value(0).toString()); });
    m_session.run(QStringLiteral("UPDATE edits SET payload = ? WHERE id = ?"),
                  {toText({{kMoved, moved}, {kInto, into.id}}), edit});
    apply(edit, true);
}

QJsonObject EditJournal::payload(qint64 edit)
{
    return QJsonDocument::fromJson(
               m_session.value(QStringLiteral("SELECT payload FROM edits WHERE id = ?"), {edit})
                   .toString()
                   .toUtf8())
        .object();
}

void EditJournal::refresh(const QString& where, const QVariantList& values)
{
    m_session.run(QStringLiteral("UPDATE images SET "
                                 "label_id = (SELECT coalesce(l.merged_into, l.id) FROM annotations a "
                                 " JOIN labels l ON l.id = a.label_id WHERE a.id = images.annotation_id), "
                                 "state = coalesce((SELECT CASE WHEN %1 THEN 4 "
                                 " WHEN a.origin = 'accepted' THEN 1 WHEN a.origin = 'corrected' THEN 2 "
                                 " ELSE 3 END FROM annotations a "
                                 " WHERE a.id = images.annotation_id), 0) WHERE ")
                          .arg(automaticrows::isAutomatic()) +
                      where,
                  values);
}

void EditJournal::apply(qint64 edit, bool forward)
{
    const QString side = forward ? kAfter : kBefore;
    const QString ours = QStringLiteral("id IN (SELECT image_id FROM edit_changes WHERE edit_id = ?)");
    m_session.run(QStringLiteral("UPDATE images SET annotation_id = c.%1, "
                                 "removed = CASE WHEN c.added THEN %2 ELSE removed END "
                                 "FROM edit_changes c WHERE c.edit_id = ? AND c.image_id = images.id")
                      .arg(side, forward ? QStringLiteral("0") : QStringLiteral("1")),
                  {edit});
    refresh(ours, {edit});

    const QJsonObject object = payload(edit);
    m_touchedLabels |= object.contains(kLabels) || object.contains(side) || object.contains(kMoved);
    for (const QJsonValue& id : object[kLabels].toArray())
        forward ? labelrows::show(m_session, id.toString()) : labelrows::hideUnused(m_session, id.toString());
    if (object.contains(side))
        labelrows::setNames(m_session, labelFromJson(object[side].toObject()));
    const QJsonArray moved = object[kMoved].toArray();
    if (moved.isEmpty())
        return;
    const QString from = moved.first().toString();
    const QString into = object[kInto].toString();
    for (const QJsonValue& id : moved) {
        const bool itself = id.toString() == from;
        m_session.run(QStringLiteral("UPDATE labels SET merged_into = ? WHERE id = ?"),
                      {forward  ? QVariant(into)
                       : itself ? QVariant()
                                : QVariant(from),
                       id.toString()});
    }
    refresh(QStringLiteral("label_id = ?"), {forward ? from : into});
}

std::optional<EditRow> EditJournal::entry(qint64 edit)
{
    std::optional<EditRow> row;
    m_session.each(kEntryColumns + QStringLiteral("WHERE e.id = ?"), {edit},
                   [&](const QSqlQuery& query) { row = read(query); });
    return row;
}

Result<EditRow> EditJournal::move(qint64 edit, bool forward)
{
    apply(edit, forward);
    m_session.run(QStringLiteral("UPDATE edits SET undone = ? WHERE id = ?"), {forward ? 0 : 1, edit});
    const EditRow row = entry(edit).value_or(EditRow{});
    m_session.run(
        QStringLiteral("INSERT INTO edits (kind, at, target, sha256, label_id) VALUES (?, ?, ?, ?, ?)"),
        {forward ? QStringLiteral("redo") : QStringLiteral("undo"), QDateTime::currentMSecsSinceEpoch(), edit,
         row.sha256, row.labelId});
    if (!m_session.ok())
        return fail(m_session.result().error());
    return row;
}

Result<EditRow> EditJournal::undo()
{
    return takeBack(undoTarget());
}

Result<EditRow> EditJournal::undoAutomatic(const QString& sha256)
{
    return takeBack(m_session
                        .value(QStringLiteral("SELECT t.edit_id FROM images i JOIN automatic t ON "
                                              "t.annotation_id = i.annotation_id WHERE i.sha256 = ? AND "
                                              "i.removed = 0 AND t.audit = 0"),
                               {sha256.toLower()})
                        .toLongLong());
}

Result<EditRow> EditJournal::takeBack(qint64 edit)
{
    if (!m_session.ok())
        return fail(m_session.result().error());
    if (edit == 0)
        return fail("nothing-to-undo",
                    QCoreApplication::translate("goodsight::Dataset", "There is nothing to undo."));
    return move(edit, false);
}

Result<EditRow> EditJournal::redo()
{
    const qint64 edit = redoTarget();
    if (!m_session.ok())
        return fail(m_session.result().error());
    if (edit == 0)
        return fail("nothing-to-redo",
                    QCoreApplication::translate("goodsight::Dataset", "There is nothing to do again."));
    return move(edit, true);
}

qint64 EditJournal::undoTarget()
{
    return m_session
        .value(QStringLiteral("SELECT max(id) FROM edits WHERE undone = 0 AND target IS NULL AND "
                              "kind <> 'automatic'"))
        .toLongLong();
}

qint64 EditJournal::redoTarget()
{
    // What was undone before the newest entry was made was given up then.
    return m_session
        .value(QStringLiteral("SELECT u.target FROM edits u JOIN edits e ON e.id = u.target "
                              "WHERE u.id > (SELECT max(id) FROM edits WHERE target IS NULL) "
                              "AND u.kind = 'undo' AND e.undone = 1 ORDER BY u.id DESC LIMIT 1"))
        .toLongLong();
}

QList<EditRow> EditJournal::history(qint64 limit, qint64 offset)
{
    QList<EditRow> rows;
    m_session.each(kEntryColumns + QStringLiteral("ORDER BY e.id DESC LIMIT ? OFFSET ?"), {limit, offset},
                   [&](const QSqlQuery& query) { rows.append(read(query)); });
    return rows;
}

} // namespace goodsight
