#pragma once

#include "core/inference/OnnxFile.h"
#include "core/model/ModelPackage.h"

/// ResNet-18 as an ONNX graph.
namespace goodsight::onnxresnet18 {

/// `package`'s folded network in the standard operators Conv, Relu, MaxPool, Add, GlobalAveragePool, Flatten
/// and Gemm: "input" (batch x 3 x 224 x 224) gives "logits" (batch x classes) and "embedding" (batch x 512).
/// The tensors keep torchvision's names; the metadata is empty. `package` passes resnet18::checkRunnable().
[[nodiscard]] OnnxFile fromPackage(const ModelPackage& package);

/// The weights under torchvision's names, found by following the graph from its outputs back to its input:
/// what each operation does and reads must be what ResNet-18 has there, whatever its values are called.
/// `path` is for messages. Error "bad-model" names the place that is different.
[[nodiscard]] Result<std::map<std::string, Tensor>> weightsOf(const OnnxFile& file, const QString& path);

} // namespace goodsight::onnxresnet18
