#pragma once

#include "core/evaluation/Drift.h"
#include "core/evaluation/EvaluationReport.h"
#include "core/inference/Backend.h"
#include "core/labels/Label.h"

#include <QDateTime>
#include <QList>
#include <QPointF>
#include <QStringList>

#include <memory>
#include <optional>
#include <vector>

namespace goodsight {

/// The photos that a model is measured on.
enum class EvaluationData { Project, Val, Folder };

/// What a person asks for.
struct EvaluationWish {
    QString model; ///< name of an installed one
    EvaluationData data = EvaluationData::Project;
    QString folder;     ///< for Folder: below it one folder for each product
    QString projectDir; ///< for the others; empty: none is open
    BackendKind backend = BackendKind::Auto;
    int threads = 0;
    int maxMegapixels = 200;
};

/// Whether the newest photos differ from those that the model learnt from, or, where it keeps none, from
/// those before them.
struct DriftFound {
    EmbeddingDrift look;
    ShareDrift shares;
    bool fromTraining = false; ///< against what the model learnt from
};

/// A photo's place on the map.
struct MapPlace {
    QPointF at;            ///< any units
    std::size_t photo = 0; ///< index of the report's photos
};

/// What came of it: a value that pages draw. Class numbers are indices of `classes`.
struct Evaluation {
    EvaluationWish wish;
    QDateTime begun;     ///< UTC
    Label model;         ///< its titles
    QString fingerprint; ///< of its weights
    /// The model's classes, then products of the photos that it does not know.
    QList<Label> classes;
    double temperature = 1;
    EvaluationReport report;
    /// Photos of those measured that the model has learnt from; of the validation part those that were left
    /// out for it.
    qsizetype learnt = 0;
    qsizetype failed = 0;     ///< photos that could not be read
    qsizetype unlabelled = 0; ///< photos of a folder that no product is called after
    /// Places on the map, of all photos of the report or of every so many; empty where there is no map.
    QList<MapPlace> map;
    /// Nothing where there are too few photos that the model has not learnt from.
    std::optional<DriftFound> drift;
};

using EvaluationPtr = std::shared_ptr<const Evaluation>;

} // namespace goodsight
