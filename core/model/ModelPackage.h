#pragma once

#include "core/base/Result.h"
#include "core/imaging/Preprocess.h"

#include <QJsonObject>
#include <QList>

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace goodsight {

/// One product that a model knows, in the order of its logits.
struct ModelClass {
    QString id;
    QString zh;
    QString en;
};

/// A dense float32 tensor, row-major.
struct Tensor {
    std::vector<int64_t> shape;
    std::vector<float> values;
};

/// Golden inputs and outputs that a backend must reproduce.
struct GoldenOutputs {
    QString pattern = QStringLiteral("waves-1"); ///< generator of the inputs
    std::vector<quint32> seeds;                  ///< one input for each
    std::vector<std::vector<float>> logits;      ///< seeds x classes, before temperature
    float tolerance = 0.01F;                     ///< largest absolute difference of a logit
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
    QString fingerprint; ///< sha256 (hex) of the weights, not of the manifest
    GoldenOutputs golden;
    QJsonObject manifest; ///< everything, as read
    /// Tensors by torchvision's names ("conv1.weight", "conv1.bias", …, "fc.bias"), batch norm folded.
    std::map<std::string, Tensor> weights;

    /// Reads a package. Errors: "not-found", "unreadable", "truncated", "bad-model", "wrong-architecture".
    [[nodiscard]] static Result<ModelPackage> load(const QString& path);
    /// Reads only the manifest: quick, whatever the size of the weights. `weights` stays empty.
    [[nodiscard]] static Result<ModelPackage> loadManifest(const QString& path);
    /// Writes to a temporary name and renames; weights as F16 when `half`, else F32.
    [[nodiscard]] Result<void> save(const QString& path, bool half) const;
};

/// The input of a golden pattern, 3 x 224 x 224 bytes, channels first, made by integer arithmetic only.
[[nodiscard]] std::vector<quint8> goldenPattern(quint32 seed);

} // namespace goodsight
