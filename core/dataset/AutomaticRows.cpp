#include "core/dataset/AutomaticRows.h"

#include "core/dataset/TimedAnswer.h"

namespace goodsight::automaticrows {

QString isAutomatic()
{
    return QStringLiteral("EXISTS (SELECT 1 FROM automatic t WHERE t.annotation_id = images.annotation_id "
                          "AND t.audit = 0)");
}

QString labelledByPeople()
{
    return QStringLiteral("i.removed = 0 AND i.label_id IS NOT NULL AND i.state <> %1")
        .arg(static_cast<int>(PhotoState::Automatic));
}

void keep(sql::Session& session, qint64 edit, qint64 image, qint64 annotation, const AutomaticNote& note)
{
    session.run(QStringLiteral("INSERT INTO automatic (annotation_id, image_id, edit_id, audit, label_id, "
                               "fingerprint, confidence, threshold, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"),
                {annotation, image, edit, note.audit ? 1 : 0, note.labelId, note.modelFingerprint,
                 note.confidence, note.threshold, QDateTime::currentMSecsSinceEpoch()});
}

AutomaticTally tally(sql::Session& session, const QString& modelFingerprint, const QDateTime& since)
{
    const QVariantList values{modelFingerprint, since.toMSecsSinceEpoch()};
    AutomaticTally tally;
    tally.taken =
        session
            .value(QStringLiteral("SELECT count(*) FROM automatic t JOIN images i ON i.id = t.image_id AND "
                                  "i.annotation_id = t.annotation_id AND i.removed = 0 "
                                  "WHERE t.fingerprint = ? AND t.at >= ? AND t.audit = 0"),
                   values)
            .toLongLong();
    // An audit counts as long as it was not taken back, with the label that the photo has now: whoever finds
    // their answer wrong and gives another one corrects the audit, too.
    session.each(
        QStringLiteral("SELECT i.label_id IS coalesce(l.merged_into, t.label_id) FROM automatic t "
                       "JOIN edits e ON e.id = t.edit_id AND e.undone = 0 "
                       "JOIN images i ON i.id = t.image_id AND i.removed = 0 "
                       "LEFT JOIN labels l ON l.id = t.label_id "
                       "WHERE t.fingerprint = ? AND t.at >= ? AND t.audit = 1 ORDER BY t.annotation_id"),
        values, [&](const QSqlQuery& row) { tally.audits.append(row.value(0).toBool()); });
    return tally;
}

} // namespace goodsight::automaticrows
