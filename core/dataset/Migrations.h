#pragma once

#include "core/dataset/Sql.h"

#include <QStringList>

namespace goodsight {

/// Marks project.sqlite as ours in the file's header (PRAGMA application_id): "GdSt".
inline constexpr int kApplicationId = 0x47645374;

/// Version of the tables that this program writes; the number of migrations.
[[nodiscard]] int schemaVersion();

/// What a database file is, told without changing it.
enum class FileKind { Empty, Ours, Newer, Foreign };
[[nodiscard]] Result<FileKind> kindOf(const sql::Connection& connection);

/// Brings an empty or older database to schemaVersion(), each step a transaction of its own: a program killed
/// in between goes on where it was.
[[nodiscard]] Result<void> migrate(const sql::Connection& connection);

} // namespace goodsight
