#pragma once

#include "core/dataset/Sql.h"
#include "core/labels/Label.h"

#include <QList>

#include <optional>

/// The labels table of a project. Each function is part of the caller's Session or Transaction.
namespace goodsight::labelrows {

/// Labels that are neither merged nor undone, in the order in which they were added.
[[nodiscard]] QList<Label> all(sql::Session& session);

/// The living label that `id` stands for, merged ones followed.
[[nodiscard]] std::optional<Label> find(sql::Session& session, const QString& id);

/// The living label with this id, name in either language, or article number; spelling differences that
/// labelNameKey() ignores do not count.
[[nodiscard]] std::optional<Label> findByName(sql::Session& session, const QString& name);

/// Adds a label under its own id, or fills the names in that the one with this id lacks. True if anything
/// changed.
bool ensure(sql::Session& session, const Label& label);

/// Adds a label called `name` under a new id made from it.
[[nodiscard]] Label create(sql::Session& session, const QString& name);

void setNames(sql::Session& session, const Label& label);
void setHidden(sql::Session& session, const QString& id, bool hidden);

/// "label-unknown", naming the id.
[[nodiscard]] Error unknown(const QString& id);

} // namespace goodsight::labelrows
