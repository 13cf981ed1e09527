#pragma once

#include "core/dataset/ModelRecord.h"
#include "core/model/ModelLibrary.h"

#include <optional>

namespace goodsight {

/// The installed model with these weights, by preference the one with that name; nothing where there is none.
/// Looks at the disk.
[[nodiscard]] std::optional<InstalledModel> findInstalled(const ModelRef& model);

/// What a person calls a model, in the interface's language.
[[nodiscard]] QString titleOf(const InstalledModel& model);

} // namespace goodsight
