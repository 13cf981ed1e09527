#include "core/inference/OneDnnPrimitives.h"

#include <algorithm>
#include <unordered_map>

namespace goodsight::onednn {

namespace {

using dnnl::memory;
using Dims = memory::dims;

constexpr bool kVersion3 = DNNL_VERSION_MAJOR >= 3;
constexpr int kPerOutputChannel = kVersion3 ? 1 << 0 : 1 << 1;

bool isInt8(const ConvolutionPlan& plan)
{
    return plan.srcType == memory::data_type::u8;
}

dnnl::primitive_attr attributesOf(const ConvolutionPlan& plan)
{
    dnnl::primitive_attr attributes;
    attributes.set_scratchpad_mode(dnnl::scratchpad_mode::user);
    dnnl::post_ops after;
    if (plan.addsToDst) {
        const float scale = isInt8(plan) ? plan.sumScale / plan.dstScale : 1.0F;
#if DNNL_VERSION_MAJOR >= 3
        after.append_sum(kVersion3 && isInt8(plan) ? plan.sumScale : scale, 0, plan.sumType);
#else
        after.append_sum(scale, plan.sumType);
#endif
    }
    if (plan.relu) {
#if DNNL_VERSION_MAJOR >= 3
        after.append_eltwise(dnnl::algorithm::eltwise_relu, 0.0F, 0.0F);
#else
        after.append_eltwise(1.0F, dnnl::algorithm::eltwise_relu, 0.0F, 0.0F);
#endif
    }
    attributes.set_post_ops(after);
    if (isInt8(plan)) {
#if DNNL_VERSION_MAJOR >= 3
        attributes.set_scales_mask(DNNL_ARG_SRC, 0);
        attributes.set_scales_mask(DNNL_ARG_WEIGHTS, kPerOutputChannel);
        attributes.set_scales_mask(DNNL_ARG_DST, 0);
#else
        std::vector<float> scales(plan.weightScales);
        for (float& scale : scales)
            scale *= plan.srcScale / plan.dstScale;
        attributes.set_output_scales(kPerOutputChannel, scales);
#endif
    }
    return attributes;
}

/// Each instruction set is the bits of those it includes, and one more.
bool allows(dnnl::cpu_isa isa)
{
    const auto wanted = static_cast<unsigned>(isa);
    return (static_cast<unsigned>(dnnl::get_effective_cpu_isa()) & wanted) == wanted;
}

memory reordered(memory from, const memory::desc& as)
{
    memory packed(as, engine());
    dnnl::stream stream(engine());
    dnnl::reorder(from, packed).execute(stream, from, packed);
    stream.wait();
    return packed;
}

memory filled(const memory::desc& as, const memory::desc& from, const void* data)
{
    memory plain(from, engine());
    std::copy_n(static_cast<const char*>(data), from.get_size(), static_cast<char*>(plain.get_data_handle()));
    if (as == from)
        return plain;
    return reordered(plain, as);
}

memory biasOf(const ConvolutionPlan& plan, const Tensor& bias)
{
    std::vector<float> values = bias.values;
    // Up to 2.x the bias is added to the sum of integer products, before any scale.
    if (isInt8(plan) && !kVersion3) {
        for (std::size_t i = 0; i < values.size(); ++i)
            values[i] /= plan.weightScales[i] * plan.srcScale;
    }
    const memory::desc desc({plan.convolution.out}, memory::data_type::f32, memory::format_tag::x);
    return filled(desc, desc, values.data());
}

dnnl::convolution_forward::primitive_desc describe(const ConvolutionPlan& plan, const memory::desc& src,
                                                   const memory::desc& weights, const memory::desc& bias,
                                                   const memory::desc& dst)
{
    const Dims strides{plan.convolution.stride, plan.convolution.stride};
    const Dims padding{plan.padding(), plan.padding()};
    const dnnl::primitive_attr attributes = attributesOf(plan);
#if DNNL_VERSION_MAJOR >= 3
    return {engine(),
            dnnl::prop_kind::forward_inference,
            dnnl::algorithm::convolution_direct,
            src,
            weights,
            bias,
            dst,
            strides,
            padding,
            padding,
            attributes};
#else
    return {dnnl::convolution_forward::desc(dnnl::prop_kind::forward_inference,
                                            dnnl::algorithm::convolution_direct, src, weights, bias, dst,
                                            strides, padding, padding),
            attributes, engine()};
#endif
}

Step convolutionOf(const ConvolutionPlan& plan, memory::data_type weightType, const void* weight,
                   const Tensor& bias, PackedWeights& packed)
{
    const resnet18::Convolution& conv = plan.convolution;
    const Dims weightDims{conv.out, conv.in, conv.kernel, conv.kernel};
    const auto picture = [&plan](int channels, int side, memory::data_type type, memory::format_tag tag) {
        return memory::desc({plan.batch, channels, side, side}, type, tag);
    };
    const auto described = describe(plan, picture(conv.in, plan.inSide, plan.srcType, plan.srcTag),
                                    {weightDims, weightType, memory::format_tag::any},
                                    {{conv.out}, memory::data_type::f32, memory::format_tag::x},
                                    picture(conv.out, plan.outSide(), plan.dstType, plan.dstTag));

    Step step;
    step.primitive = dnnl::convolution_forward(described);
    step.src = described.src_desc();
    step.dst = described.dst_desc();
    step.scratchpad = described.scratchpad_desc().get_size();
    auto& versions = packed[std::string(conv.name)];
    const memory::desc layout = described.weights_desc();
    auto found = std::find_if(versions.begin(), versions.end(),
                              [&layout](const memory& one) { return one.get_desc() == layout; });
    if (found == versions.end()) {
        const memory::desc plain(weightDims, weightType, memory::format_tag::oihw);
        found = versions.insert(versions.end(), weight != nullptr ? filled(layout, plain, weight)
                                                                  : reordered(versions.at(0), layout));
    }
    step.fixed = {{DNNL_ARG_WEIGHTS, *found}, {DNNL_ARG_BIAS, biasOf(plan, bias)}};
#if DNNL_VERSION_MAJOR >= 3
    if (isInt8(plan)) {
        const auto scales = [](const std::vector<float>& values) {
            const memory::desc desc({static_cast<memory::dim>(values.size())}, memory::data_type::f32,
                                    memory::format_tag::x);
            return filled(desc, desc, values.data());
        };
        step.fixed.emplace_back(DNNL_ARG_ATTR_SCALES | DNNL_ARG_SRC, scales({plan.srcScale}));
        step.fixed.emplace_back(DNNL_ARG_ATTR_SCALES | DNNL_ARG_WEIGHTS, scales(plan.weightScales));
        step.fixed.emplace_back(DNNL_ARG_ATTR_SCALES | DNNL_ARG_DST, scales({plan.dstScale}));
    }
#endif
    return step;
}

} // namespace

const dnnl::engine& engine()
{
    static const dnnl::engine kEngine(dnnl::engine::kind::cpu, 0);
    return kEngine;
}

Step makeConvolution(const ConvolutionPlan& plan, std::span<const float> weight, const Tensor& bias,
                     PackedWeights& packed)
{
    return convolutionOf(plan, memory::data_type::f32, weight.data(), bias, packed);
}

Step makeConvolution(const ConvolutionPlan& plan, std::span<const std::int8_t> weight, const Tensor& bias,
                     PackedWeights& packed)
{
    return convolutionOf(plan, memory::data_type::s8, weight.data(), bias, packed);
}

Tensor unpacked(const resnet18::Convolution& conv, const PackedWeights& packed)
{
    const memory plain = reordered(
        packed.at(std::string(conv.name)).at(0),
        {{conv.out, conv.in, conv.kernel, conv.kernel}, memory::data_type::f32, memory::format_tag::oihw});
    const auto* data = static_cast<const float*>(plain.get_data_handle());
    Tensor weight;
    weight.shape = {conv.out, conv.in, conv.kernel, conv.kernel};
    weight.values.assign(data, data + plain.get_desc().get_size() / sizeof(float));
    return weight;
}

Step makeMaxPool(int batch, int channels, int inSide, memory::format_tag tag)
{
    const int outSide = (inSide - 1) / 2 + 1;
    const memory::desc src({batch, channels, inSide, inSide}, memory::data_type::f32, tag);
    const memory::desc dst({batch, channels, outSide, outSide}, memory::data_type::f32, tag);
    dnnl::primitive_attr attributes;
    attributes.set_scratchpad_mode(dnnl::scratchpad_mode::user);
    // The padding behind the last pixel is 0 for even sides: 112 rows are read by 56 windows from row -1 on.
    const memory::dim behind = (outSide - 1) * 2 + 3 - 1 - inSide;
#if DNNL_VERSION_MAJOR >= 3
    const dnnl::pooling_forward::primitive_desc described(
        engine(), dnnl::prop_kind::forward_inference, dnnl::algorithm::pooling_max, src, dst, {2, 2}, {3, 3},
        {0, 0}, {1, 1}, {behind, behind}, attributes);
#else
    const dnnl::pooling_forward::primitive_desc described(
        dnnl::pooling_forward::desc(dnnl::prop_kind::forward_inference, dnnl::algorithm::pooling_max, src,
                                    dst, {2, 2}, {3, 3}, {1, 1}, {behind, behind}),
        attributes, engine());
#endif
    return {dnnl::pooling_forward(described), {}, src, dst, described.scratchpad_desc().get_size()};
}

void execute(const Step& step, dnnl::stream& stream, void* src, void* dst, void* scratchpad)
{
    std::unordered_map<int, memory> arguments(step.fixed.begin(), step.fixed.end());
    arguments.emplace(DNNL_ARG_SRC, memory(step.src, engine(), src));
    arguments.emplace(DNNL_ARG_DST, memory(step.dst, engine(), dst));
    if (step.scratchpad > 0) {
        const memory::desc bytes({static_cast<memory::dim>(step.scratchpad)}, memory::data_type::u8,
                                 memory::format_tag::x);
        arguments.emplace(DNNL_ARG_SCRATCHPAD, memory(bytes, engine(), scratchpad));
    }
    step.primitive.execute(stream, arguments);
}

bool hasAvx2()
{
    return allows(dnnl::cpu_isa::avx2);
}

int channelBlock()
{
    return allows(dnnl::cpu_isa::avx512_core) ? 16 : 8;
}

memory::format_tag blockedTag()
{
    return channelBlock() == 16 ? memory::format_tag::nChw16c : memory::format_tag::nChw8c;
}

} // namespace goodsight::onednn
