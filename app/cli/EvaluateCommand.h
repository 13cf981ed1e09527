#pragma once

#include <QStringList>

namespace goodsight::cli {

inline constexpr const char* kEvaluateUsage =
    "evaluate [--model NAME|FILE] FOLDER [--json] [--backend NAME] [--threads N] [--exact]";

/// Scores a model on a folder whose last folders' names are the labels (id, English or Chinese name). With
/// --json one line of figures, after an error line for each photo that could not be scored. Returns an
/// ExitStatus.
int evaluate(const QStringList& arguments);

} // namespace goodsight::cli
