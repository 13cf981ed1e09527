#pragma once

#include "core/base/Result.h"
#include "core/torch/TorchErrors.h"

#include <functional>

namespace goodsight {

/// Runs `work`; what LibTorch throws becomes an Error: "out-of-memory", "backend-failed".
template <typename T>
[[nodiscard]] Result<T> torchGuarded(const std::function<Result<T>()>& work)
{
    try {
        return work();
    } catch (...) {
        return fail(torchError());
    }
}

} // namespace goodsight
