#pragma once

#include "core/base/Result.h"

#include <QStringList>

namespace goodsight {

/// The photos below `folder`, told by their names' endings: sub-folders too, in sorted order (by the names'
/// code points, folder by folder), each path joined to `folder` as it was given. Hidden files are left out.
/// Links to folders are followed, but no folder is entered twice, so that a loop ends.
/// Errors: "not-found", "unreadable" (a folder that may not be listed), "no-photos". Any thread.
[[nodiscard]] Result<QStringList> photosIn(const QString& folder);

} // namespace goodsight
