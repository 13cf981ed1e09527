#pragma once

#include "core/inference/ModelExport.h"

namespace goodsight::cli {

/// `model export NAME --format F OUT`: writes an installed model for other programs, with OUT.json beside it,
/// and prints what was written and how far its answers are from the model's. Returns the exit status.
int exportModel(const QString& name, ExportFormat format, const QString& out, bool json);

} // namespace goodsight::cli
