#pragma once

#include "core/base/Result.h"

#include <QStringList>

#include <functional>

namespace goodsight {

/// Asked in every folder, with the photos found so far; false ends the walk.
using WalkControl = std::function<bool(qint64 found)>;

/// What a folder holds.
struct FoundPhotos {
    QStringList photos;
    QStringList unreadable; ///< folders below it that may not be listed
};

/// The photos below `folder`, told by their names' endings: sub-folders too, in sorted order (names compared
/// by UTF-16 code units, folder by folder), each path joined to `folder` as it was given. Hidden files are
/// left out. Links to folders are followed, but no folder is entered twice, so that a loop ends. Errors:
/// "not-found", "unreadable" (as unreadableFolder()), "no-photos", "cancelled". Any thread.
[[nodiscard]] Result<FoundPhotos> photosIn(const QString& folder, const WalkControl& goOn = {});

/// The Error of a folder that may not be listed.
[[nodiscard]] Error unreadableFolder(const QString& folder);

} // namespace goodsight
