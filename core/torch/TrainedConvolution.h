#pragma once

#include "core/inference/ResNet18Graph.h"
#include "core/learning/TrainableNetwork.h"

#include <memory>

namespace at {
class Tensor;
}

namespace goodsight {

/// A convolution as it is trained, with batch norm or without. Throws what LibTorch throws.
class TrainedConvolution {
public:
    enum class Pass {
        Evaluate,  ///< by the weights of prepare()
        Calibrate, ///< as Train, by the batch norm's kept statistics; sets those of a new one
        Train,     ///< by the batch's own statistics
    };

    /// Starts from the spec's weights, or at random where they are missing. `number` (from 1) is the
    /// convolution's place in the network.
    TrainedConvolution(const resnet18::Convolution& shape, const TrainableSpec& spec, quint32 number);
    TrainedConvolution(TrainedConvolution&& other) noexcept;
    ~TrainedConvolution();

    /// TrainableNetwork::begin() of the network that this is part of.
    void begin(TrainedPart part, BatchNormKind batchNorm);
    /// Whether the part of the last begin() holds it.
    [[nodiscard]] bool isTrained() const;

    /// Makes the folded weights that evaluate, in bfloat16 where `coarse`. They do not follow training.
    void prepare(bool coarse);
    /// Gives up what prepare() made.
    void forget();
    /// In the type of `x`.
    [[nodiscard]] at::Tensor run(const at::Tensor& x, Pass pass);

    void addParameters(std::vector<TrainableParameter>& out) const;
    void addStatistics(std::vector<std::span<float>>& out) const;
    /// Weights and statistics, to be kept or put back: a new batch norm counts as calibrated from here on.
    void addState(std::vector<std::span<float>>& out);
    void addFolded(std::map<std::string, Tensor>& out) const;

private:
    struct Tensors;
    std::unique_ptr<Tensors> m_own;
};

} // namespace goodsight
