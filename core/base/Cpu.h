#pragma once

#include <QString>

/// What the processor that we run on can do beyond the least one that the program is compiled for.
namespace goodsight::cpu {

/// AVX2 and FMA, and an operating system that keeps their registers. Any thread; asked once.
[[nodiscard]] bool hasAvx2();

/// Multiplies bfloat16 numbers itself (AVX-512 BF16), and an operating system that keeps the registers. Any
/// thread; asked once.
[[nodiscard]] bool hasBfloat16();

/// What the maker calls it ("AMD Ryzen 5 3400G …"); the architecture where it does not tell.
[[nodiscard]] QString name();

} // namespace goodsight::cpu
