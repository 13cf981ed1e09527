#pragma once

#include <QStringList>

namespace goodsight::cli {

inline constexpr const char* kPredictUsage =
    "predict PATH… [--project DIR] [--json] [--top N] [--model "
    "NAME|FILE] [--backend auto|torch|onednn-fp32|onednn-int8] "
    "[--exact] [--logits] [--one-by-one] [--tta off|always|auto] [--threads N]";

/// Recognises photos and folders, and with --project all photos of a project, whose embeddings are kept there
/// so that the next time needs no photo; one line (JSON) or block (for a person) each, as it finishes.
/// Returns an ExitStatus.
int predict(const QStringList& arguments);

} // namespace goodsight::cli
