#pragma once

#include "core/dataset/Split.h"
#include "core/model/ModelPackage.h"

#include <vector>

namespace goodsight {

/// A labelled photo that a model learns from or is measured on.
struct TrainingPhoto {
    QString sha256; ///< of its bytes
    QString file;   ///< absolute path
    int label = 0;  ///< index of TrainingSet::classes
    Part part = Part::Train;
};

/// What a run learns from: a snapshot, so that edits made meanwhile do not reach it.
struct TrainingSet {
    QList<ModelClass> classes;
    std::vector<TrainingPhoto> photos;

    /// sha256 (hex) of the photos' hashes, class ids and parts, whatever their order and wherever the files
    /// lie: what a model's manifest names as the data that it was trained on.
    [[nodiscard]] QString fingerprint() const;
};

/// Takes some of the photos for val (splitStratified() by its defaults) where none of them is. Of a project,
/// for this run only: SplitJob gives its photos parts that stay.
void takeVal(TrainingSet& set);

} // namespace goodsight
