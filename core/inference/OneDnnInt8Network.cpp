#include "core/inference/Int8Pool.h"
#include "core/inference/OneDnnNetwork.h"
#include "core/inference/OneDnnPrimitives.h"
#include "core/inference/ResNet18Graph.h"
#include "core/inference/Winograd.h"
#include "core/model/Int8Scales.h"
#include "core/model/ModelPackage.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <map>
#include <vector>

namespace goodsight {

namespace {

using dnnl::memory;
using onednn::Step;

/// The first convolution in float32, everything after it in unsigned 8-bit pictures (channels last) and
/// signed 8-bit weights with a scale for each output channel.
class Int8Network final : public OneDnnNetwork {
public:
    explicit Int8Network(const ModelPackage& package)
        : m_weights(package.weights)
        , m_scales(*package.int8)
    {}

    void run(const float* input, int batch, int, float* embeddings) override
    {
        auto found = m_plans.find(batch);
        if (found == m_plans.end())
            found = m_plans.emplace(batch, plan(batch)).first;
        Plan& plan = found->second;
        dnnl::stream stream(onednn::engine());
        const auto execute = [&](const Step& step, void* src, void* dst) {
            onednn::execute(step, stream, src, dst, plan.scratchpad.data());
        };
        execute(plan.first, const_cast<float*>(input), plan.wide.data());
        void* x = plan.x.data();
        void* spare = plan.spare.data();
        poolAndRound(plan.wide.data(), batch, static_cast<std::uint8_t*>(x));
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

    Step make(const onednn::ConvolutionPlan& wish)
    {
        const std::string name(wish.convolution.name);
        return onednn::makeConvolution(wish, m_weights.at(name + ".weight"), m_weights.at(name + ".bias"),
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
        wish.weightScales = int8::weightScales(m_weights.at(std::string(wish.convolution.name) + ".weight"));
        return wish;
    }

    Plan plan(int batch)
    {
        Plan made;
        std::size_t scratchpad = 0;
        const auto noted = [&scratchpad](Step step) {
            scratchpad = std::max(scratchpad, step.scratchpad);
            return step;
        };
        onednn::ConvolutionPlan first;
        first.convolution = convolution(0);
        first.batch = batch;
        first.inSide = resnet18::kInputSide;
        first.srcTag = memory::format_tag::nchw;
        first.dstTag = onednn::blockedTag();
        made.first = noted(make(first));
        made.wide = winograd::AlignedFloats(made.first.dst.get_size() / sizeof(float));
        int side = m_sides[0] / 2;
        const auto bytes =
            static_cast<std::size_t>(batch) * static_cast<std::size_t>(side * side * convolution(0).out);
        made.x = winograd::AlignedFloats(bytes / sizeof(float));
        made.spare = winograd::AlignedFloats(bytes / sizeof(float));
        float scale = m_scales.pooled;
        for (std::size_t i = 0; i < resnet18::kBlocks.size(); ++i) {
            const resnet18::Block& block = resnet18::kBlocks[i];
            BlockPlan& steps = made.blocks[i];
            const int8::BlockScales& scales = m_scales.blocks[i];
            const int outSide = m_sides[static_cast<std::size_t>(block.conv1)];
            steps.conv1 = noted(make(int8Plan(block.conv1, batch, side, scale, scales.middle)));
            auto last = int8Plan(block.conv2, batch, outSide, scales.middle, scales.out);
            last.addsToDst = true;
            last.sumScale = scale;
            if (block.downsample != resnet18::kNoDownsample) {
                auto shortcut = int8Plan(block.downsample, batch, side, scale, scales.shortcut);
                shortcut.relu = false;
                shortcut.dstType = memory::data_type::s8;
                steps.downsample = noted(make(shortcut));
                last.sumType = memory::data_type::s8;
                last.sumScale = scales.shortcut;
            }
            steps.conv2 = noted(make(last));
            scale = scales.out;
            side = outSide;
        }
        made.scratchpad = winograd::AlignedFloats(scratchpad / sizeof(float) + 1);
        return made;
    }

    /// The 3x3 max pool of stride 2 on what the first convolution gave (blocked by channels, never negative),
    /// rounded to 8 bits, channels last.
    void poolAndRound(const float* in, int batch, std::uint8_t* out) const
    {
        const int block = onednn::channelBlock();
        const int channels = convolution(0).out;
        const int inSide = m_sides[0];
        const int side = inSide / 2;
        const float inverse = 1.0F / m_scales.pooled;
        const int groups = channels / block;
        const int8::PoolRow pool = int8::poolRow(block);
#pragma omp parallel
        {
            std::vector<float> room(static_cast<std::size_t>(inSide * block));
#pragma omp for
            for (int row = 0; row < batch * side; ++row) {
                for (int group = 0; group < groups; ++group) {
                    const int plane = row / side * groups + group;
                    pool(in + static_cast<std::ptrdiff_t>(plane) * inSide * inSide * block, inSide,
                         row % side, inverse, channels, room.data(),
                         out + static_cast<std::ptrdiff_t>(row) * side * channels + group * block);
                }
            }
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

    std::map<std::string, Tensor> m_weights;
    const Int8Scales m_scales;
    const std::array<int, resnet18::kConvolutions.size()> m_sides = resnet18::outputSides();
    onednn::PackedWeights m_packed;
    std::map<int, Plan> m_plans;
};

} // namespace

std::unique_ptr<OneDnnNetwork> makeInt8Network(const ModelPackage& package)
{
    return std::make_unique<Int8Network>(package);
}

} // namespace goodsight
