#pragma once

#include <QStringList>

namespace goodsight::cli {

inline constexpr const char* kModelUsage =
    "model list | install imagenet [--timeout S] | import FILE [--name N] [--labels FILE] | verify NAME "
    "[--backend B] | use NAME | remove NAME "
    "| quantize NAME --calibration FOLDER | embed NAME --photos FOLDER [--val FOLDER] "
    "| export NAME --format onnx|torchscript|safetensors|pth OUT   "
    "(each with [--json])";

/// `goodsight-cli model …`: the installed models. Gets the words after "model"; gives the exit status.
[[nodiscard]] int model(const QStringList& arguments);

} // namespace goodsight::cli
