#pragma once

#include "core/base/Result.h"

#include <QByteArray>

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
    static constexpr int kVersion = 3;

    virtual ~TorchApi() = default;
    [[nodiscard]] virtual int version() const = 0;

    /// The reference backend for `package`: the folded network run eagerly. Copies the weights it needs.
    /// Errors: "wrong-architecture", "out-of-memory", "backend-failed"; no exception leaves it.
    [[nodiscard]] virtual Result<std::unique_ptr<Backend>> makeBackend(const ModelPackage& package,
                                                                       int threads) = 0;

    /// `package`'s folded network as a TorchScript file: module(input) gives the logits,
    /// module.embedding(input) and module.head(embedding) the two halves; input is batch x 3 x 224 x 224.
    /// `notes` goes along as the extra file "goodsight.json". Errors as makeBackend().
    [[nodiscard]] virtual Result<QByteArray> makeTorchScript(const ModelPackage& package,
                                                             const QByteArray& notes) = 0;
    /// A backend that runs the TorchScript `file` as makeTorchScript() writes it. It runs what the file says:
    /// for files of our own only. Errors: "backend-failed", "out-of-memory".
    [[nodiscard]] virtual Result<std::unique_ptr<Backend>> loadTorchScript(const QByteArray& file) = 0;

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
