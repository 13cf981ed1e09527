#include "core/base/Cpu.h"

#if defined(_MSC_VER) && (defined(_M_X64) || defined(_M_IX86))
#include <immintrin.h>
#include <intrin.h>
#endif

namespace goodsight::cpu {

namespace {

bool askAvx2()
{
#if defined(_MSC_VER) && (defined(_M_X64) || defined(_M_IX86))
    int words[4] = {};
    __cpuid(words, 1);
    constexpr int kFma = 1 << 12;
    constexpr int kOsXsave = 1 << 27;
    if ((words[2] & kFma) == 0 || (words[2] & kOsXsave) == 0 || (_xgetbv(0) & 6) != 6)
        return false;
    __cpuidex(words, 7, 0);
    return (words[1] & (1 << 5)) != 0;
#elif defined(__x86_64__) || defined(__i386__)
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
#else
    return false;
#endif
}

} // namespace

bool hasAvx2()
{
    static const bool has = askAvx2();
    return has;
}

} // namespace goodsight::cpu
