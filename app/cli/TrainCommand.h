#pragma once

#include <QStringList>

namespace goodsight::cli {

inline constexpr const char* kTrainUsage =
    "train (--project DIR | --folder TRAIN [--val VAL] | --resume DIR) [--preset quick|thorough|classic] "
    "[--plan FILE] [--start NAME|FILE] [--name N] [--teacher FILE] [--work DIR] [--threads N] [--seed N] "
    "[--write-views DIR [--view-side N]] [--json], or train [--preset NAME|--plan FILE] --show-plan";

/// Trains a model on a project's labelled photos, or on folders whose last folder's name is the label, and
/// installs it. One JSON line an epoch (EpochReport::toJson()), one {"file", "error"} for each photo that is
/// passed over, and at the end {"model", "file", "fingerprint", "photos", "failed", "seconds", "val"}, or
/// {"entry", "error"} with the project or folder as the entry. --show-plan prints the plan as a line of JSON,
/// for a --plan of one's own, and trains nothing. SIGINT stops it; `--resume DIR` goes on from the folder of
/// a run that was stopped or killed. `--write-views` trains nothing: it writes the plan's views for a
/// teacher.
[[nodiscard]] int train(const QStringList& arguments);

} // namespace goodsight::cli
