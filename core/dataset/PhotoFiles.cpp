#include "core/dataset/PhotoFiles.h"

#include "core/base/OrdinaryFile.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QSaveFile>
#include <QStorageInfo>

#ifdef Q_OS_UNIX
#include <fcntl.h>
#include <unistd.h>
#endif

namespace goodsight {

namespace {

/// Room that a full disk may still show: what one more folder or journal page would take.
constexpr qint64 kSlack = 256 * 1024;

Error writeError(const QString& file, const QString& said, qint64 wanted)
{
    const QFileInfo folder(QFileInfo(file).absolutePath());
    const QStorageInfo storage(folder.absoluteFilePath());
    const QString name = quotedName(file);
    if (storage.isValid() && storage.isReady() && storage.isReadOnly())
        return {QStringLiteral("read-only"),
                QCoreApplication::translate("goodsight::Dataset",
                                            "The photo %1 cannot be saved: the disk is read-only.")
                    .arg(name),
                QCoreApplication::translate(
                    "goodsight::Dataset",
                    "Copy the project to a folder of your own, or open it for reading only.")};
    if (storage.isValid() && storage.bytesAvailable() >= 0 && storage.bytesAvailable() < wanted + kSlack &&
        folder.isWritable())
        return {QStringLiteral("disk-full"),
                QCoreApplication::translate("goodsight::Dataset",
                                            "The photo %1 cannot be saved: the disk is full.")
                    .arg(name),
                QCoreApplication::translate(
                    "goodsight::Dataset", "Free some space and try again; everything saved before is safe.")};
    return {QStringLiteral("io-error"),
            QCoreApplication::translate("goodsight::Dataset", "The photo %1 cannot be saved (%2).")
                .arg(name, said),
            QCoreApplication::translate("goodsight::Dataset",
                                        "Check that the disk is connected and that you may use the folder.")};
}

/// Whether the file holds these very bytes. One that was damaged keeps its size.
bool holds(const QString& path, const QString& sha256, qint64 size)
{
    QFile file(path);
    if (!QFileInfo(path).isFile() || file.size() != size || !file.open(QIODevice::ReadOnly))
        return false;
    QCryptographicHash hash(QCryptographicHash::Sha256);
    return hash.addData(&file) && QString::fromLatin1(hash.result().toHex()) == sha256;
}

} // namespace

void flushFolder(const QString& folder)
{
#ifdef Q_OS_UNIX
    const int handle = ::open(QFile::encodeName(folder).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (handle >= 0) {
        ::fsync(handle);
        ::close(handle);
    }
#else
    Q_UNUSED(folder);
#endif
}

QString safeSuffix(const QString& suffix)
{
    static const QRegularExpression others(QStringLiteral("[^a-z0-9]"));
    const QString safe = suffix.toLower().remove(others).left(8);
    return safe.isEmpty() ? QStringLiteral("bin") : safe;
}

QString sha256Of(const QByteArray& bytes)
{
    return QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
}

Result<QByteArray> readPhotoFile(const QString& path)
{
    const QString name = quotedName(path);
    if (!QFileInfo::exists(path))
        return fail("not-found",
                    QCoreApplication::translate("goodsight::Dataset", "The photo %1 is not there.").arg(name),
                    QCoreApplication::translate("goodsight::Dataset", "It may have been moved or deleted."));
    OrdinaryFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fail("unreadable",
                    QCoreApplication::translate("goodsight::Dataset", "The photo %1 cannot be read (%2).")
                        .arg(name, file.errorString()),
                    QCoreApplication::translate("goodsight::Dataset", "Check that you may open the file."));
    if (file.size() > kLargestPhotoFile)
        return fail(
            "too-large",
            QCoreApplication::translate("goodsight::Dataset", "The photo %1 is larger than 1 GB.").arg(name),
            QCoreApplication::translate("goodsight::Dataset", "Save it in a smaller size first."));
    const QByteArray bytes = file.read(file.size()); // one that grows meanwhile has no end
    if (file.error() != QFileDevice::NoError)
        return fail("unreadable",
                    QCoreApplication::translate("goodsight::Dataset", "The photo %1 cannot be read (%2).")
                        .arg(name, file.errorString()),
                    QCoreApplication::translate("goodsight::Dataset", "Check that you may open the file."));
    if (bytes.isEmpty())
        return fail("empty-file",
                    QCoreApplication::translate("goodsight::Dataset", "The photo %1 is empty.").arg(name),
                    QCoreApplication::translate("goodsight::Dataset", "Take or copy the photo again."));
    return bytes;
}

PhotoFiles::PhotoFiles(QString projectDir)
    : m_root(std::move(projectDir) + QStringLiteral("/images"))
{}

QString PhotoFiles::path(const QString& sha256, const QString& suffix) const
{
    return m_root + u'/' + sha256.left(2) + u'/' + sha256 + u'.' + suffix;
}

Result<bool> PhotoFiles::store(const QString& sha256, const QString& suffix, const QByteArray& bytes) const
{
    const QString target = path(sha256, suffix);
    if (holds(target, sha256, bytes.size()))
        return false;
    const QString folder = QFileInfo(target).absolutePath();
    if (!QFileInfo(folder).isDir()) {
        if (!QDir().mkpath(folder))
            return fail(writeError(m_root, QCoreApplication::translate("goodsight::Dataset", "no folder"),
                                   bytes.size()));
        flushFolder(m_root);
        flushFolder(QFileInfo(m_root).absolutePath()); // images/ itself may have been missing
    }
    QSaveFile file(target);
    // commit() flushes the temporary file before it renames.
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit()) {
        const QString said = file.errorString();
        file.cancelWriting();
        return fail(writeError(target, said, bytes.size()));
    }
    flushFolder(folder);
    return true;
}

void PhotoFiles::remove(const QString& sha256, const QString& suffix) const
{
    QFile::remove(path(sha256, suffix));
}

int PhotoFiles::removeLeftovers() const
{
    // A final name has one dot; QSaveFile adds another and six characters.
    static const QRegularExpression temporary(QStringLiteral("^[0-9a-f]{64}\\.[a-z0-9]+\\.[A-Za-z0-9]{6}$"));
    int removed = 0;
    QDirIterator files(m_root, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        files.next();
        if (temporary.match(files.fileName()).hasMatch() && QFile::remove(files.filePath()))
            ++removed;
    }
    return removed;
}

} // namespace goodsight
