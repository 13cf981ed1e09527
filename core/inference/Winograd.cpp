#include "core/inference/Winograd.h"

#include "core/inference/WinogradKernels.h"

#include <omp.h>

#include <algorithm>
#include <array>
#include <new>

namespace goodsight::winograd {

namespace {

constexpr std::align_val_t kAlignment{64};

/// G of F(4x4, 3x3).
constexpr std::array<std::array<double, 3>, kInTile> kG{{{1.0 / 4, 0, 0},
                                                         {-1.0 / 6, -1.0 / 6, -1.0 / 6},
                                                         {-1.0 / 6, 1.0 / 6, -1.0 / 6},
                                                         {1.0 / 24, 1.0 / 12, 1.0 / 6},
                                                         {1.0 / 24, -1.0 / 12, 1.0 / 6},
                                                         {0, 0, 1}}};

/// G g G^T for one 3x3 filter, in double precision.
std::array<double, kPositions> transformedFilter(const float* g)
{
    std::array<std::array<double, 3>, kInTile> half{};
    for (std::size_t i = 0; i < kInTile; ++i) {
        for (std::size_t x = 0; x < 3; ++x) {
            for (std::size_t y = 0; y < 3; ++y)
                half[i][x] += kG[i][y] * static_cast<double>(g[y * 3 + x]);
        }
    }
    std::array<double, kPositions> all{};
    for (std::size_t i = 0; i < kInTile; ++i) {
        for (std::size_t j = 0; j < kInTile; ++j) {
            for (std::size_t x = 0; x < 3; ++x)
                all[i * kInTile + j] += half[i][x] * kG[j][x];
        }
    }
    return all;
}

} // namespace

AlignedFloats::AlignedFloats(std::size_t size)
    : m_data(static_cast<float*>(::operator new(size * sizeof(float), kAlignment)))
    , m_size(size)
{
    std::fill_n(m_data.get(), size, 0.0F);
}

void AlignedFloats::Free::operator()(float* p) const
{
    ::operator delete(p, kAlignment);
}

const Kernels* kernelsForBlock(int block)
{
    return block == 16 ? avx512Kernels() : block == 8 ? avx2Kernels() : nullptr;
}

Convolution::Convolution(const Kernels& kernels, const Tensor& weight, const Tensor& bias)
    : m_kernels(&kernels)
    , m_in(static_cast<int>(weight.shape[1]))
    , m_out(static_cast<int>(weight.shape[0]))
    , m_weights(static_cast<std::size_t>(m_in) * static_cast<std::size_t>(m_out) * kPositions)
    , m_bias(static_cast<std::size_t>(m_out))
{
    std::copy(bias.values.begin(), bias.values.end(), m_bias.data());
    const int width = kernels.width;
    for (int out = 0; out < m_out; ++out) {
        for (int in = 0; in < m_in; ++in) {
            const auto filter =
                transformedFilter(weight.values.data() + (static_cast<std::ptrdiff_t>(out) * m_in + in) * 9);
            for (int position = 0; position < kPositions; ++position) {
                const std::ptrdiff_t row =
                    (static_cast<std::ptrdiff_t>(out / width) * kPositions + position) * m_in + in;
                m_weights.data()[row * width + out % width] =
                    static_cast<float>(filter[static_cast<std::size_t>(position)]);
            }
        }
    }
}

void Convolution::run(const float* src, const float* residual, float* dst, int batch, int side, int threads,
                      AlignedFloats& scratch) const
{
    Work all;
    all.src = src;
    all.residual = residual;
    all.dst = dst;
    all.weights = m_weights.data();
    all.bias = m_bias.data();
    all.in = m_in;
    all.out = m_out;
    all.side = side;
    all.tilesPerSide = (side + kOutTile - 1) / kOutTile;
    const int tiles = batch * all.tilesPerSide * all.tilesPerSide;

    // Enough parts for every thread: strips of tiles first; where those are few, the output channels as well,
    // so that each thread reads only its share of the weights.
    const int strips = std::max(1, (tiles + m_kernels->tiles - 1) / m_kernels->tiles);
    int groups = 1;
    while (strips * groups < threads && m_out / (groups * 2) % m_kernels->width == 0)
        groups *= 2;
    // As many strips as make the threads finish together.
    const int rounds = (strips * groups + threads - 1) / threads;
    const int evenStrips = groups == 1 ? std::min(tiles, rounds * threads) : strips;
    const int outs = m_out / groups;
    const int most = (tiles + evenStrips - 1) / evenStrips;
    const auto each = static_cast<std::size_t>(scratchFloats(most, m_in, outs));
    if (scratch.size() < each * static_cast<std::size_t>(threads))
        scratch = AlignedFloats(each * static_cast<std::size_t>(threads));
    float* const scratchBase = scratch.data();

#pragma omp parallel for schedule(dynamic, 1) num_threads(threads)
    for (int part = 0; part < evenStrips * groups; ++part) {
        const int strip = part / groups;
        Work work = all;
        work.firstTile = static_cast<int>(static_cast<long long>(tiles) * strip / evenStrips);
        work.tiles =
            static_cast<int>(static_cast<long long>(tiles) * (strip + 1) / evenStrips) - work.firstTile;
        work.firstOut = part % groups * outs;
        work.outs = outs;
        work.scratch = scratchBase + each * static_cast<std::size_t>(omp_get_thread_num());
        m_kernels->run(work);
    }
}

} // namespace goodsight::winograd
