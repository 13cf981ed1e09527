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

/// A label, and whether it was made for the asking.
struct Named {
    Label label;
    bool made = false;
};

/// The label that findByName() gives, or else a new one called `name`: the one whose making was undone where
/// it had this name, under its old id; otherwise one under an id that no label ever had.
[[nodiscard]] Named named(sql::Session& session, const QString& name);

void setNames(sql::Session& session, const Label& label);
/// Shows a label again.
void show(sql::Session& session, const QString& id);
/// Hides a label, unless a photo still has it.
void hideUnused(sql::Session& session, const QString& id);

/// "label-unknown", naming the id.
[[nodiscard]] Error unknown(const QString& id);
/// "label-name-missing", for a new product.
[[nodiscard]] Error nameMissing();

} // namespace goodsight::labelrows
