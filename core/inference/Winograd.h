#pragma once

#include "core/model/Tensor.h"

#include <cstddef>
#include <memory>
#include <vector>

namespace goodsight::winograd {

struct Kernels;

/// Floats on a 64-byte border: a cache line, and the widest vector register.
class AlignedFloats {
public:
    AlignedFloats() = default;
    /// `size` zeros. Throws std::bad_alloc.
    explicit AlignedFloats(std::size_t size);
    [[nodiscard]] float* data() { return m_data.get(); }
    [[nodiscard]] const float* data() const { return m_data.get(); }
    [[nodiscard]] std::size_t size() const { return m_size; }

private:
    struct Free {
        void operator()(float* p) const;
    };
    std::unique_ptr<float, Free> m_data;
    std::size_t m_size = 0;
};

/// The kernels for pictures blocked by `block` channels (8: AVX2, 16: AVX-512); null where there are none.
/// The caller has made sure that the processor runs them.
[[nodiscard]] const Kernels* kernelsForBlock(int block);

/// A 3x3 convolution of stride 1 and padding 1 with bias, an optional residual and a ReLU, by F(4x4, 3x3)
/// (Lavin and Gray 2015): 2.25 multiplications for each output pixel and pair of channels instead of 9.
/// Pictures are blocked by channels (nChw8c or nChw16c in oneDNN's words). Immutable once made.
class Convolution {
public:
    /// `weight` is out x in x 3 x 3, `bias` out; both channel numbers are multiples of the kernels' width.
    Convolution(const Kernels& kernels, const Tensor& weight, const Tensor& bias);

    /// `src` is batch x in x side x side, `dst` batch x out x side x side; `residual` is null, another
    /// picture of dst's shape, or dst itself. Runs on `threads` OpenMP threads. `scratch` is grown as needed.
    void run(const float* src, const float* residual, float* dst, int batch, int side, int threads,
             AlignedFloats& scratch) const;

private:
    const Kernels* m_kernels;
    int m_in = 0;
    int m_out = 0;
    AlignedFloats m_weights;
    AlignedFloats m_bias;
};

} // namespace goodsight::winograd
