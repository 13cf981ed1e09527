#pragma once

#include "core/inference/Backend.h"

#include <span>

namespace goodsight {

/// One way of running a model.
struct Engine {
    BackendKind kind;
    const char* name;
    Result<std::unique_ptr<Backend>> (*make)(const ModelPackage&, int threads);
};

/// Every engine, the one that is usually the fastest first, the reference last.
[[nodiscard]] std::span<const Engine> engines();

/// Makes `engine`'s backend and replays the package's golden outputs. Errors: the engine's,
/// "backend-mismatch".
[[nodiscard]] Result<std::unique_ptr<Backend>> makeChecked(const Engine& engine, const ModelPackage& package,
                                                           int threads);

} // namespace goodsight
