#pragma once

#include "core/inference/PhotoFiles.h"
#include "core/learning/TrainingSet.h"

#include <functional>

namespace goodsight {

/// Photos of folders whose last folder's name is the label: an id or name of the built-in products, else a
/// product of its own. `val` may be empty; then splitStratified() takes some of the others. `failed` hears of
/// photos that cannot be read, and of val photos whose label `train` lacks; they are left out. `goOn` may be
/// empty; it is asked with the photos found or read so far. Errors: photosIn()'s.
[[nodiscard]] Result<TrainingSet>
folderTrainingSet(const QString& train, const QString& val,
                  const std::function<void(const QString& file, const Error& error)>& failed,
                  const WalkControl& goOn = {});

} // namespace goodsight
