#pragma once

#include "core/model/ModelPackage.h"

/// The JSON manifest of a ModelPackage.
namespace goodsight::modelmanifest {

/// Fills everything of `package` but weights and fingerprint from `json`. `path` is for messages. Errors:
/// "bad-model" (says which field makes no sense), "newer-version", "wrong-architecture".
[[nodiscard]] Result<void> read(const QByteArray& json, const QString& path, ModelPackage& package);

/// `package.manifest` with every field of `package` written over it.
[[nodiscard]] QJsonObject write(const ModelPackage& package);

} // namespace goodsight::modelmanifest
