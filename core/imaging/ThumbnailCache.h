#pragma once

#include <QImage>
#include <QString>

namespace goodsight {

/// Thumbnails on disk: JPEG files below one folder, named by a hash of the photo's path, its modification
/// time, its size and the thumbnail's side, so a photo that changed is never shown as it was.
///
/// Any thread, any number of threads and processes at once: a thumbnail is written to a temporary name and
/// renamed. Everything here may be deleted at any time.
class ThumbnailCache {
public:
    /// `dir` is created when the first thumbnail is stored.
    explicit ThumbnailCache(QString dir = defaultDir());

    /// `<paths::cacheDir()>/thumbnails`
    [[nodiscard]] static QString defaultDir();

    /// The stored thumbnail of `path` within side x side, or a null image.
    [[nodiscard]] QImage find(const QString& path, int side) const;
    /// Keeps `thumbnail`. Failures are silent: a cache that cannot be written is only slower.
    void store(const QString& path, int side, const QImage& thumbnail) const;
    /// Deletes the oldest thumbnails until the rest takes `maxBytes` at most.
    void prune(qint64 maxBytes) const;

private:
    [[nodiscard]] QString fileFor(const QString& path, int side) const;

    QString m_dir;
};

} // namespace goodsight
