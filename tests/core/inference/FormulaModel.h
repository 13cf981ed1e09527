#pragma once

#include "core/model/ModelPackage.h"

#include <QImage>

namespace goodsight::testsupport {

/// The ResNet-18 of tests/reference/resnet18_logits.py: 40 classes ("product-0", "商品0", "Product 0", …),
/// every weight from an integer formula. No golden outputs. Its logits are in
/// tests/core/torch/resnet18_logits.json.
[[nodiscard]] ModelPackage formulaModel();

/// The pictures of the same script.
[[nodiscard]] QImage formulaPhoto(int width, int height);

} // namespace goodsight::testsupport
