#pragma once

/// What the processor that we run on can do beyond the least one that the program is compiled for.
namespace goodsight::cpu {

/// AVX2 and FMA, and an operating system that keeps their registers. Any thread; asked once.
[[nodiscard]] bool hasAvx2();

} // namespace goodsight::cpu
