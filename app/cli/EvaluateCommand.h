#pragma once

#include <QStringList>

namespace goodsight::cli {

inline constexpr const char* kEvaluateUsage =
    "evaluate [--model NAME|FILE] (FOLDER|--project DIR [--split train|val|test]) [--json] [--backend NAME] "
    "[--threads N] [--exact]";

/// Scores a model on a folder whose last folders' names are the labels (id, English or Chinese name), or on
/// the labelled photos of a project, whose embeddings are used where they are kept. With --json one line of
/// figures, after an error line for each photo that could not be scored, those of a product that the model
/// lacks among them. Returns an ExitStatus.
int evaluate(const QStringList& arguments);

} // namespace goodsight::cli
