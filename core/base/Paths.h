#pragma once

#include <QString>

/// Where Goodsight keeps its things. GOODSIGHT_HOME, when set, holds everything below one folder
/// (portable use on a stick, and tests); otherwise QStandardPaths decides.
namespace goodsight::paths {

/// Folder of the user's data (models, default project). Not created by asking.
[[nodiscard]] QString dataDir();
/// Folder of what may be thrown away (thumbnails).
[[nodiscard]] QString cacheDir();
/// Settings file (INI).
[[nodiscard]] QString settingsFile();
/// `<dataDir>/default.goodsight`
[[nodiscard]] QString defaultProjectDir();
/// `<dataDir>/models`: the user's installed models.
[[nodiscard]] QString modelsDir();

/// A file shipped with the program, by its path below the repository's `resources/`, e.g.
/// "models/groceries.safetensors". Looked up beside the installed program, then in the source tree that
/// the program was built from. Empty when it is nowhere.
[[nodiscard]] QString shippedFile(const QString& relativePath);

/// `folder` and `name` with one separator between, `folder` as it was given: what a person typed is what they
/// read again. On Windows it may end with a backslash.
[[nodiscard]] QString joined(const QString& folder, const QString& name);

} // namespace goodsight::paths
