#pragma once

#include <cstddef>

namespace goodsight {

/// Copies `size` bytes, and says false instead of crashing when `from` is not readable memory (any more). Any
/// thread.
///
/// PipeWire takes the memory of a camera's frames away when the camera is unplugged, also of frames that are
/// held and mapped, at any moment; there is no lock to take. On systems other than Linux this is memcpy.
[[nodiscard]] bool guardedCopy(void* to, const void* from, std::size_t size);

} // namespace goodsight
