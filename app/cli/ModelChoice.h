#pragma once

#include "core/base/Result.h"

#include <QString>

namespace goodsight::cli {

/// The ModelPackage file that `--model NAME|FILE` means: a file when the word is the path of one, otherwise
/// an installed or shipped model of that name. An empty word means the model in use. Error "no-such-model".
[[nodiscard]] Result<QString> modelFile(const QString& nameOrFile);

} // namespace goodsight::cli
