#include "core/dataset/Database.h"

#include "core/dataset/Migrations.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>

namespace goodsight::database {

namespace {

Error noProject(const QString& projectDir)
{
    return {QStringLiteral("bad-project"),
            QCoreApplication::translate("goodsight::Dataset", "%1 is not a Goodsight project.")
                .arg(quotedName(projectDir)),
            QCoreApplication::translate(
                "goodsight::Dataset", "Choose a folder that holds a project.sqlite, or make a new project.")};
}

Result<void> refuse(FileKind kind, const QString& projectDir)
{
    if (kind == FileKind::Foreign)
        return fail(
            "bad-project",
            QCoreApplication::translate(
                "goodsight::Dataset",
                "The project.sqlite in %1 is a database of another program; it was left as it is.")
                .arg(quotedName(projectDir)),
            QCoreApplication::translate("goodsight::Dataset", "Choose another folder for the project."));
    if (kind == FileKind::Newer)
        return fail("newer-version",
                    QCoreApplication::translate("goodsight::Dataset",
                                                "The project %1 was made by a newer version of Goodsight.")
                        .arg(quotedName(projectDir)),
                    QCoreApplication::translate("goodsight::Dataset",
                                                "Install the newer version to open the project."));
    return {};
}

/// SQLite takes a file that is too short for its header for an empty one, and would write over it.
Result<void> refuseShortFile(const QString& projectDir)
{
    constexpr qint64 headerSize = 100;
    const QFileInfo info(file(projectDir));
    if (info.isFile() && info.size() > 0 && info.size() < headerSize)
        return fail(noProject(projectDir));
    return {};
}

Result<Reader> openCopy(const QString& projectDir)
{
    Reader reader;
    reader.frozen = true;
    reader.copy = std::make_unique<QTemporaryDir>();
    const QString target = file(reader.copy->path());
    for (const char* suffix : {"", "-wal"})
        if (!QFile::copy(file(projectDir) + QLatin1String(suffix), target + QLatin1String(suffix)))
            return fail("io-error",
                        QCoreApplication::translate("goodsight::Dataset", "The project %1 cannot be read.")
                            .arg(quotedName(projectDir)),
                        QCoreApplication::translate(
                            "goodsight::Dataset", "Copy the project to a folder of your own and open that."));
    for (const char* suffix : {"", "-wal"})
        QFile::setPermissions(target + QLatin1String(suffix),
                              QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    auto connection = sql::Connection::open(target, sql::Mode::ReadWrite);
    if (!connection)
        return fail(connection.error());
    reader.connection = std::move(*connection);
    return reader;
}

} // namespace

QString file(const QString& projectDir)
{
    return projectDir + QStringLiteral("/project.sqlite");
}

Result<std::unique_ptr<sql::Connection>> openWriter(const QString& projectDir)
{
    if (auto good = refuseShortFile(projectDir); !good)
        return fail(good.error());
    auto connection = sql::Connection::open(file(projectDir), sql::Mode::ReadWrite);
    if (!connection)
        return fail(connection.error());
    // Looked at before anything is set: a foreign file stays as it is.
    const auto kind = kindOf(**connection);
    if (!kind)
        return fail(kind.error());
    if (auto good = refuse(*kind, projectDir); !good)
        return fail(good.error());
    sql::Session session(**connection);
    // Where WAL is not to be had (some network folders) SQLite keeps its rollback journal: slower, as safe.
    static_cast<void>(session.value(QStringLiteral("PRAGMA journal_mode = WAL")));
    session.run(QStringLiteral("PRAGMA synchronous = FULL"));
    session.run(QStringLiteral("PRAGMA foreign_keys = ON"));
    session.run(QStringLiteral("PRAGMA journal_size_limit = 16777216"));
    if (!session.ok())
        return fail(session.result().error());
    if (auto done = migrate(**connection); !done)
        return fail(done.error());
    return std::move(*connection);
}

Result<Reader> openReader(const QString& projectDir)
{
    const QString path = file(projectDir);
    const QFileInfo info(path);
    if (!info.isFile() || info.size() == 0)
        return fail(noProject(projectDir));
    if (auto good = refuseShortFile(projectDir); !good)
        return fail(good.error());
    Reader reader;
    auto connection = sql::Connection::open(path, sql::Mode::ReadOnly);
    auto kind = connection ? kindOf(**connection) : Result<FileKind>(fail(connection.error()));
    if (!kind && kind.error().code != u"bad-project") {
        const QFileInfo log(path + QStringLiteral("-wal"));
        if (log.exists() && log.size() > 0) {
            auto copied = openCopy(projectDir);
            if (!copied)
                return copied;
            reader = std::move(*copied);
            kind = kindOf(*reader.connection);
        } else {
            auto frozen = sql::Connection::open(path, sql::Mode::Immutable);
            if (!frozen)
                return fail(frozen.error());
            reader.connection = std::move(*frozen);
            reader.frozen = true;
            kind = kindOf(*reader.connection);
        }
    } else if (connection) {
        reader.connection = std::move(*connection);
    }
    if (!kind)
        return fail(kind.error());
    if (*kind == FileKind::Empty)
        return fail(noProject(projectDir));
    if (auto good = refuse(*kind, projectDir); !good)
        return fail(good.error());
    sql::Session session(*reader.connection);
    const int version = session.value(QStringLiteral("PRAGMA user_version")).toInt();
    if (session.ok() && version < schemaVersion())
        return fail("older-version",
                    QCoreApplication::translate("goodsight::Dataset",
                                                "The project %1 was made by an older version of Goodsight.")
                        .arg(quotedName(projectDir)),
                    QCoreApplication::translate("goodsight::Dataset",
                                                "Open it for writing once; that brings it up to date."));
    return reader;
}

} // namespace goodsight::database
