#pragma once

#include <cstddef>

namespace goodsight {

/// A matrix inside row-major storage; `transposed` reads it the other way round.
struct MatrixView {
    const float* data = nullptr;
    std::size_t stride = 0; ///< numbers from one stored row to the next
    bool transposed = false;
};

/// out = a * b + beta * out, with a: rows x inner and b: inner x columns (after transposing); `out` is
/// row-major, `outStride` numbers from row to row. Any thread; uses the calling thread's OpenMP team and the
/// widest instructions of this processor. Sizes of 0 leave `out` as it is.
void multiply(std::size_t rows, std::size_t columns, std::size_t inner, const MatrixView& a,
              const MatrixView& b, float beta, float* out, std::size_t outStride);

} // namespace goodsight
