#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <span>

namespace goodsight {

struct ModelPackage;

/// The folded network up to the embedding, for one precision, as oneDNN runs it. Weights are shared by all
/// batch sizes. One thread at a time. Its functions throw dnnl::error and std::bad_alloc.
class OneDnnNetwork {
public:
    virtual ~OneDnnNetwork() = default;
    /// `input`: batch x 3 x 224 x 224 floats, NCHW. `embeddings`: batch x 512 floats. Primitives are made
    /// when a batch size is first seen.
    virtual void run(const float* input, int batch, int threads, float* embeddings) = 0;
};

/// Is shown the pictures between layers (see kInt8Points for `point`), in whatever layout they have.
using ActivationObserver = std::function<void(std::size_t point, std::span<const float> values)>;

/// In float32. `observer` may be empty.
[[nodiscard]] std::unique_ptr<OneDnnNetwork> makeFp32Network(const ModelPackage& package,
                                                             ActivationObserver observer = {});
/// In 8-bit integers; package.int8 is there.
[[nodiscard]] std::unique_ptr<OneDnnNetwork> makeInt8Network(const ModelPackage& package);

} // namespace goodsight
