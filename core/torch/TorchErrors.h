#pragma once

#include "core/base/Error.h"

namespace goodsight {

/// To be called in a catch block only: what the exception at hand means. "out-of-memory" for std::bad_alloc
/// and LibTorch's own allocator, else "backend-failed".
[[nodiscard]] Error torchError();

} // namespace goodsight
