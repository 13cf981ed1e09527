#pragma once

#include "core/dataset/DatasetStore.h"
#include "core/dataset/Sql.h"

/// The splits table of a project. Part of the caller's Transaction.
namespace goodsight::splitrows {

/// DatasetStore::split().
[[nodiscard]] PartCounts apply(sql::Session& session, const SplitOptions& options,
                               const QHash<QString, qint64>& groups);

} // namespace goodsight::splitrows
