#pragma once

#include "core/base/Result.h"

namespace goodsight {

/// The package file of the installed model `name`; the shipped one when `name` is not installed any more.
/// Error "model-missing" when there is none at all.
[[nodiscard]] Result<QString> modelFile(const QString& name);

} // namespace goodsight
