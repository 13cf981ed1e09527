#pragma once

namespace goodsight::memory {

/// Gives the system back what was freed and the allocator keeps: worth it once after tens of megabytes of
/// many pieces went (a model's weights). Takes a few milliseconds. Any thread; nothing where the allocator
/// cannot.
void giveBack();

} // namespace goodsight::memory
