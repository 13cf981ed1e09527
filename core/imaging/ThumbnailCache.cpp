#include "core/imaging/ThumbnailCache.h"

#include "core/base/Paths.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryFile>

#include <algorithm>
#include <vector>

namespace goodsight {

namespace {
constexpr int kQuality = 88;
}

ThumbnailCache::ThumbnailCache(QString dir)
    : m_dir(std::move(dir))
{}

QString ThumbnailCache::defaultDir()
{
    return paths::cacheDir() + QStringLiteral("/thumbnails");
}

QString ThumbnailCache::fileFor(const QString& path, int side) const
{
    const QFileInfo info(path);
    QCryptographicHash hash(QCryptographicHash::Sha1);
    hash.addData(info.absoluteFilePath().toUtf8());
    hash.addData(QByteArray::number(info.lastModified().toMSecsSinceEpoch()).prepend('\0'));
    hash.addData(QByteArray::number(info.size()).prepend('\0'));
    hash.addData(QByteArray::number(side).prepend('\0'));
    const QString name = QString::fromLatin1(hash.result().toHex());
    return m_dir + u'/' + name.left(2) + u'/' + name + QStringLiteral(".jpg");
}

QImage ThumbnailCache::find(const QString& path, int side) const
{
    const QString file = fileFor(path, side);
    return QFile::exists(file) ? QImage(file, "jpg") : QImage();
}

void ThumbnailCache::store(const QString& path, int side, const QImage& thumbnail) const
{
    const QString file = fileFor(path, side);
    if (QFile::exists(file))
        return;
    const QString folder = QFileInfo(file).path();
    if (!QDir().mkpath(folder))
        return;
    // Not QSaveFile: it waits for the disk, and a thumbnail that a power cut takes is made again.
    QTemporaryFile temporary(folder + QStringLiteral("/XXXXXX.part"));
    if (!temporary.open() || !thumbnail.save(&temporary, "jpg", kQuality))
        return;
    temporary.close();
    if (temporary.error() == QFileDevice::NoError && temporary.rename(file))
        temporary.setAutoRemove(false);
}

void ThumbnailCache::prune(qint64 maxBytes) const
{
    struct Entry {
        QString file;
        qint64 size;
        QDateTime modified;
    };
    std::vector<Entry> entries;
    qint64 total = 0;
    QDirIterator files(m_dir, QDir::Files | QDir::NoSymLinks, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        files.next();
        const QFileInfo info = files.fileInfo();
        entries.push_back({info.filePath(), info.size(), info.lastModified()});
        total += info.size();
    }
    std::sort(entries.begin(), entries.end(),
              [](const Entry& a, const Entry& b) { return a.modified < b.modified; });
    for (const Entry& entry : entries) {
        if (total <= maxBytes)
            break;
        if (QFile::remove(entry.file))
            total -= entry.size;
    }
}

} // namespace goodsight
