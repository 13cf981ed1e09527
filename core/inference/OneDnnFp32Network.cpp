#include "core/inference/OneDnnNetwork.h"
#include "core/inference/OneDnnPrimitives.h"
#include "core/inference/ResNet18Graph.h"
#include "core/inference/Winograd.h"
#include "core/model/ModelPackage.h"

#include <omp.h>

#include <algorithm>
#include <array>
#include <map>
#include <span>
#include <utility>

namespace goodsight {

namespace {

using dnnl::memory;
using onednn::Step;

/// From layer4 on the transformed weights are so many (38 MB for each convolution) that a single picture pays
/// more for reading them than they save; and nobody who asks for single pictures should keep them in memory.
constexpr int kMostWinogradChannels = 256;
/// Pictures at a time from which on they pay nevertheless.
constexpr int kManyPictures = 8;

class Fp32Network final : public OneDnnNetwork {
public:
    Fp32Network(const ModelPackage& package, ActivationObserver observer)
        : m_observer(std::move(observer))
        , m_kernels(onednn::hasAvx2() ? winograd::kernelsForBlock(onednn::channelBlock()) : nullptr)
    {
        for (const resnet18::Convolution& conv : resnet18::kConvolutions) {
            const std::string name(conv.name);
            const Tensor& weight = package.weights.at(name + ".weight");
            const Tensor& bias = package.weights.at(name + ".bias");
            if (suitsWinograd(conv) && conv.out <= kMostWinogradChannels)
                m_winograd.try_emplace(name, *m_kernels, weight, bias);
            else
                m_biases.emplace(name, bias);
        }
        // Packs the weights, so that no plain copy of them has to be kept for other batch sizes.
        m_plans.emplace(std::pair(1, omp_get_max_threads()), plan(1, &package));
    }

    void run(const float* input, int batch, int threads, float* embeddings) override
    {
        auto found = m_plans.find({batch, threads});
        if (found == m_plans.end()) {
            if (batch >= kManyPictures)
                makeLateWinograd();
            found = m_plans.emplace(std::pair(batch, threads), plan(batch, nullptr)).first;
        }
        Plan& plan = found->second;
        dnnl::stream stream(onednn::engine());
        float* const pooled = plan.x.data();
        onednn::execute(plan.first, stream, const_cast<float*>(input), plan.wide.data(),
                        plan.scratchpad.data());
        onednn::execute(plan.pool, stream, plan.wide.data(), pooled, plan.scratchpad.data());

        if (m_observer)
            m_observer(0, {pooled, plan.x.size()});
        float* x = pooled;
        float* spare = plan.spare.data();
        for (std::size_t i = 0; i < resnet18::kBlocks.size(); ++i) {
            const resnet18::Block& block = resnet18::kBlocks[i];
            BlockPlan& steps = plan.blocks[i];
            float* residual = x;
            if (block.downsample != resnet18::kNoDownsample) {
                onednn::execute(steps.downsample, stream, x, spare, plan.scratchpad.data());
                residual = spare;
                show(3 + 3 * i, block.downsample, batch, spare);
            }
            float* const middle = plan.wide.data();
            convolve(block.conv1, steps.conv1, plan, stream, x, nullptr, middle, batch, threads);
            show(1 + 3 * i, block.conv1, batch, middle);
            convolve(block.conv2, steps.conv2, plan, stream, middle, residual, residual, batch, threads);
            show(2 + 3 * i, block.conv2, batch, residual);
            if (residual == spare)
                std::swap(x, spare);
        }
        averagePool(x, batch, embeddings);
    }

private:
    struct BlockPlan {
        Step conv1;
        Step conv2;
        Step downsample;
    };
    struct Plan {
        Step first;
        Step pool;
        std::array<BlockPlan, resnet18::kBlocks.size()> blocks;
        winograd::AlignedFloats x;
        winograd::AlignedFloats spare;
        winograd::AlignedFloats wide; ///< what the first convolution gives, later the middle of a block
        winograd::AlignedFloats scratchpad;
        int lastSide = 0;
    };

    [[nodiscard]] bool suitsWinograd(const resnet18::Convolution& conv) const
    {
        return m_kernels != nullptr && conv.kernel == 3 && conv.stride == 1;
    }

    [[nodiscard]] const winograd::Convolution* winogradOf(int conv, int batch) const
    {
        const resnet18::Convolution& shape = convolution(conv);
        if (shape.out > kMostWinogradChannels && batch < kManyPictures)
            return nullptr;
        const auto found = m_winograd.find(std::string(shape.name));
        return found == m_winograd.end() ? nullptr : &found->second;
    }

    /// Those of the convolutions that pay for many pictures only.
    void makeLateWinograd()
    {
        for (const resnet18::Convolution& conv : resnet18::kConvolutions) {
            const std::string name(conv.name);
            if (suitsWinograd(conv) && !m_winograd.contains(name))
                m_winograd.try_emplace(name, *m_kernels, onednn::unpacked(conv, m_packed), m_biases.at(name));
        }
    }

