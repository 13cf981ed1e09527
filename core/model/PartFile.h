#pragma once

#include "core/base/Result.h"

#include <QFile>
#include <QLockFile>

namespace goodsight {

/// A download that may take several tries: NAME.part beside NAME.part.json, which says what the server called
/// that version of the file, and a lock that keeps a second program from writing the same file.
class PartFile {
public:
    PartFile(const QString& folder, const QString& name);

    /// Takes the lock and opens what is there. Errors: "busy", "unwritable".
    [[nodiscard]] Result<void> open();
    /// Bytes that are there and belong to validator().
    [[nodiscard]] qint64 size() const { return m_file.size(); }
    /// The server's word for the version of these bytes (ETag or Last-Modified); empty: they cannot be
    /// continued.
    [[nodiscard]] QByteArray validator() const { return m_validator; }

    /// Throws away what is there and starts a file of this version. Errors: "unwritable", "disk-full".
    [[nodiscard]] Result<void> restart(const QByteArray& validator);
    /// Adds bytes at the end. Errors: "unwritable", "disk-full".
    [[nodiscard]] Result<void> append(const QByteArray& bytes);
    /// sha256 (hex) of what is there. Error "unreadable".
    [[nodiscard]] Result<QByteArray> sha256();
    /// sha256 (hex) of NAME itself when a whole download is there already. Errors: "not-found", "unreadable".
    [[nodiscard]] Result<QByteArray> finished() const;
    /// Where finish() puts the file.
    [[nodiscard]] QString path() const { return m_path; }
    /// Renames NAME.part to NAME, over an older one, and gives its path. Error "unwritable".
    [[nodiscard]] Result<QString> finish();
    /// Deletes everything.
    void discard();

private:
    QString m_path;
    QFile m_file;
    QFile m_notes;
    QLockFile m_lock;
    QByteArray m_validator;
};

} // namespace goodsight
