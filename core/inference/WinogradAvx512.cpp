#include "core/inference/WinogradKernels.h"

#if defined(GOODSIGHT_X86_KERNELS)

#include <immintrin.h>

namespace goodsight::winograd {
namespace {

struct Vec {
    static constexpr int kSize = 16;
    __m512 v;
    static Vec load(const float* p) { return {_mm512_loadu_ps(p)}; }
    static Vec all(float x) { return {_mm512_set1_ps(x)}; }
    void store(float* p) const { _mm512_storeu_ps(p, v); }
};
inline Vec operator+(Vec a, Vec b)
{
    return {_mm512_add_ps(a.v, b.v)};
}
inline Vec operator-(Vec a, Vec b)
{
    return {_mm512_sub_ps(a.v, b.v)};
}
inline Vec operator*(Vec a, Vec b)
{
    return {_mm512_mul_ps(a.v, b.v)};
}
inline Vec fma(Vec a, Vec b, Vec c)
{
    return {_mm512_fmadd_ps(a.v, b.v, c.v)};
}
inline Vec max(Vec a, Vec b)
{
    // The unmasked form draws a false warning from GCC 12.
    return {_mm512_mask_max_ps(a.v, 0xffff, a.v, b.v)};
}

} // namespace
} // namespace goodsight::winograd

#include "core/inference/WinogradKernelsImpl.h"

namespace goodsight::winograd {

const Kernels* avx512Kernels()
{
    // 12 x 2 sums, two weights and inputs read by the multiplication itself fit the 32 registers.
    static constexpr Kernels kKernels{Vec::kSize, 2 * Vec::kSize, 24, runWork<2, 12>};
    return &kKernels;
}

} // namespace goodsight::winograd

#else

namespace goodsight::winograd {
const Kernels* avx512Kernels()
{
    return nullptr;
}
} // namespace goodsight::winograd

#endif
