#pragma once

#include <QString>

namespace goodsight::cli {

/// `model quantize NAME --calibration FOLDER`: finds 8-bit scales for an installed model on the photos of
/// `folder`, checks them, and writes them into its file. Returns the exit status.
int quantizeModel(const QString& name, const QString& folder, bool json);

} // namespace goodsight::cli
