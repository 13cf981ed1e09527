#pragma once

#include "core/inference/Backend.h"

#include <QByteArray>

#include <memory>

namespace goodsight {

/// TorchApi::makeTorchScript().
[[nodiscard]] Result<QByteArray> makeTorchScript(const ModelPackage& package, const QByteArray& notes);

/// TorchApi::loadTorchScript().
[[nodiscard]] Result<std::unique_ptr<Backend>> loadTorchScript(const QByteArray& file);

} // namespace goodsight
