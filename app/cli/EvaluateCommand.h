#pragma once

#include <QStringList>

namespace goodsight::cli {

inline constexpr const char* kEvaluateUsage =
    "evaluate [--model NAME|FILE] (FOLDER|--project DIR [--split train|val|test]) [--json] [--backend NAME] "
    "[--threads N] [--exact] [--tta off|auto|always] [--prior FILE|project]";

/// Scores a model on a folder whose last folders' names are the labels (id, English or Chinese name), or on
/// the labelled photos of a project, whose embeddings are used where they are kept. With --json one line of
/// figures, after an error line for each photo that could not be scored, those of a product that the model
/// lacks among them. Returns an ExitStatus.
///
/// With --tta or --prior the figures are those of answers with them, and "effect" has both sides: "before",
/// "after" (top1, top3, ece, nll), with --tta how many photos got "more_views" and the mean "ms" of a photo
/// and what the views add to it. --prior project learns from the answers of persons to other photos than the
/// scored ones; a table (FILE) speaks only where a project knows what was answered just before.
int evaluate(const QStringList& arguments);

} // namespace goodsight::cli
