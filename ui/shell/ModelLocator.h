#pragma once

#include "core/inference/RecognitionService.h"

#include <optional>

namespace goodsight {

/// The model file that the window loads.
struct LocatedModel {
    QString path;
    /// Why it is not the one that was asked for.
    std::optional<Error> instead;
};

/// The package file of the installed model `name`, or the shipped one with a word on why. Error
/// "model-missing" when there is none at all.
[[nodiscard]] Result<LocatedModel> locateModel(const QString& name);

/// Opens what locateModel() found, for RecognitionService. With an empty modelFile, which stands for nothing
/// found, "model-missing": photos are told why they get no answer. Any thread.
[[nodiscard]] Result<std::unique_ptr<Recognizer>> openLocated(const RecognitionConfig& config);

} // namespace goodsight
