#pragma once

// Included by one source file for each instruction set, after it has defined `Vec` (a register of floats) in
// an unnamed namespace. Everything here has internal linkage for the same reason: code compiled for one
// processor must never be merged with another's.

#include "core/inference/WinogradKernels.h"

#include <cstddef>

namespace goodsight::winograd {
namespace {

/// B^T d of F(4x4, 3x3) (Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks", 2015) for one
/// line of six.
inline void transformInputLine(const Vec* d, std::ptrdiff_t step, Vec* out, std::ptrdiff_t outStep)
{
    const Vec d0 = d[0];
    const Vec d1 = d[step];
    const Vec d2 = d[2 * step];
    const Vec d3 = d[3 * step];
    const Vec d4 = d[4 * step];
    const Vec d5 = d[5 * step];
    const Vec even = fma(Vec::all(-4.0F), d2, d4);
    const Vec odd = fma(Vec::all(-4.0F), d1, d3);
    const Vec evenHalf = d4 - d2;
    const Vec oddHalf = (d3 - d1) * Vec::all(2.0F);
    out[0] = fma(Vec::all(4.0F), d0, fma(Vec::all(-5.0F), d2, d4));
    out[outStep] = even + odd;
    out[2 * outStep] = even - odd;
    out[3 * outStep] = evenHalf + oddHalf;
    out[4 * outStep] = evenHalf - oddHalf;
    out[5 * outStep] = fma(Vec::all(4.0F), d1, fma(Vec::all(-5.0F), d3, d5));
}

/// A^T m for one line of six.
inline void transformOutputLine(const Vec* m, std::ptrdiff_t step, Vec* out, std::ptrdiff_t outStep)
{
    const Vec sum12 = m[step] + m[2 * step];
    const Vec dif12 = m[step] - m[2 * step];
    const Vec sum34 = m[3 * step] + m[4 * step];
    const Vec dif34 = m[3 * step] - m[4 * step];
    out[0] = m[0] + sum12 + sum34;
    out[outStep] = fma(Vec::all(2.0F), dif34, dif12);
    out[2 * outStep] = fma(Vec::all(4.0F), sum34, sum12);
    out[3 * outStep] = fma(Vec::all(8.0F), dif34, dif12) + m[5 * step];
}

struct TilePlace {
    std::ptrdiff_t image;
    int y; ///< first row of output
    int x;
};

inline TilePlace placeOf(const Work& w, int tile)
{
    const int perImage = w.tilesPerSide * w.tilesPerSide;
    const int inImage = tile % perImage;
    return {tile / perImage, inImage / w.tilesPerSide * kOutTile, inImage % w.tilesPerSide * kOutTile};
}

/// scratch[position][tile][in] = B^T d B
void transformInput(const Work& w, float* scratch)
{
    constexpr int kBlock = Vec::kSize;
    const std::ptrdiff_t plane = static_cast<std::ptrdiff_t>(w.side) * w.side * kBlock;
    const std::ptrdiff_t positionStep = static_cast<std::ptrdiff_t>(w.tiles) * w.in;
    const int blocks = w.in / kBlock;
    for (int tile = 0; tile < w.tiles; ++tile) {
        const TilePlace place = placeOf(w, w.firstTile + tile);
        const int top = place.y - 1;
        const int left = place.x - 1;
        const bool inside = top >= 0 && left >= 0 && top + kInTile <= w.side && left + kInTile <= w.side;
        for (int block = 0; block < blocks; ++block) {
            const float* const from = w.src + (place.image * blocks + block) * plane;
            Vec d[kPositions];
            for (int y = 0; y < kInTile; ++y) {
                const int row = top + y;
                for (int x = 0; x < kInTile; ++x) {
                    const int column = left + x;
                    const bool there = inside || (row >= 0 && row < w.side && column >= 0 && column < w.side);
                    d[y * kInTile + x] =
                        there
                            ? Vec::load(from + (static_cast<std::ptrdiff_t>(row) * w.side + column) * kBlock)
                            : Vec::all(0.0F);
                }
            }
            Vec half[kPositions];
            for (int x = 0; x < kInTile; ++x)
                transformInputLine(d + x, kInTile, half + x, kInTile);
            float* to = scratch + static_cast<std::ptrdiff_t>(tile) * w.in + block * kBlock;
            for (int y = 0; y < kInTile; ++y) {
                Vec line[kInTile];
                transformInputLine(half + y * kInTile, 1, line, 1);
                for (int x = 0; x < kInTile; ++x, to += positionStep)
                    line[x].store(to);
            }
        }
    }
}

/// products[tile][kVecs vectors] = sum over `in` of inputs[tile][k] * weights[k][kVecs vectors], for kRows
/// tiles.
template <int kRows, int kVecs>
void multiply(const float* inputs, const float* weights, float* products, int in, std::ptrdiff_t productStep)
{
    Vec sum[kRows][kVecs];
    for (int row = 0; row < kRows; ++row) {
        for (int v = 0; v < kVecs; ++v)
            sum[row][v] = Vec::all(0.0F);
    }
    for (int k = 0; k < in; ++k, weights += kVecs * Vec::kSize) {
        Vec weight[kVecs];
        for (int v = 0; v < kVecs; ++v)
            weight[v] = Vec::load(weights + v * Vec::kSize);
        for (int row = 0; row < kRows; ++row) {
            const Vec input = Vec::all(inputs[static_cast<std::ptrdiff_t>(row) * in + k]);
            for (int v = 0; v < kVecs; ++v)
                sum[row][v] = fma(input, weight[v], sum[row][v]);
        }
    }
    for (int row = 0; row < kRows; ++row) {
        for (int v = 0; v < kVecs; ++v)
            sum[row][v].store(products + row * productStep + v * Vec::kSize);
    }
}

template <int kVecs, int kMost>
void multiplyRows(int rows, const float* inputs, const float* weights, float* products, int in,
                  std::ptrdiff_t productStep)
{
    if constexpr (kMost > 1) {
        if (rows < kMost)
            return multiplyRows<kVecs, kMost - 1>(rows, inputs, weights, products, in, productStep);
    }
    multiply<kMost, kVecs>(inputs, weights, products, in, productStep);
}

/// products[position][tile][out] from scratch[position][tile][in]
template <int kVecs, int kMostRows>
void multiplyAll(const Work& w, const float* inputs, float* products)
{
    constexpr int kWidth = kVecs * Vec::kSize;
    // Strips of nearly equal height: 16 tiles are 8 and 8, not 12 and 4.
    const int strips = (w.tiles + kMostRows - 1) / kMostRows;
    for (int group = 0; group < w.outs / kWidth; ++group) {
        const float* weights =
            w.weights + static_cast<std::ptrdiff_t>(w.firstOut / kWidth + group) * kPositions * w.in * kWidth;
        for (int position = 0; position < kPositions; ++position) {
            const float* const in = inputs + static_cast<std::ptrdiff_t>(position) * w.tiles * w.in;
            float* const to =
                products + static_cast<std::ptrdiff_t>(position) * w.tiles * w.outs + group * kWidth;
            for (int strip = 0, tile = 0; strip < strips; ++strip) {
                const int rows = (w.tiles - tile + strips - strip - 1) / (strips - strip);
                multiplyRows<kVecs, kMostRows>(rows, in + static_cast<std::ptrdiff_t>(tile) * w.in, weights,
                                               to + static_cast<std::ptrdiff_t>(tile) * w.outs, w.in, w.outs);
                tile += rows;
            }
            weights += static_cast<std::ptrdiff_t>(w.in) * kWidth;
        }
    }
}

/// dst = relu(A^T m A + bias + residual)
void transformOutput(const Work& w, const float* products)
{
    constexpr int kBlock = Vec::kSize;
    const std::ptrdiff_t plane = static_cast<std::ptrdiff_t>(w.side) * w.side * kBlock;
    const std::ptrdiff_t positionStep = static_cast<std::ptrdiff_t>(w.tiles) * w.outs;
    for (int tile = 0; tile < w.tiles; ++tile) {
        const TilePlace place = placeOf(w, w.firstTile + tile);
        const int height = w.side - place.y < kOutTile ? w.side - place.y : kOutTile;
        const int width = w.side - place.x < kOutTile ? w.side - place.x : kOutTile;
        for (int channel = 0; channel < w.outs; channel += kBlock) {
            const float* from = products + static_cast<std::ptrdiff_t>(tile) * w.outs + channel;
            Vec half[kInTile * kOutTile];
            for (int y = 0; y < kInTile; ++y) {
                Vec line[kInTile];
                for (int x = 0; x < kInTile; ++x, from += positionStep)
                    line[x] = Vec::load(from);
                transformOutputLine(line, 1, half + y * kOutTile, 1);
            }
            Vec pixels[kOutTile * kOutTile];
            for (int x = 0; x < kOutTile; ++x)
                transformOutputLine(half + x, kOutTile, pixels + x, kOutTile);
            const Vec bias = Vec::load(w.bias + w.firstOut + channel);
            const std::ptrdiff_t at =
                (place.image * (w.out / kBlock) + (w.firstOut + channel) / kBlock) * plane +
                (static_cast<std::ptrdiff_t>(place.y) * w.side + place.x) * kBlock;
            for (int y = 0; y < height; ++y) {
                for (int x = 0; x < width; ++x) {
                    const std::ptrdiff_t pixel = at + (static_cast<std::ptrdiff_t>(y) * w.side + x) * kBlock;
                    Vec value = pixels[y * kOutTile + x] + bias;
                    if (w.residual != nullptr)
                        value = value + Vec::load(w.residual + pixel);
                    max(value, Vec::all(0.0F)).store(w.dst + pixel);
                }
            }
        }
    }
}

template <int kVecs, int kMostRows>
void runWork(const Work& work)
{
    float* const inputs = work.scratch;
    float* const products = inputs + static_cast<std::ptrdiff_t>(kPositions) * work.tiles * work.in;
    transformInput(work, inputs);
    multiplyAll<kVecs, kMostRows>(work, inputs, products);
    transformOutput(work, products);
}

} // namespace
} // namespace goodsight::winograd
