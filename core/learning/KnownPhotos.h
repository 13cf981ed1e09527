#pragma once

#include "core/learning/Fusion.h"
#include "core/model/ModelPackage.h"

#include <QStringList>

namespace goodsight {

/// What a model has learnt from, as embeddings, and how its head and prototypes are to be weighed: one small
/// safetensors file beside the package (ModelLibrary::embeddingsFile()). Numbers only; no photo can be made
/// of them. A value.
///
/// The embeddings are those of the float32 engine and serve the answers of every engine on the same backbone:
/// a metric and prototypes are statistics over many photos, and the 8-bit engine's embeddings point where
/// float32's do (cosine 0.9999 on average and 0.9996 at worst over the 296 val photos of the shipped model,
/// tests/bench/InstantBench.cpp), so that one file is enough.
struct KnownPhotos {
    /// Photos by class (an index of `classes`), those of a class together.
    struct Part {
        std::vector<float> embeddings; ///< photos x kWidth, row-major
        std::vector<int> labels;

        [[nodiscard]] LabelledEmbeddings view() const { return {embeddings, labels}; }
    };

    static constexpr int kWidth = 512;
    static constexpr int kFormat = 2;

    QString key;         ///< keyOf() of the model
    QStringList classes; ///< label ids
    Part train;
    Part val;
    FusionWeights weights;

    /// What the embeddings depend on: embeddingKey() with the float32 engine.
    [[nodiscard]] static QString keyOf(const ModelPackage& model);

    /// Weights found by rehearsing with the photos (chooseFusion()): `headLogits`, val photos x classes,
    /// are those of a head that learnt the train photos, over its temperature. `weights` where there
    /// are too few products to rehearse with. A few seconds. Errors: rehearse()'s.
    [[nodiscard]] Result<FusionWeights>
    rehearsedWeights(std::span<const float> headLogits,
                     const std::function<bool()>& stopRequested = {}) const;
    /// Takes them as `weights`.
    [[nodiscard]] Result<void> rehearseWeights(std::span<const float> headLogits);

    /// Writes to a temporary name and renames; numbers as F16. The photos must be sorted by their labels.
    /// Errors: writeSafetensors()'s.
    [[nodiscard]] Result<void> save(const QString& file) const;
    /// Any thread. Errors: SafetensorsFile's, "bad-model" (no such file, or one that contradicts itself),
    /// "newer-version", "another-model" (not of the backbone of `model`).
    [[nodiscard]] static Result<KnownPhotos> load(const QString& file, const ModelPackage& model);
};

} // namespace goodsight
