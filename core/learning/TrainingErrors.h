#pragma once

#include "core/base/Error.h"

class QFileDevice;

namespace goodsight {

/// "disk-full" or "unwritable": `file`, called `path`, could not be written.
[[nodiscard]] Error cannotWriteTraining(const QString& path, const QFileDevice& file);

} // namespace goodsight
