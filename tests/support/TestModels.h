#pragma once

#include "core/model/ModelPackage.h"

/// Whole models with random weights, for tests that need the shape of a model but not its wits.
namespace goodsight::testsupport {

/// A ResNet-18 named `name` with `classes` classes ("product-0", "商品 0", "Product 0", …): weights drawn
/// from `seed`, the same on every machine, scaled so that activations stay in a sensible range. No golden
/// outputs.
[[nodiscard]] ModelPackage randomModel(int classes, quint32 seed = 1,
                                       const QString& name = QStringLiteral("random"));

/// Saves randomModel() as F16 to `path`; the test fails where that fails.
void writeRandomModel(const QString& path, int classes, quint32 seed = 1);

} // namespace goodsight::testsupport
