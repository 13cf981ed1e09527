#pragma once

#include "core/model/LearntPhotos.h"
#include "core/model/ModelPackage.h"

#include <QJsonArray>

#include <set>

namespace goodsight {

/// The weights that a run starts from.
struct StartModel {
    QString name;        ///< of the package, or of the file
    QString fingerprint; ///< the package's; of another file the sha256 (hex) of its folded numbers
    QString licence;     ///< empty where the file tells none
    QJsonArray parts;    ///< the manifest's "parts": what the weights are made of, with licences
    LearntPhotos learnt; ///< what the weights have seen, as far as the manifest tells
    PreprocessSpec preprocessing;
    QList<ModelClass> classes; ///< empty where the file names none
    /// Folded, by torchvision's names, with the file's own fc.
    std::map<std::string, Tensor> weights;
    std::set<std::string> missing; ///< convolutions that the file lacks
};

/// Reads a Goodsight package, a torchvision state_dict (.pth or safetensors), or folded safetensors of which
/// convolutions of layer4 may be missing. Any thread; a second. Errors: the readers', "wrong-architecture".
[[nodiscard]] Result<StartModel> loadStart(const QString& path);

} // namespace goodsight
