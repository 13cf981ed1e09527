#pragma once

#include "core/base/Result.h"

#include <QByteArray>
#include <QString>

namespace goodsight {

/// Largest photo file that a project takes, bytes.
inline constexpr qint64 kLargestPhotoFile = 1024LL * 1024 * 1024;

/// Lower-case suffix for a photo's file in the project: letters and digits of `suffix`, "bin" where none are
/// left.
[[nodiscard]] QString safeSuffix(const QString& suffix);

/// SHA-256 in lower-case hexadecimal.
[[nodiscard]] QString sha256Of(const QByteArray& bytes);

/// Flushes a folder to the disk: a new or renamed file is only certain to be found after a power cut once its
/// folder is flushed too. Windows has no such call and needs none: NTFS journals names.
void flushFolder(const QString& folder);

/// Reads a whole photo file. Errors: "not-found", "unreadable", "empty-file", "too-large".
[[nodiscard]] Result<QByteArray> readPhotoFile(const QString& path);

/// The photos of a project by content hash, `images/ab/<sha256>.<suffix>`. Any thread.
class PhotoFiles {
public:
    explicit PhotoFiles(QString projectDir);

    /// Absolute path of the photo, whether it is there or not.
    [[nodiscard]] QString path(const QString& sha256, const QString& suffix) const;

    /// Puts the bytes there: under a temporary name in the same folder, flushed to the disk, renamed, the
    /// folder flushed; so a file under its final name is whole. A file that is there with the same bytes
    /// is kept; a damaged one is replaced. Gives true when a file was written. Errors: "disk-full",
    /// "read-only", "io-error".
    [[nodiscard]] Result<bool> store(const QString& sha256, const QString& suffix,
                                     const QByteArray& bytes) const;

    /// Deletes the photo; a missing one is fine.
    void remove(const QString& sha256, const QString& suffix) const;

    /// Deletes what a killed program may have left: temporary names below images/. Gives their number.
    int removeLeftovers() const;

private:
    QString m_root;
};

} // namespace goodsight
