#include "core/dataset/ProjectLock.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QFileInfo>
#include <QLocale>
#include <QLockFile>
#include <QStorageInfo>
#include <QSysInfo>

namespace goodsight {

ProjectLock::ProjectLock(std::unique_ptr<QLockFile> file, bool tookOver)
    : m_file(std::move(file))
    , m_tookOver(tookOver)
{}

ProjectLock::~ProjectLock() = default;

Result<std::unique_ptr<ProjectLock>> ProjectLock::take(const QString& projectDir)
{
    const QString path = projectDir + QStringLiteral("/project.lock");
    const bool leftBehind = QFileInfo::exists(path);
    auto file = std::make_unique<QLockFile>(path);
    // Only the death of its holder makes a lock stale; a shop keeps its window open all day.
    file->setStaleLockTime(0);
    if (file->tryLock(0))
        return std::unique_ptr<ProjectLock>(new ProjectLock(std::move(file), leftBehind));

    const QString project = quotedName(projectDir);
    if (file->error() == QLockFile::LockFailedError) {
        qint64 pid = 0;
        QString host;
        QString program;
        if (!file->getLockInfo(&pid, &host, &program)) {
            return fail("locked",
                        QCoreApplication::translate("goodsight::Dataset",
                                                    "The project %1 is being used by another program.")
                            .arg(project),
                        QCoreApplication::translate("goodsight::Dataset",
                                                    "Close it there, or open the project for reading only."));
        }
        const QDateTime since = QFileInfo(path).lastModified();
        const bool here = host == QSysInfo::machineHostName();
        return fail(
            "locked",
            QCoreApplication::translate("goodsight::Dataset",
                                        "The project %1 is being used by %2 (process %3 on %4, since %5).")
                .arg(project, program, QString::number(pid), host,
                     QLocale().toString(since, QLocale::ShortFormat)),
            here ? QCoreApplication::translate("goodsight::Dataset",
                                               "Close it there, or open the project for reading only.")
                 : QCoreApplication::translate(
                       "goodsight::Dataset",
                       "Close it there, or open the project for reading only. If that machine is off, "
                       "delete the file project.lock in the project's folder."));
    }
    const QStorageInfo storage(projectDir);
    if (file->error() == QLockFile::UnknownError && storage.isValid() && !storage.isReadOnly() &&
        storage.bytesAvailable() < 1024 * 1024)
        return fail(
            "disk-full",
            QCoreApplication::translate("goodsight::Dataset", "The disk that holds the project %1 is full.")
                .arg(project),
            QCoreApplication::translate("goodsight::Dataset",
                                        "Free some space, or open the project for reading only."));
    return fail(
        "read-only",
        QCoreApplication::translate("goodsight::Dataset", "The project %1 cannot be written to.")
            .arg(project),
        QCoreApplication::translate(
            "goodsight::Dataset", "Copy the project to a folder of your own, or open it for reading only."));
}

} // namespace goodsight
