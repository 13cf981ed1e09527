#include "core/dataset/Sql.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QSqlError>
#include <QStorageInfo>
#include <QUrl>

#include <atomic>

namespace goodsight::sql {

namespace {

// Primary result codes, https://www.sqlite.org/rescode.html; the driver reports extended ones.
constexpr int kBusy = 5;
constexpr int kLocked = 6;
constexpr int kReadOnly = 8;
constexpr int kIoError = 10;
constexpr int kCorrupt = 11;
constexpr int kFull = 13;
constexpr int kCannotOpen = 14;
constexpr int kNotADatabase = 26;

constexpr qint64 kNearlyFull = 256 * 1024;

bool storageIsFull(const QString& file)
{
    const QStorageInfo storage(QFileInfo(file).absolutePath());
    return storage.isValid() && storage.bytesAvailable() >= 0 && storage.bytesAvailable() < kNearlyFull;
}

/// A null QString would be bound as NULL, and an empty text is not a missing one.
QVariant bindable(const QVariant& value)
{
    if (value.typeId() == QMetaType::QString && value.toString().isNull())
        return QStringLiteral("");
    return value;
}

} // namespace

Error toError(const QSqlError& error, const QString& file)
{
    const QString project = quotedName(QFileInfo(file).absolutePath());
    const QString said = error.databaseText().isEmpty() ? error.driverText() : error.databaseText();
    const int code = error.nativeErrorCode().toInt() & 0xff;
    if (code == kFull || ((code == kIoError || code == kCannotOpen) && storageIsFull(file)))
        return {
            QStringLiteral("disk-full"),
            QCoreApplication::translate("goodsight::Dataset", "The disk that holds the project %1 is full.")
                .arg(project),
            QCoreApplication::translate("goodsight::Dataset",
                                        "Free some space and try again; everything saved before is safe.")};
    if (code == kReadOnly)
        return {QStringLiteral("read-only"),
                QCoreApplication::translate("goodsight::Dataset", "The project %1 cannot be written to.")
                    .arg(project),
                QCoreApplication::translate(
                    "goodsight::Dataset",
                    "Copy the project to a folder of your own, or open it for reading only.")};
    if (code == kCorrupt || code == kNotADatabase)
        return {QStringLiteral("bad-project"),
                QCoreApplication::translate(
                    "goodsight::Dataset", "The database of the project %1 is damaged or not a database (%2).")
                    .arg(project, said),
                QCoreApplication::translate(
                    "goodsight::Dataset",
                    "Restore project.sqlite from a backup; the photos in its images folder are untouched.")};
    if (code == kBusy || code == kLocked)
        return {QStringLiteral("busy"),
                QCoreApplication::translate("goodsight::Dataset",
                                            "Another program keeps the database of the project %1 busy.")
                    .arg(project),
                QCoreApplication::translate("goodsight::Dataset", "Close that program and try again.")};
    if (code == kIoError || code == kCannotOpen)
        return {
            QStringLiteral("io-error"),
            QCoreApplication::translate("goodsight::Dataset",
                                        "The database of the project %1 cannot be read or written (%2).")
                .arg(project, said),
            QCoreApplication::translate("goodsight::Dataset",
                                        "Check that the disk is connected and that you may use the folder.")};
    return {QStringLiteral("internal"),
            QCoreApplication::translate("goodsight::Dataset", "The database of the project %1 answered: %2")
                .arg(project, said),
            {}};
}

Connection::Connection(QString name, QString file)
    : m_name(std::move(name))
    , m_file(std::move(file))
{}

Result<std::unique_ptr<Connection>> Connection::open(const QString& file, Mode mode)
{
    static std::atomic_int count{0};
    const QString name = QStringLiteral("goodsight-%1").arg(++count);
    std::unique_ptr<Connection> connection(new Connection(name, file));
    QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), name);
    QString options = QStringLiteral("QSQLITE_BUSY_TIMEOUT=10000");
    if (mode != Mode::ReadWrite)
        options += QStringLiteral(";QSQLITE_OPEN_READONLY");
    if (mode == Mode::Immutable) {
        options += QStringLiteral(";QSQLITE_OPEN_URI");
        database.setDatabaseName(
            QString::fromLatin1(QUrl::fromLocalFile(QFileInfo(file).absoluteFilePath()).toEncoded()) +
            QStringLiteral("?immutable=1"));
    } else {
        database.setDatabaseName(file);
    }
    database.setConnectOptions(options);
    if (!database.open())
        return goodsight::fail(toError(database.lastError(), file));
    return connection;
}

Connection::~Connection()
{
    // No QSqlDatabase may be alive when its name is removed.
    QSqlDatabase::database(m_name, false).close();
    QSqlDatabase::removeDatabase(m_name);
}

QSqlDatabase Connection::database() const
{
    return QSqlDatabase::database(m_name, false);
}

Session::Session(const Connection& connection)
    : m_connection(connection)
{}

bool Session::execute(QSqlQuery& query, const QString& statement, const QVariantList& values)
{
    if (!m_ok)
        return false;
    query.setForwardOnly(true);
    bool done = query.prepare(statement);
    if (done) {
        for (const QVariant& value : values)
            query.addBindValue(bindable(value));
        done = query.exec();
    }
    if (!done)
        reject(toError(query.lastError(), m_connection.file()));
    return done;
}

bool Session::run(const QString& statement, const QVariantList& values)
{
    QSqlQuery query(m_connection.database());
    if (!execute(query, statement, values))
        return false;
    m_changes = query.numRowsAffected();
    return true;
}

qint64 Session::insert(const QString& statement, const QVariantList& values)
{
    QSqlQuery query(m_connection.database());
    if (!execute(query, statement, values))
        return 0;
    m_changes = query.numRowsAffected();
    return query.lastInsertId().toLongLong();
}

QVariant Session::value(const QString& statement, const QVariantList& values)
{
    QVariant first;
    QSqlQuery query(m_connection.database());
    if (!execute(query, statement, values))
        return first;
    if (query.next())
        first = query.value(0);
    else if (query.lastError().isValid())
        reject(toError(query.lastError(), m_connection.file()));
    return first;
}

void Session::each(const QString& statement, const QVariantList& values,
                   const std::function<void(const QSqlQuery&)>& row)
{
    QSqlQuery query(m_connection.database());
    if (!execute(query, statement, values))
        return;
    while (query.next())
        row(query);
    if (query.lastError().isValid())
        reject(toError(query.lastError(), m_connection.file()));
}

void Session::reject(Error error)
{
    if (!m_ok)
        return;
    m_ok = false;
    m_error = std::move(error);
}

Result<void> Session::result() const
{
    if (!m_ok)
        return goodsight::fail(m_error);
    return {};
}

Transaction::Transaction(const Connection& connection)
    : Session(connection)
{
    m_open = run(QStringLiteral("BEGIN IMMEDIATE"));
}

Transaction::~Transaction()
{
    rollback();
}

void Transaction::rollback()
{
    if (!m_open)
        return;
    m_open = false;
    // SQLite may have rolled back by itself (disk full); the complaint about that is no news.
    QSqlQuery(connection().database()).exec(QStringLiteral("ROLLBACK"));
}

Result<void> Transaction::commit()
{
    if (ok() && run(QStringLiteral("COMMIT")))
        m_open = false;
    rollback();
    return result();
}

} // namespace goodsight::sql
