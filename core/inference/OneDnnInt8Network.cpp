#include "core/inference/Int8Stem.h"
#include "core/inference/Int8Weights.h"
#include "core/inference/OneDnnNetwork.h"
#include "core/inference/OneDnnPrimitives.h"
#include "core/inference/ResNet18Graph.h"
#include "core/inference/Winograd.h"
#include "core/model/ModelPackage.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <map>
#include <span>
#include <utility>
#include <vector>

namespace goodsight {

namespace {

using dnnl::memory;
using onednn::Step;

/// Unsigned 8-bit pictures (channels last), the photo's own pixels first, and signed 8-bit weights with a
/// scale for each output channel.
class Int8Network final : public OneDnnNetwork {
public:
    explicit Int8Network(const ModelPackage& package)
        : m_preprocessing(package.preprocessing)
        , m_scales(*package.int8)
    {
        for (std::size_t i = 0; i < m_layers.size(); ++i) {
            const std::string name(resnet18::kConvolutions[i].name);
            const Tensor& weight = package.weights.at(name + ".weight");
            const Tensor& bias = package.weights.at(name + ".bias");
            if (i == 0) {
                m_layers[i] = int8::pixelConvolution(weight, bias, m_preprocessing);
            } else {
                m_layers[i] = int8::integerConvolution(weight, bias);
            }
        }
    }

    void run(const float* input, int batch, int threads, float* embeddings) override
    {
        auto found = m_plans.find({batch, threads});
        if (found == m_plans.end())
            found = m_plans.emplace(std::pair(batch, threads), plan(batch)).first;
        Plan& plan = found->second;
        dnnl::stream stream(onednn::engine());
        const auto execute = [&](const Step& step, void* src, void* dst) {
            onednn::execute(step, stream, src, dst, plan.scratchpad.data());
        };
        void* x = plan.x.data();
        void* spare = plan.spare.data();
        pixelsOf(input, batch, static_cast<std::uint8_t*>(x));
        execute(plan.first, x, plan.wide.data());
        pool(plan.wide.data(), batch, static_cast<std::uint8_t*>(x));
        for (std::size_t i = 0; i < resnet18::kBlocks.size(); ++i) {
            BlockPlan& steps = plan.blocks[i];
            void* residual = x;
            if (resnet18::kBlocks[i].downsample != resnet18::kNoDownsample) {
                execute(steps.downsample, x, spare);
                residual = spare;
            }
            execute(steps.conv1, x, plan.wide.data());
            execute(steps.conv2, plan.wide.data(), residual);
            if (residual == spare)
                std::swap(x, spare);
        }
        averagePool(static_cast<const std::uint8_t*>(x), batch, embeddings);
    }

private:
    struct BlockPlan {
        Step conv1;
        Step conv2;
        Step downsample;
    };
    struct Plan {
        Step first;
        std::array<BlockPlan, resnet18::kBlocks.size()> blocks;
        winograd::AlignedFloats x;
        winograd::AlignedFloats spare;
        winograd::AlignedFloats wide; ///< what the first convolution gives, later the middle of a block
        winograd::AlignedFloats scratchpad;
    };

    static const resnet18::Convolution& convolution(int index)
    {
        return resnet18::kConvolutions[static_cast<std::size_t>(index)];
    }

    Step make(int conv, const onednn::ConvolutionPlan& wish)
    {
        const int8::IntegerConvolution& layer = m_layers[static_cast<std::size_t>(conv)];
        return onednn::makeConvolution(wish, std::span<const std::int8_t>(layer.weight), layer.bias,
                                       m_packed);
    }

    onednn::ConvolutionPlan int8Plan(int conv, int batch, int side, float srcScale, float dstScale) const
    {
        onednn::ConvolutionPlan wish;
        wish.convolution = convolution(conv);
        wish.batch = batch;
        wish.inSide = side;
        wish.srcType = memory::data_type::u8;
        wish.dstType = memory::data_type::u8;
        wish.srcTag = memory::format_tag::nhwc;
        wish.dstTag = memory::format_tag::nhwc;
        wish.srcScale = srcScale;
        wish.dstScale = dstScale;
        wish.weightScales = m_layers[static_cast<std::size_t>(conv)].scales;
        return wish;
    }

    onednn::ConvolutionPlan stemPlan(int batch) const
    {
        auto stem = int8Plan(0, batch, kFramedSide, 1, m_scales.pooled);
        stem.padded = false;
        return stem;
    }

    static winograd::AlignedFloats bytes(std::size_t count)
    {
        return winograd::AlignedFloats(count / sizeof(float) + 1);
    }

