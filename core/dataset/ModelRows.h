#pragma once

#include "core/dataset/ModelRecord.h"
#include "core/dataset/PhotoQueries.h"
#include "core/dataset/Sql.h"

#include <QList>

#include <optional>

/// The tables of trained models. Each function is part of the caller's Session or Transaction; DatasetStore
/// says what they promise.
namespace goodsight::modelrows {

[[nodiscard]] ModelRecord add(sql::Session& session, const ModelRecord& model);
/// Newest first.
[[nodiscard]] QList<ModelRecord> all(sql::Session& session);
[[nodiscard]] QList<ModelRecord> lineage(sql::Session& session, const QString& fingerprint);

/// Whether a model may go from one stage to another.
[[nodiscard]] bool mayMove(ModelStage from, ModelStage to);
[[nodiscard]] ModelRecord move(sql::Session& session, qint64 id, ModelStage stage,
                               const ModelRef& inUse = {});
[[nodiscard]] ModelRef takeBack(sql::Session& session);

void keepShadow(sql::Session& session, qint64 model, const QString& against,
                const QList<ShadowAnswer>& answers);
[[nodiscard]] photoqueries::Statement shadowStatement(qint64 model, const QString& against,
                                                      bool onlyDiffering, qint64 limit, qint64 offset);
[[nodiscard]] QList<ShadowPhoto> shadow(sql::Session& session, const photoqueries::Statement& statement);

} // namespace goodsight::modelrows
