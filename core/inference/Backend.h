#pragma once

#include "core/base/Result.h"

#include <QString>

#include <memory>
#include <span>
#include <vector>

namespace goodsight {

struct ModelPackage;

/// What a backend gives for a batch.
struct BackendOutput {
    int batch = 0;
    int embeddingSize = 0; ///< 512 for ResNet-18
    int classes = 0;
    std::vector<float> embeddings; ///< batch x embeddingSize, row-major: the pooled features before fc
    std::vector<float> logits;     ///< batch x classes, row-major, before temperature
};

/// One engine that runs one loaded network. Created and used on one thread at a time.
class Backend {
public:
    virtual ~Backend() = default;

    /// Stable word for scripts and settings: "torch", "onednn-fp32", "onednn-int8".
    [[nodiscard]] virtual QString name() const = 0;
    /// Threads that one run may use; clamped to 1..cores.
    virtual void setThreads(int threads) = 0;
    /// Runs `batch` pictures: `input` is batch x 3 x 224 x 224 floats, NCHW, normalised.
    /// Errors: "bad-input" (size), "out-of-memory", "backend-failed"; no exception leaves it.
    [[nodiscard]] virtual Result<BackendOutput> run(std::span<const float> input, int batch) = 0;
};

/// Which backend somebody wants.
enum class BackendKind { Auto, Torch, OneDnnFp32, OneDnnInt8 };

/// "auto", "torch", "onednn-fp32", "onednn-int8"; error "unknown-backend" for other words.
[[nodiscard]] Result<BackendKind> backendKindFromName(const QString& name);

/// Makes a backend for `package` and checks it against the package's golden outputs. Auto is what
/// BackendChoice says. Loads LibTorch on first need. Errors: "backend-unavailable", "backend-mismatch"
/// (golden outputs not reproduced), "wrong-architecture".
[[nodiscard]] Result<std::unique_ptr<Backend>> createBackend(BackendKind kind, const ModelPackage& package,
                                                             int threads);

} // namespace goodsight