    Plan plan(int batch)
    {
        Plan made;
        std::size_t scratchpad = 0;
        const auto noted = [&scratchpad](Step step) {
            scratchpad = std::max(scratchpad, step.scratchpad);
            return step;
        };
        made.first = noted(make(0, stemPlan(batch)));
        made.wide = bytes(made.first.dst.get_size());
        made.x = bytes(std::max(made.first.src.get_size(), made.first.dst.get_size() / 4));
        made.spare = bytes(made.first.dst.get_size() / 4);
        int side = m_sides[0] / 2;
        float scale = m_scales.pooled;
        for (std::size_t i = 0; i < resnet18::kBlocks.size(); ++i) {
            const resnet18::Block& block = resnet18::kBlocks[i];
            BlockPlan& steps = made.blocks[i];
            const int8::BlockScales& scales = m_scales.blocks[i];
            const int outSide = m_sides[static_cast<std::size_t>(block.conv1)];
            steps.conv1 = noted(make(block.conv1, int8Plan(block.conv1, batch, side, scale, scales.middle)));
            auto last = int8Plan(block.conv2, batch, outSide, scales.middle, scales.out);
            last.addsToDst = true;
            last.sumScale = scale;
            if (block.downsample != resnet18::kNoDownsample) {
                auto shortcut = int8Plan(block.downsample, batch, side, scale, scales.shortcut);
                shortcut.relu = false;
                shortcut.dstType = memory::data_type::s8;
                steps.downsample = noted(make(block.downsample, shortcut));
                last.sumType = memory::data_type::s8;
                last.sumScale = scales.shortcut;
            }
            steps.conv2 = noted(make(block.conv2, last));
            scale = scales.out;
            side = outSide;
        }
        made.scratchpad = bytes(scratchpad);
        return made;
    }

    void pixelsOf(const float* input, int batch, std::uint8_t* out) const
    {
        constexpr std::size_t kFloats = std::size_t{3} * resnet18::kInputSide * resnet18::kInputSide;
        constexpr std::size_t kBytes = std::size_t{3} * kFramedSide * kFramedSide;
#pragma omp parallel for
        for (int picture = 0; picture < batch; ++picture) {
            const auto at = static_cast<std::size_t>(picture);
            int8::toPixels(input + at * kFloats, resnet18::kInputSide, m_preprocessing, out + at * kBytes);
        }
    }

    void pool(const void* wide, int batch, std::uint8_t* out) const
    {
        const int channels = convolution(0).out;
        const int inSide = m_sides[0];
        const int side = inSide / 2;
        const std::ptrdiff_t picture = std::ptrdiff_t{inSide} * inSide * channels;
#pragma omp parallel for
        for (int row = 0; row < batch * side; ++row) {
            int8::maxPoolRow(static_cast<const std::uint8_t*>(wide) + row / side * picture, inSide, channels,
                             row % side, out + static_cast<std::ptrdiff_t>(row) * side * channels);
        }
    }

    void averagePool(const std::uint8_t* x, int batch, float* embeddings) const
    {
        constexpr std::size_t kPixels = 49;
        constexpr std::size_t kWidth = resnet18::kEmbeddingSize;
        const float scale = m_scales.blocks.back().out / static_cast<float>(kPixels);
        for (int picture = 0; picture < batch; ++picture, embeddings += kWidth) {
            std::array<int, kWidth> sums{};
            for (std::size_t pixel = 0; pixel < kPixels; ++pixel, x += kWidth) {
                for (std::size_t c = 0; c < kWidth; ++c)
                    sums[c] += x[c];
            }
            for (std::size_t c = 0; c < kWidth; ++c)
                embeddings[c] = static_cast<float>(sums[c]) * scale;
        }
    }

    static constexpr int kFramedSide = resnet18::kInputSide + 2 * int8::kStemBorder;

    const PreprocessSpec m_preprocessing;
    /// Not the package's floats: batch sizes that are seen later are packed from these. The first one's are
    /// for pixels.
    std::array<int8::IntegerConvolution, resnet18::kConvolutions.size()> m_layers;
    const Int8Scales m_scales;
    const std::array<int, resnet18::kConvolutions.size()> m_sides = resnet18::outputSides();
    onednn::PackedWeights m_packed;
    std::map<std::pair<int, int>, Plan> m_plans; ///< by batch size and threads: a primitive is made for both
};

} // namespace

std::unique_ptr<OneDnnNetwork> makeInt8Network(const ModelPackage& package)
{
    return std::make_unique<Int8Network>(package);
}

} // namespace goodsight
