#pragma once

#include "core/base/Result.h"

#include <QList>
#include <QString>

namespace goodsight {

/// One photo that an import is going to bring, before it is opened.
struct ImportCandidate {
    QString file;      ///< as given, a folder's joined to it
    QString labelName; ///< id, Chinese or English name; empty: unseen
};

/// Formats that can be imported, by the words of the command line; the one list to add to. "auto" is not
/// among them: it picks one.
[[nodiscard]] QStringList importFormats();

/// Formats of the command line's contract, whether they can be imported and exported yet or not.
[[nodiscard]] QStringList knownFormats();

/// What is at `path` (a photo or a folder), in an order that does not depend on the file system. Walks
/// folders only, opens no photo. `format` is "auto" or one of importFormats(). Errors: "not-found",
/// "not-supported-yet", "unknown-format", "no-photos".
[[nodiscard]] Result<QList<ImportCandidate>> listImport(const QString& path, const QString& format);

/// Photos below a folder: the last folder's name is the label, photos that lie in `path` itself have none.
/// Hidden files and links to folders are passed by.
[[nodiscard]] QList<ImportCandidate> listImageFolder(const QString& path);

/// "not-supported-yet" or "unknown-format", for a format that cannot be used.
[[nodiscard]] Error formatError(const QString& format);

} // namespace goodsight
