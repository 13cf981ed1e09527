#pragma once

#include "core/dataset/DatasetStore.h"
#include "core/dataset/Sql.h"

/// Questions about a project's photos, asked in the caller's Session.
namespace goodsight::photoqueries {

/// A statement and the values of its placeholders.
struct Statement {
    QString text;
    QVariantList values;
};

/// What page() and count() ask; a page of a large project is an index walk.
[[nodiscard]] Statement pageStatement(sql::Session& session, const PhotoQuery& query);
[[nodiscard]] Statement countStatement(sql::Session& session, const PhotoQuery& query);

[[nodiscard]] QList<PhotoRow> page(sql::Session& session, const PhotoQuery& query, const QString& projectDir);
[[nodiscard]] qint64 count(sql::Session& session, const PhotoQuery& query);
/// DatasetStore::answers(), a walk of the index of times.
[[nodiscard]] Statement answersStatement(const std::optional<TimedAnswer>& after, qint64 limit);
[[nodiscard]] QList<TimedAnswer> answers(sql::Session& session, const Statement& statement);
[[nodiscard]] ProjectStats stats(sql::Session& session);
/// One photo; nothing when the project does not have it.
[[nodiscard]] std::optional<PhotoRow> byId(sql::Session& session, qint64 id, const QString& projectDir);
[[nodiscard]] std::optional<PhotoRow> bySha256(sql::Session& session, const QString& sha256,
                                               const QString& projectDir);

/// The word for a state as the origin of an annotation: "accepted", "corrected", "imported"; "unseen".
[[nodiscard]] QString stateWord(PhotoState state);

/// "photo-unknown", naming the hash.
[[nodiscard]] Error unknown(const QString& sha256);

} // namespace goodsight::photoqueries
