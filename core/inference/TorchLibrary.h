#pragma once

#include "core/base/Result.h"
#include "core/inference/TorchApi.h"

#include <QStringList>

namespace goodsight::torchlibrary {

/// LibTorch, loaded at the first call (some 150 MB and half a second) and kept until the program ends.
/// Any thread. Error "backend-unavailable" says where it was looked for and why it was not taken; a failure
/// is not remembered, so that an installation repaired meanwhile is found.
[[nodiscard]] Result<TorchApi*> load();

/// Files that load() tries, in order: GOODSIGHT_TORCH_LIBRARY alone when it is set; otherwise beside the
/// program, in ../lib and in ../lib/goodsight.
[[nodiscard]] QStringList candidates();

} // namespace goodsight::torchlibrary
