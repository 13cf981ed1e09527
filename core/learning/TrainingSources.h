#pragma once

#include "core/dataset/DatasetStore.h"
#include "core/learning/TrainingSet.h"

#include <functional>

namespace goodsight {

/// Every labelled photo of a project, its classes the labels that have photos. A photo's part is the one that
/// the project gives it; where it gives none, every 8th photo of a label (in the order of their hashes) is
/// val. Errors: the store's.
[[nodiscard]] Result<TrainingSet> projectTrainingSet(const DatasetStore& store);

/// Photos of folders whose last folder's name is the label: an id or name of the built-in products, else a
/// product of its own. `val` may be empty; then every 8th photo is val as above. `failed` hears of photos
/// that cannot be read, and of val photos whose label `train` lacks; they are left out. Errors: photosIn()'s.
[[nodiscard]] Result<TrainingSet>
folderTrainingSet(const QString& train, const QString& val,
                  const std::function<void(const QString& file, const Error& error)>& failed);

} // namespace goodsight
