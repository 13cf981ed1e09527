#pragma once

#include "core/base/Result.h"

#include <memory>

namespace goodsight {

class Backend;
class TrainableNetwork;
struct ModelPackage;
struct TrainableSpec;

/// What the shared library goodsight_torch offers: LibTorch behind plain C++ types.
///
/// version() stays the first virtual function, so that a library of another build is recognised safely.
class TorchApi {
public:
    /// Raised with every change of this class, of Backend, of ModelPackage or of TrainableNetwork.
    static constexpr int kVersion = 2;

    virtual ~TorchApi() = default;
    [[nodiscard]] virtual int version() const = 0;

    /// The reference backend for `package`: the folded network run eagerly. Copies the weights it needs.
    /// Errors: "wrong-architecture", "out-of-memory", "backend-failed"; no exception leaves it.
    [[nodiscard]] virtual Result<std::unique_ptr<Backend>> makeBackend(const ModelPackage& package,
                                                                       int threads) = 0;

    /// A network that can be trained (core/learning/TrainableNetwork.h). Copies the weights. Errors:
    /// "wrong-architecture" (a weight that is neither there nor said to be missing), "out-of-memory",
    /// "backend-failed"; no exception leaves it.
    [[nodiscard]] virtual Result<std::unique_ptr<TrainableNetwork>>
    makeTrainable(const TrainableSpec& spec) = 0;
};

/// Name and type of the one function that goodsight_torch exports. The object lives as long as the library.
inline constexpr const char* kTorchApiSymbol = "goodsight_torch_api";
using TorchApiFunction = TorchApi* (*)();

} // namespace goodsight
