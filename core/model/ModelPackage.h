#pragma once

#include "core/base/Result.h"
#include "core/imaging/Preprocess.h"
#include "core/model/Int8Scales.h"
#include "core/model/Tensor.h"

#include <QJsonObject>
#include <QList>

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace goodsight {

/// One product that a model knows, in the order of its logits.
struct ModelClass {
    QString id;
    QString zh;
    QString en;
};

/// Golden inputs and outputs that a backend must reproduce. A package may have none: then `seeds` is empty.
struct GoldenOutputs {
    QString pattern = QStringLiteral("waves-1"); ///< generator of the inputs
    std::vector<quint32> seeds;                  ///< one input for each
    std::vector<std::vector<float>> logits;      ///< seeds x classes, before temperature
    /// seeds x kEmbeddingHead: the first numbers of each embedding. Empty when the package has none.
    std::vector<std::vector<float>> embeddingHead;
    float tolerance = 0.01F; ///< largest absolute difference of a logit

    static constexpr std::size_t kEmbeddingHead = 8;
};

/// A model as it lies on disk: one safetensors file whose metadata carries the manifest.
struct ModelPackage {
    QString name;
    QString titleZh;
    QString titleEn;
    QString architecture; ///< "resnet18-folded": ResNet-18 with batch norm folded into each convolution
    QList<ModelClass> classes;
    PreprocessSpec preprocessing;
    double temperature = 1.0;
    QString licence;
    /// sha256 (hex) of the weights as stored: every tensor's bytes in the order of the names. Not of the
    /// manifest.
    QString fingerprint;
    /// The same of the weights without fc: what embeddings depend on. As recorded by save(), or found by
    /// load().
    QString backbone;
    GoldenOutputs golden;
    std::optional<Int8Scales> int8; ///< what 8-bit integers need; absent until made and checked
    QJsonObject manifest;           ///< everything, as read; save() keeps what it does not know
    /// Tensors by torchvision's names ("conv1.weight", "conv1.bias", …, "fc.bias"), batch norm folded: those
    /// of resnet18::kConvolutions and fc, every shape checked, every number finite.
    std::map<std::string, Tensor> weights;

    /// Key of the manifest (JSON) and of the fingerprint in the safetensors file's `__metadata__`.
    static constexpr QLatin1String kManifestKey{"goodsight.manifest"};
    static constexpr QLatin1String kFingerprintKey{"goodsight.fingerprint"};
    static constexpr QLatin1String kBackboneKey{"goodsight.backbone"};
    /// The manifest's "format" that this version writes; a larger one is refused with "newer-version".
    static constexpr int kFormat = 1;

    /// Reads a package. Any thread. Errors: "not-found", "unreadable", "truncated", "bad-model" (no manifest,
    /// one that contradicts itself or the weights, weights that do not match the recorded fingerprint or are
    /// not finite), "wrong-architecture", "newer-version".
    [[nodiscard]] static Result<ModelPackage> load(const QString& path);
    /// Reads only the manifest and the names and shapes: quick, whatever the size of the weights. `weights`
    /// stays empty, and `fingerprint` is the recorded one (empty where none is). Errors as load().
    [[nodiscard]] static Result<ModelPackage> loadManifest(const QString& path);
    /// Writes to a temporary name and renames; weights as F16 when `half`, else F32. Records the fingerprint
    /// of what it wrote. Errors: "bad-model" (what load() would refuse), "disk-full", "unwritable".
    [[nodiscard]] Result<void> save(const QString& path, bool half) const;
};

/// The input of the golden pattern "waves-1": 3 x 224 x 224 bytes, channels first, made by integer arithmetic
/// only, so that every machine and every language makes the same. tests/reference/golden_pattern.py is its
/// twin.
[[nodiscard]] std::vector<quint8> goldenPattern(quint32 seed);

} // namespace goodsight
