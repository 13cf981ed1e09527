#pragma once

#include "core/base/Error.h"

namespace goodsight::cli {

/// "bad-project": what every command says where `dir` holds no project.
[[nodiscard]] Error noProject(const QString& dir);

/// A file of the project in `root` (as DatasetStore::dir() has it), below the folder as it was given; another
/// file as it is.
[[nodiscard]] QString asGiven(const QString& file, const QString& root, const QString& project);

} // namespace goodsight::cli
