#pragma once

#include "core/base/Result.h"

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QVariant>

#include <functional>
#include <memory>

class QSqlError;

namespace goodsight::sql {

/// How a connection opens its file.
enum class Mode {
    ReadWrite, ///< creates the file when it is missing
    ReadOnly,  ///< sees what is committed, also while another process writes
    Immutable, ///< for a file that nothing can change (a read-only medium): no locks, no WAL, no other file
};

/// What SQLite says, as a person can use it. `file` is the database. Codes: "disk-full", "read-only",
/// "bad-project", "busy", "io-error", "internal".
[[nodiscard]] Error toError(const QSqlError& error, const QString& file);

/// One SQLite connection. Belongs to the thread that opened it; closed by its destructor there.
class Connection {
public:
    [[nodiscard]] static Result<std::unique_ptr<Connection>> open(const QString& file, Mode mode);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    [[nodiscard]] const QString& file() const { return m_file; }
    [[nodiscard]] QSqlDatabase database() const;

private:
    Connection(QString name, QString file);
    QString m_name;
    QString m_file;
};

/// Statements whose first failure is kept: those after it do nothing, and result() tells. So a sequence reads
/// like SQL and is checked once, at its end.
class Session {
public:
    explicit Session(const Connection& connection);

    /// Runs one statement.
    bool run(const QString& statement, const QVariantList& values = {});
    /// Runs an INSERT and gives the new row's id, 0 on failure.
    qint64 insert(const QString& statement, const QVariantList& values = {});
    /// First column of the first row; invalid where there is no row (or after a failure).
    [[nodiscard]] QVariant value(const QString& statement, const QVariantList& values = {});
    /// Calls `row` for each row, first to last.
    void each(const QString& statement, const QVariantList& values,
              const std::function<void(const QSqlQuery&)>& row);
    /// Rows that the last run() or insert() changed.
    [[nodiscard]] qint64 changes() const { return m_changes; }

    /// Lets the sequence fail for a reason of the caller's.
    void reject(Error error);
    [[nodiscard]] bool ok() const { return m_ok; }
    [[nodiscard]] Result<void> result() const;

protected:
    [[nodiscard]] const Connection& connection() const { return m_connection; }

private:
    bool execute(QSqlQuery& query, const QString& statement, const QVariantList& values);

    const Connection& m_connection;
    bool m_ok = true;
    qint64 m_changes = 0;
    Error m_error;
};

/// A Session in a transaction that holds the write lock from its beginning; rolled back unless committed.
class Transaction : public Session {
public:
    explicit Transaction(const Connection& connection);
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;

    /// Commits, or rolls back when a statement failed. After success the data survives the process.
    [[nodiscard]] Result<void> commit();

private:
    void rollback();
    bool m_open = false;
};

} // namespace goodsight::sql
