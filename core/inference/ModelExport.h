#pragma once

#include "core/base/Job.h"

#include <QString>

#include <array>

namespace goodsight {

/// A form in which other programs take a model.
enum class ExportFormat {
    Onnx,        ///< opset 13, batch norm folded; outputs "logits" and "embedding"
    TorchScript, ///< torch.jit.load
    Safetensors, ///< torchvision's names, float32
    Pth          ///< torchvision's state_dict as torch.save writes it
};

struct ExportFormatInfo {
    ExportFormat format;
    QLatin1String name;   ///< word for scripts
    QLatin1String suffix; ///< of its files, without the dot
    QLatin1String title;  ///< what people call it, in every language
};

inline constexpr std::array<ExportFormatInfo, 4> kExportFormats{{
    {ExportFormat::Onnx, QLatin1String("onnx"), QLatin1String("onnx"), QLatin1String("ONNX")},
    {ExportFormat::TorchScript, QLatin1String("torchscript"), QLatin1String("pt"),
     QLatin1String("TorchScript")},
    {ExportFormat::Safetensors, QLatin1String("safetensors"), QLatin1String("safetensors"),
     QLatin1String("safetensors")},
    {ExportFormat::Pth, QLatin1String("pth"), QLatin1String("pth"), QLatin1String("PyTorch state_dict")},
}};

[[nodiscard]] const ExportFormatInfo& exportFormatInfo(ExportFormat format);

/// "onnx", "torchscript", "safetensors", "pth"; error "unknown-format" for other words.
[[nodiscard]] Result<ExportFormat> exportFormatFromName(const QString& name);

/// Largest absolute difference of an output of what was exported from the model's own, where the largest
/// output is at most 1; beyond that in proportion.
inline constexpr double kExportTolerance = 1e-4;

/// A model to be carried away.
struct ExportRequest {
    QString model; ///< its package file
    ExportFormat format = ExportFormat::Onnx;
    QString file; ///< where to; a file of that name is replaced
};

struct ExportedModel {
    QString file;    ///< as in the request
    QString sidecar; ///< FILE.json
    qint64 bytes = 0;
    double difference = 0; ///< largest of all outputs of the replay
};

/// Writes the model for other programs, and beside it FILE.json: the manifest (classes with ids, Chinese and
/// English, preprocessing, temperature, licence, golden outputs) with "file", "inputs" and "outputs".
///
/// Both are written under temporary names in the file's folder. The model is then read back by code that
/// shares nothing with the writer, and replayed by LibTorch on the golden inputs: against the package's
/// golden outputs within their tolerance, against the package itself within kExportTolerance. Only then are
/// the names changed; after an error or a stop nothing of this export is there, and an older file is as it
/// was.
///
/// Any thread, a few seconds. Errors: ModelPackage::load's, createBackend's, "is-a-folder", "same-file" (the
/// model itself), "unwritable", "disk-full", "export-mismatch", "cancelled".
[[nodiscard]] Result<ExportedModel> exportModel(const ExportRequest& request, Job::Control& control);

} // namespace goodsight
