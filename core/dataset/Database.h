#pragma once

#include "core/dataset/Sql.h"

#include <QTemporaryDir>

/// A project's database file, opened as it should be.
namespace goodsight::database {

/// `<projectDir>/project.sqlite`
[[nodiscard]] QString file(const QString& projectDir);

/// The one connection that writes: creates and migrates the tables; WAL, every commit flushed to the disk.
/// Errors: "bad-project", "newer-version", "disk-full", "read-only", "io-error".
[[nodiscard]] Result<std::unique_ptr<sql::Connection>> openWriter(const QString& projectDir);

/// A connection that only reads, beside a writer of this or another process.
struct Reader {
    /// Holds a copy of the database where SQLite cannot read it in place; outlives the connection.
    std::unique_ptr<QTemporaryDir> copy;
    std::unique_ptr<sql::Connection> connection;
    bool frozen = false; ///< never shows what somebody writes later
};

/// Opens a reader. On a folder that cannot be written to (a read-only medium, a full disk) SQLite cannot make
/// the file that readers and writers share; then the file is read as immutable, or, where commits still wait
/// in its log, from a copy of both. Errors: "bad-project", "newer-version", "older-version", "io-error".
[[nodiscard]] Result<Reader> openReader(const QString& projectDir);

} // namespace goodsight::database
