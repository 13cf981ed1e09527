#pragma once

#include "core/base/Result.h"

#include <functional>
#include <optional>
#include <utility>

namespace goodsight {

/// Runs `work`; what LibTorch throws becomes an Error: "out-of-memory", "backend-failed".
[[nodiscard]] Result<void> torchGuardedVoid(const std::function<void()>& work);

/// The same for work with a result.
template <typename T>
[[nodiscard]] Result<T> torchGuarded(const std::function<Result<T>()>& work)
{
    std::optional<Result<T>> result;
    if (auto run = torchGuardedVoid([&] { result = work(); }); !run)
        return fail(run.error());
    return std::move(*result);
}

} // namespace goodsight
