#include "core/base/Cpu.h"
#include "core/imaging/ResampleKernels.h"

#ifdef GOODSIGHT_X86_KERNELS

#include <immintrin.h>

#include <cstring>

namespace goodsight::imaging {

namespace {

// A weight has 22 bits and its sign: more than the 16 that vpmaddwd multiplies. It is taken apart into
// w = high * 2^15 + low with 0 <= low < 2^15, the two are summed separately and put together at the end;
// modulo 2^32 that is the same sum.
constexpr int kLowBits = 15;
constexpr int kHalf = 1 << (kFixedBits - 1);

__m256i low(__m256i weights)
{
    return _mm256_and_si256(weights, _mm256_set1_epi32((1 << kLowBits) - 1));
}

__m256i high(__m256i weights)
{
    return _mm256_srai_epi32(weights, kLowBits);
}

/// Four pixels at a time: the lower half of the registers holds the first two, the upper half the others,
/// each as pairs of 16-bit numbers for red, green and blue.
void across(const std::uint8_t* in, const AxisWeights& axis, std::uint8_t* out)
{
    const __m256i pairs = _mm256_setr_epi8(0, -1, 3, -1, 1, -1, 4, -1, 2, -1, 5, -1, -1, -1, -1, -1, //
                                           6, -1, 9, -1, 7, -1, 10, -1, 8, -1, 11, -1, -1, -1, -1, -1);
    // Of eight 16-bit weights, first all low parts and then all high ones, the pair of each half.
    const __m256i lowPair = _mm256_setr_epi8(0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, //
                                             4, 5, 6, 7, 4, 5, 6, 7, 4, 5, 6, 7, 4, 5, 6, 7);
    const __m256i highPair = _mm256_add_epi8(lowPair, _mm256_set1_epi8(8));
    const std::int32_t* weight = axis.weight.data();
    for (std::size_t i = 0; i < axis.first.size(); ++i, weight += axis.taps) {
        const std::uint8_t* pixel = in + static_cast<std::ptrdiff_t>(axis.first[i]) * 3;
        __m256i lows = _mm256_setzero_si256();
        __m256i highs = _mm256_setzero_si256();
        for (int tap = 0; tap < axis.count[i]; tap += 4, pixel += 12) {
            // Weights past the count are zero; AxisWeights keeps room for reading them.
            const __m128i four = _mm_loadu_si128(reinterpret_cast<const __m128i*>(weight + tap));
            const __m128i split = _mm_packs_epi32(_mm_and_si128(four, _mm_set1_epi32((1 << kLowBits) - 1)),
                                                  _mm_srai_epi32(four, kLowBits));
            const __m256i parts = _mm256_broadcastsi128_si256(split);
            const __m256i bytes =
                _mm256_broadcastsi128_si256(_mm_loadu_si128(reinterpret_cast<const __m128i*>(pixel)));
            const __m256i values = _mm256_shuffle_epi8(bytes, pairs);
            lows = _mm256_add_epi32(lows, _mm256_madd_epi16(values, _mm256_shuffle_epi8(parts, lowPair)));
            highs = _mm256_add_epi32(highs, _mm256_madd_epi16(values, _mm256_shuffle_epi8(parts, highPair)));
        }
        const __m256i both = _mm256_add_epi32(lows, _mm256_slli_epi32(highs, kLowBits));
        __m128i sum = _mm_add_epi32(_mm256_castsi256_si128(both), _mm256_extracti128_si256(both, 1));
        sum = _mm_srai_epi32(_mm_add_epi32(sum, _mm_set1_epi32(kHalf)), kFixedBits);
        sum = _mm_packus_epi16(_mm_packus_epi32(sum, sum), sum);
        const int rgb = _mm_cvtsi128_si32(sum);
        std::memcpy(out, &rgb, 3);
        out += 3;
    }
}

void down(const std::uint8_t* in, std::size_t stride, const std::int32_t* weight, int taps, std::size_t bytes,
          std::uint8_t* out)
{
    constexpr std::size_t kAtOnce = 16;
    std::size_t at = 0;
    for (; at + kAtOnce <= bytes; at += kAtOnce) {
        __m256i lows[2] = {_mm256_setzero_si256(), _mm256_setzero_si256()};
        __m256i highs[2] = {_mm256_setzero_si256(), _mm256_setzero_si256()};
        const std::uint8_t* row = in + at;
        for (int tap = 0; tap < taps; tap += 2, row += 2 * stride) {
            const bool pair = tap + 1 < taps;
            const __m128i a = _mm_loadu_si128(reinterpret_cast<const __m128i*>(row));
            const __m128i b =
                pair ? _mm_loadu_si128(reinterpret_cast<const __m128i*>(row + stride)) : _mm_setzero_si128();
            const __m256i first = _mm256_set1_epi32(weight[tap]);
            const __m256i second = _mm256_set1_epi32(pair ? weight[tap + 1] : 0);
            const __m256i lowPair = _mm256_or_si256(low(first), _mm256_slli_epi32(low(second), 16));
            const __m256i highPair = _mm256_or_si256(_mm256_and_si256(high(first), _mm256_set1_epi32(0xffff)),
                                                     _mm256_slli_epi32(high(second), 16));
            const __m256i values[2] = {_mm256_cvtepu8_epi16(_mm_unpacklo_epi8(a, b)),
                                       _mm256_cvtepu8_epi16(_mm_unpackhi_epi8(a, b))};
            for (int half = 0; half < 2; ++half) {
                lows[half] = _mm256_add_epi32(lows[half], _mm256_madd_epi16(values[half], lowPair));
                highs[half] = _mm256_add_epi32(highs[half], _mm256_madd_epi16(values[half], highPair));
            }
        }
        __m256i sums[2];
        for (int half = 0; half < 2; ++half) {
            const __m256i both = _mm256_add_epi32(lows[half], _mm256_slli_epi32(highs[half], kLowBits));
            sums[half] = _mm256_srai_epi32(_mm256_add_epi32(both, _mm256_set1_epi32(kHalf)), kFixedBits);
        }
        // Packing works within halves of the registers: quarters 0 and 2 hold the first eight numbers.
        const __m256i words =
            _mm256_permute4x64_epi64(_mm256_packus_epi32(sums[0], sums[1]), _MM_SHUFFLE(3, 1, 2, 0));
        const __m128i packed =
            _mm_packus_epi16(_mm256_castsi256_si128(words), _mm256_extracti128_si256(words, 1));
        _mm_storeu_si128(reinterpret_cast<__m128i*>(out + at), packed);
    }
    if (at < bytes)
        portableKernels().down(in + at, stride, weight, taps, bytes - at, out + at);
}

} // namespace

const ResampleKernels* avx2Kernels()
{
    static constexpr ResampleKernels kernels{across, down};
    return cpu::hasAvx2() ? &kernels : nullptr;
}

} // namespace goodsight::imaging

#else

namespace goodsight::imaging {

const ResampleKernels* avx2Kernels()
{
    return nullptr;
}

} // namespace goodsight::imaging

#endif