    static const resnet18::Convolution& convolution(int index)
    {
        return resnet18::kConvolutions[static_cast<std::size_t>(index)];
    }

    Step makeStep(int conv, int batch, int side, bool relu, bool adds, const ModelPackage* package)
    {
        onednn::ConvolutionPlan wish;
        wish.convolution = convolution(conv);
        wish.batch = batch;
        wish.inSide = side;
        wish.relu = relu;
        wish.addsToDst = adds;
        wish.srcTag = conv == 0 ? memory::format_tag::nchw : onednn::blockedTag();
        wish.dstTag = onednn::blockedTag();
        const std::string name(wish.convolution.name);
        std::span<const float> weight;
        if (package != nullptr)
            weight = package->weights.at(name + ".weight").values;
        return onednn::makeConvolution(wish, weight, m_biases.at(name), m_packed);
    }

    /// `package`: where the weights are, null once they are packed.
    Plan plan(int batch, const ModelPackage* package)
    {
        Plan made;
        int side = resnet18::kInputSide;
        std::size_t scratchpad = 0;
        const auto noted = [&scratchpad](Step step) {
            scratchpad = std::max(scratchpad, step.scratchpad);
            return step;
        };
        made.first = noted(makeStep(0, batch, side, true, false, package));
        side = (side - 1) / 2 + 1;
        made.wide = winograd::AlignedFloats(made.first.dst.get_size() / sizeof(float));
        made.pool = noted(onednn::makeMaxPool(batch, convolution(0).out, side, onednn::blockedTag()));
        made.x = winograd::AlignedFloats(made.pool.dst.get_size() / sizeof(float));
        made.spare = winograd::AlignedFloats(made.x.size());
        side = (side - 1) / 2 + 1;
        for (std::size_t i = 0; i < resnet18::kBlocks.size(); ++i) {
            const resnet18::Block& block = resnet18::kBlocks[i];
            BlockPlan& steps = made.blocks[i];
            const int outSide = (side - 1) / convolution(block.conv1).stride + 1;
            if (block.downsample != resnet18::kNoDownsample)
                steps.downsample = noted(makeStep(block.downsample, batch, side, false, false, package));
            if (winogradOf(block.conv1, batch) == nullptr)
                steps.conv1 = noted(makeStep(block.conv1, batch, side, true, false, package));
            if (winogradOf(block.conv2, batch) == nullptr)
                steps.conv2 = noted(makeStep(block.conv2, batch, outSide, true, true, package));
            side = outSide;
        }
        made.lastSide = side;
        made.scratchpad = winograd::AlignedFloats(scratchpad / sizeof(float) + 1);
        return made;
    }

    void convolve(int conv, const Step& step, Plan& plan, dnnl::stream& stream, float* src, float* residual,
                  float* dst, int batch, int threads)
    {
        if (const auto* fast = winogradOf(conv, batch)) {
            const int side = m_sides[static_cast<std::size_t>(conv)];
            fast->run(src, residual, dst, batch, side, threads, m_winogradScratch);
        } else {
            onednn::execute(step, stream, src, dst, plan.scratchpad.data());
        }
    }

    static void averagePool(const float* x, int batch, float* embeddings)
    {
        constexpr int kPixels = 49;
        const int block = onednn::channelBlock();
        for (int group = 0; group < batch * resnet18::kEmbeddingSize / block; ++group, embeddings += block) {
            std::fill_n(embeddings, block, 0.0F);
            for (int pixel = 0; pixel < kPixels; ++pixel, x += block) {
                for (int c = 0; c < block; ++c)
                    embeddings[c] += x[c];
            }
            for (int c = 0; c < block; ++c)
                embeddings[c] /= static_cast<float>(kPixels);
        }
    }

    /// Shows what convolution `conv` gave.
    void show(std::size_t point, int conv, int batch, const float* values) const
    {
        if (!m_observer)
            return;
        const int side = m_sides[static_cast<std::size_t>(conv)];
        m_observer(point, {values, static_cast<std::size_t>(batch * side * side * convolution(conv).out)});
    }

    const ActivationObserver m_observer;
    std::map<std::string, Tensor> m_biases; ///< of what oneDNN convolves
    const winograd::Kernels* m_kernels;
    std::map<std::string, winograd::Convolution> m_winograd;
    const std::array<int, resnet18::kConvolutions.size()> m_sides = resnet18::outputSides();
    onednn::PackedWeights m_packed;
    std::map<std::pair<int, int>, Plan> m_plans; ///< by batch size and threads: a primitive is made for both
    winograd::AlignedFloats m_winogradScratch;
};

} // namespace

std::unique_ptr<OneDnnNetwork> makeFp32Network(const ModelPackage& package, ActivationObserver observer)
{
    return std::make_unique<Fp32Network>(package, std::move(observer));
}

} // namespace goodsight
