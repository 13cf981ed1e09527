#include "core/base/Cpu.h"

#include <QSysInfo>

#include <array>
#include <cstring>

#if defined(_MSC_VER) && (defined(_M_X64) || defined(_M_IX86))
#include <immintrin.h>
#include <intrin.h>
#elif defined(__x86_64__) || defined(__i386__)
#include <cpuid.h>
#endif

namespace goodsight::cpu {

namespace {

/// The four registers of CPUID `leaf`; zeros where there is no such leaf.
std::array<unsigned, 4> cpuid([[maybe_unused]] unsigned leaf)
{
    std::array<unsigned, 4> words{};
#if defined(_MSC_VER) && (defined(_M_X64) || defined(_M_IX86))
    int out[4] = {};
    __cpuid(out, static_cast<int>(leaf & 0x80000000U));
    if (static_cast<unsigned>(out[0]) >= leaf) {
        __cpuid(out, static_cast<int>(leaf));
        std::memcpy(words.data(), out, sizeof out);
    }
#elif defined(__x86_64__) || defined(__i386__)
    __get_cpuid(leaf, &words[0], &words[1], &words[2], &words[3]);
#endif
    return words;
}

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

bool askBfloat16()
{
#if defined(_MSC_VER) && (defined(_M_X64) || defined(_M_IX86))
    int words[4] = {};
    __cpuid(words, 1);
    constexpr int kOsXsave = 1 << 27;
    constexpr unsigned long long kAvx512State = 0xE6; // of SSE, AVX and AVX-512
    if ((words[2] & kOsXsave) == 0 || (_xgetbv(0) & kAvx512State) != kAvx512State)
        return false;
    __cpuidex(words, 7, 0);
    if (words[0] < 1 || (words[1] & (1 << 16)) == 0)
        return false;
    __cpuidex(words, 7, 1);
    return (words[0] & (1 << 5)) != 0;
#elif (defined(__x86_64__) || defined(__i386__)) && defined(__GNUC__)
    return __builtin_cpu_supports("avx512bf16") != 0;
#else
    return false;
#endif
}

} // namespace

bool hasBfloat16()
{
    static const bool has = askBfloat16();
    return has;
}

bool hasAvx2()
{
    static const bool has = askAvx2();
    return has;
}

QString name()
{
    QByteArray brand;
    for (unsigned leaf = 0x80000002U; leaf <= 0x80000004U; ++leaf) {
        const std::array<unsigned, 4> words = cpuid(leaf);
        brand.append(reinterpret_cast<const char*>(words.data()), sizeof words);
    }
    const QString told = QString::fromLatin1(brand.constData()).simplified();
    return told.isEmpty() ? QSysInfo::currentCpuArchitecture() : told;
}

} // namespace goodsight::cpu
