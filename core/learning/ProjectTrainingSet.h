#pragma once

#include "core/dataset/DatasetStore.h"
#include "core/inference/PhotoFiles.h"
#include "core/learning/TrainingSet.h"

namespace goodsight {

/// What a project has to learn from, and what it should have but has not.
struct ProjectTrainingSet {
    TrainingSet set;
    QStringList missing; ///< files of labelled photos that are not where they should be; they are left out
};

/// A snapshot of the labelled photos of `store`, on its thread, ordered by hash. A photo that came after the
/// last split is learnt from: split first. Classes are the products that have a photo in the set, in the
/// order in which the project got to know them, so that a new product comes last. `goOn` may be empty; it is
/// asked with the photos looked for so far. Errors: the database's; "nothing-to-learn" where no labelled
/// photo is there; "cancelled".
[[nodiscard]] Result<ProjectTrainingSet> projectTrainingSet(const DatasetStore& store,
                                                            const WalkControl& goOn = {});

} // namespace goodsight
