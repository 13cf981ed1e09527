#pragma once

/// The arithmetic of winograd::Convolution for one instruction set. Private to the room.
namespace goodsight::winograd {

inline constexpr int kOutTile = 4;                   ///< pixels of output on a side of a tile
inline constexpr int kInTile = kOutTile + 2;         ///< pixels of input that it needs
inline constexpr int kPositions = kInTile * kInTile; ///< numbers of a transformed tile

/// What one call computes: `tiles` tiles from `firstTile` on, output channels from `firstOut` on.
struct Work {
    const float* src = nullptr;      ///< batch x in/block x side x side x block
    const float* residual = nullptr; ///< like dst, added before the ReLU; may be null or dst itself
    float* dst = nullptr;            ///< batch x out/block x side x side x block
    const float* weights = nullptr;  ///< packed: out/width x position x in x width
    const float* bias = nullptr;
    float* scratch = nullptr; ///< scratchFloats() floats, 64-byte aligned
    int in = 0;
    int out = 0;
    int side = 0;
    int tilesPerSide = 0;
    int firstTile = 0;
    int tiles = 0;
    int firstOut = 0;
    int outs = 0; ///< a multiple of `width`
};

/// One instruction set's kernels.
struct Kernels {
    int block; ///< channels that lie together in memory: 8 (AVX2) or 16 (AVX-512)
    int width; ///< output channels of one pass of the matrix product
    int tiles; ///< tiles of one Work that keep its scratch in the second-level cache
    void (*run)(const Work& work);
};

/// Floats of scratch for `tiles` tiles.
constexpr long scratchFloats(int tiles, int in, int outs)
{
    return static_cast<long>(kPositions) * tiles * (in + outs);
}

/// Null where this build has none for the instruction set. Only to be run on a processor that has it.
const Kernels* avx2Kernels();
const Kernels* avx512Kernels();

} // namespace goodsight::winograd
