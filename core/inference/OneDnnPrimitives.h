#pragma once

#include "core/model/ResNet18Weights.h"
#include "core/model/Tensor.h"

#include <oneapi/dnnl/dnnl.hpp>

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

/// The little of oneDNN's interface that the networks need, for its versions 2.6 and 3.x. Private to the
/// room. Everything throws dnnl::error.
namespace goodsight::onednn {

/// The processor. One for the process: primitives of all networks share it.
[[nodiscard]] const dnnl::engine& engine();

/// A convolution with its weights packed: what is needed to run it once.
struct Step {
    dnnl::primitive primitive;
    std::vector<std::pair<int, dnnl::memory>> fixed; ///< weights, bias, scales
    dnnl::memory::desc src;
    dnnl::memory::desc dst;
    std::size_t scratchpad = 0; ///< bytes
};

/// What a convolution computes and in which form its pictures are.
struct ConvolutionPlan {
    resnet18::Convolution convolution;
    int batch = 1;
    int inSide = 0;
    bool padded = true; ///< false: the picture brings its own border
    dnnl::memory::data_type srcType = dnnl::memory::data_type::f32;
    dnnl::memory::data_type dstType = dnnl::memory::data_type::f32;
    dnnl::memory::format_tag srcTag = dnnl::memory::format_tag::any;
    dnnl::memory::format_tag dstTag = dnnl::memory::format_tag::any;
    bool relu = true;
    bool addsToDst = false; ///< the residual lies in dst
    /// Of the residual where it is not dstType.
    dnnl::memory::data_type sumType = dnnl::memory::data_type::undef;
    float most = 0; ///< with relu: the largest stored value; 0: no bound
    // 8-bit only: real value = scale x stored value.
    float srcScale = 1;
    float dstScale = 1;
    float sumScale = 1; ///< of the residual
    std::vector<float> weightScales;

    [[nodiscard]] int padding() const { return padded ? convolution.kernel / 2 : 0; }
    [[nodiscard]] int outSide() const
    {
        return (inSide + 2 * padding() - convolution.kernel) / convolution.stride + 1;
    }
};

/// Packed weights by name and layout, so that batch sizes share them.
using PackedWeights = std::map<std::string, std::vector<dnnl::memory>>;

/// `weight`: out x in x k x k, or none where `packed` has them from an earlier call; `bias`: out, real.
[[nodiscard]] Step makeConvolution(const ConvolutionPlan& plan, std::span<const float> weight,
                                   const Tensor& bias, PackedWeights& packed);
/// For 8-bit plans: the stored values of `weight`, which plan.weightScales belong to.
[[nodiscard]] Step makeConvolution(const ConvolutionPlan& plan, std::span<const std::int8_t> weight,
                                   const Tensor& bias, PackedWeights& packed);

/// The float32 weight that makeConvolution() packed: out x in x k x k.
[[nodiscard]] Tensor unpacked(const resnet18::Convolution& conv, const PackedWeights& packed);

/// max over 3 x 3, stride 2, padding 1.
[[nodiscard]] Step makeMaxPool(int batch, int channels, int inSide, dnnl::memory::format_tag tag);

/// Runs `step`; all pointers are in the layouts that it asked for.
void execute(const Step& step, dnnl::stream& stream, void* src, void* dst, void* scratchpad);

/// Whether oneDNN may use AVX2 here: the processor has it and ONEDNN_MAX_CPU_ISA does not forbid it.
[[nodiscard]] bool hasAvx2();
/// Channels that a float32 picture has side by side here: 16 with AVX-512, 8 else.
[[nodiscard]] int channelBlock();
/// nChw16c or nChw8c.
[[nodiscard]] dnnl::memory::format_tag blockedTag();

} // namespace goodsight::onednn
