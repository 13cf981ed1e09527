#pragma once

#include "core/base/Result.h"

#include <memory>

namespace goodsight {

class Backend;
struct ModelPackage;

/// What the shared library goodsight_torch offers: LibTorch behind plain C++ types.
///
/// version() stays the first virtual function, so that a library of another build is recognised safely.
class TorchApi {
public:
    /// Raised with every change of this class, of Backend or of ModelPackage.
    static constexpr int kVersion = 1;

    virtual ~TorchApi() = default;
    [[nodiscard]] virtual int version() const = 0;

    /// The reference backend for `package`: the folded network run eagerly. Copies the weights it needs.
    /// Errors: "wrong-architecture", "out-of-memory", "backend-failed"; no exception leaves it.
    [[nodiscard]] virtual Result<std::unique_ptr<Backend>> makeBackend(const ModelPackage& package,
                                                                       int threads) = 0;
};

/// Name and type of the one function that goodsight_torch exports. The object lives as long as the library.
inline constexpr const char* kTorchApiSymbol = "goodsight_torch_api";
using TorchApiFunction = TorchApi* (*)();

} // namespace goodsight
