#include "core/inference/WinogradKernels.h"

#if defined(GOODSIGHT_X86_KERNELS)

#include <immintrin.h>

namespace goodsight::winograd {
namespace {

struct Vec {
    static constexpr int kSize = 8;
    __m256 v;
    static Vec load(const float* p) { return {_mm256_loadu_ps(p)}; }
    static Vec all(float x) { return {_mm256_set1_ps(x)}; }
    void store(float* p) const { _mm256_storeu_ps(p, v); }
};
inline Vec operator+(Vec a, Vec b)
{
    return {_mm256_add_ps(a.v, b.v)};
}
inline Vec operator-(Vec a, Vec b)
{
    return {_mm256_sub_ps(a.v, b.v)};
}
inline Vec operator*(Vec a, Vec b)
{
    return {_mm256_mul_ps(a.v, b.v)};
}
inline Vec fma(Vec a, Vec b, Vec c)
{
    return {_mm256_fmadd_ps(a.v, b.v, c.v)};
}
inline Vec max(Vec a, Vec b)
{
    return {_mm256_max_ps(a.v, b.v)};
}

} // namespace
} // namespace goodsight::winograd

#include "core/inference/WinogradKernelsImpl.h"

namespace goodsight::winograd {

const Kernels* avx2Kernels()
{
    // 6 x 2 sums, two weights and a broadcast input fill the sixteen registers.
    static constexpr Kernels kKernels{Vec::kSize, 2 * Vec::kSize, 24, runWork<2, 6>};
    return &kKernels;
}

} // namespace goodsight::winograd

#else

namespace goodsight::winograd {
const Kernels* avx2Kernels()
{
    return nullptr;
}
} // namespace goodsight::winograd

#endif
