#include "core/torch/TorchTrainable.h"

#include "core/base/Cpu.h"
#include "core/base/Job.h"
#include "core/torch/TorchErrors.h"
#include "core/torch/TrainableSpecCheck.h"
#include "core/torch/TrainedConvolution.h"
#include "core/torch/TrainedTensor.h"
#include "core/torch/TrainingLoss.h"

#include <ATen/ATen.h>
#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <cmath>
#include <exception>
#include <optional>
#include <thread>

namespace goodsight {

namespace {

using Pass = TrainedConvolution::Pass;

/// Leaves a pass, through LibTorch's engine too.
struct Stopped {};

constexpr double kProjectionScale = 0.044; ///< about 1 / sqrt(512)

/// Whether bfloat16 pays: only where the processor multiplies it and LibTorch's oneDNN does so when asked.
/// Else float32 is faster.
bool computesBfloat16()
{
    static const bool computes = [] {
        if (!cpu::hasBfloat16() || !at::hasMKLDNN())
            return false;
        try {
            const at::NoGradGuard noGrad;
            const at::Tensor ones = at::ones({16, 16, 3, 3}, at::kBFloat16);
            return at::conv2d(ones, ones).isfinite().all().item<bool>();
        } catch (const std::exception&) {
            return false; // ONEDNN_MAX_CPU_ISA forbids it
        }
    }();
    return computes;
}

/// What convolutions that may be coarse compute in.
at::ScalarType coarseType()
{
    return computesBfloat16() ? at::kBFloat16 : at::kFloat;
}

/// The first block behind a boundary.
int firstBlock(Boundary boundary)
{
    constexpr int kBehindLayer2 = 4;
    constexpr int kBehindLayer3 = 6;
    switch (boundary) {
    case Boundary::Pictures:
        return 0;
    case Boundary::Layer2:
        return kBehindLayer2;
    case Boundary::Layer3:
        return kBehindLayer3;
    case Boundary::Embedding:
        break;
    }
    return static_cast<int>(resnet18::kBlocks.size());
}

class TorchTrainable final : public TrainableNetwork {
public:
    explicit TorchTrainable(const TrainableSpec& spec)
        : m_stop(spec.stopRequested)
    {
        const int cores = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
        m_threads = spec.threads == 0 ? cores : std::clamp(spec.threads, 1, cores);
        m_trainType = spec.coarse ? coarseType() : at::kFloat;
        const at::NoGradGuard noGrad;
        quint32 number = 0;
        for (const resnet18::Convolution& shape : resnet18::kConvolutions)
            m_convs.emplace_back(shape, spec, ++number);
        m_fcWeight = toTrained(spec.weights.at("fc.weight"));
        m_fcBias = toTrained(spec.weights.at("fc.bias"));
        if (!spec.imagenetWeight.values.empty()) {
            m_imagenetWeight = toTrained(spec.imagenetWeight);
            m_imagenetBias = toTrained(spec.imagenetBias);
        }
        if (spec.teacherWidth > 0) {
            m_projection = randomNormal({spec.teacherWidth, resnet18::kEmbeddingSize}, kProjectionScale,
                                        Random::keyed(spec.seed, 0x7072U));
            m_projectionBias = at::zeros({spec.teacherWidth});
        }
    }

    [[nodiscard]] Result<void> begin(TrainedPart part, BatchNormKind batchNorm) override
    {
        return guarded<void>([&]() -> Result<void> {
            const at::NoGradGuard noGrad;
            m_fixedType.reset();
            for (TrainedConvolution& conv : m_convs)
                conv.begin(part, batchNorm);
            for (at::Tensor* head : {&m_fcWeight, &m_fcBias})
                learn(*head, true);
            // At the embedding nothing is left that a projection of it could teach.
            for (at::Tensor* projection : {&m_projection, &m_projectionBias}) {
                if (projection->defined())
                    learn(*projection, part != TrainedPart::Fc);
            }
            return {};
        });
    }

    [[nodiscard]] Result<void> calibrate(const BoundaryInput& rows) override
    {
        return guarded<void>([&]() -> Result<void> {
            const at::NoGradGuard noGrad;
            m_pass = Pass::Calibrate;
            (void)embed(tensorOf(rows), rows.boundary);
            return {};
        });
    }

    [[nodiscard]] std::vector<TrainableParameter> parameters() override
    {
        std::vector<TrainableParameter> out;
        for (const TrainedConvolution& conv : m_convs)
            conv.addParameters(out);
        addParameter(out, m_fcWeight, {"fc.weight", 0, true, true, {}, {}});
        addParameter(out, m_fcBias, {"fc.bias", 0, true, false, {}, {}});
        addParameter(out, m_projection, {"projection.weight", 0, false, true, {}, {}});
        addParameter(out, m_projectionBias, {"projection.bias", 0, false, false, {}, {}});
        return out;
    }

    [[nodiscard]] std::vector<std::span<float>> statistics() override
    {
        std::vector<std::span<float>> out;
        for (const TrainedConvolution& conv : m_convs)
            conv.addStatistics(out);
        return out;
    }

    [[nodiscard]] std::vector<std::span<float>> state() override
    {
        std::vector<std::span<float>> out;
        for (TrainedConvolution& conv : m_convs)
            conv.addState(out);
        for (const at::Tensor* tensor : {&m_fcWeight, &m_fcBias, &m_projection, &m_projectionBias}) {
            if (tensor->defined())
                out.push_back(numbersOf(*tensor));
        }
        return out;
    }

    [[nodiscard]] Result<std::vector<std::vector<float>>>
    run(const BoundaryInput& input, std::span<const Boundary> to, bool coarse) override
    {
        return guarded<std::vector<std::vector<float>>>([&]() -> Result<std::vector<std::vector<float>>> {
            const at::NoGradGuard noGrad;
            m_pass = Pass::Evaluate;
            const at::ScalarType type = coarse ? coarseType() : at::kFloat;
            prepareFixed(type);
            std::vector<std::vector<float>> out(to.size());
            at::Tensor x = tensorOf(input).to(type);
            Boundary at = input.boundary;
            while (at != Boundary::Embedding) {
                const auto next = static_cast<Boundary>(static_cast<int>(at) + 1);
                if (std::none_of(to.begin(), to.end(), [next](Boundary wanted) { return wanted >= next; }))
                    break;
                x = advance(x, at);
                at = next;
                for (std::size_t i = 0; i < to.size(); ++i) {
                    if (to[i] == at)
                        out[i] = rowsOf(x);
                }
            }
            return out;
        });
    }

    [[nodiscard]] Result<std::vector<float>> logits(const BoundaryInput& input) override
    {
        return guarded<std::vector<float>>([&]() -> Result<std::vector<float>> {
            const at::NoGradGuard noGrad;
            m_pass = Pass::Evaluate;
            prepareAll();
            const at::Tensor embedding = embed(tensorOf(input), input.boundary);
            const std::vector<float> out = rowsOf(at::linear(embedding, m_fcWeight, m_fcBias));
            for (TrainedConvolution& conv : m_convs)
                conv.forget(); // the trained layers change
            return out;
        });
    }

    [[nodiscard]] Result<PassResult> accumulate(const BoundaryInput& input, const BatchTargets& targets,
                                                const LossWeights& weights, int batch) override
    {
        return guarded<PassResult>([&]() -> Result<PassResult> {
            m_pass = Pass::Train;
            // Only convolutions are coarse: a head alone reads embeddings as they are.
            const bool convolves = input.boundary != Boundary::Embedding;
            const at::Tensor embedding =
                embed(tensorOf(input).to(convolves ? m_trainType : at::kFloat), input.boundary);
            const at::Tensor logits = at::linear(embedding, m_fcWeight, m_fcBias);
            const at::Tensor loss = lossOf({input.count, embedding, logits, m_projection, m_projectionBias,
                                            m_imagenetWeight, m_imagenetBias},
                                           targets, weights) /
                                    batch;
            PassResult result;
            result.loss = loss.item<double>();
            result.logits = rowsOf(logits.detach());
            if (std::isfinite(result.loss))
                loss.backward();
            return result;
        });
    }

    [[nodiscard]] Result<std::map<std::string, Tensor>> folded() const override
    {
        return guarded<std::map<std::string, Tensor>>([&]() -> Result<std::map<std::string, Tensor>> {
            const at::NoGradGuard noGrad;
            std::map<std::string, Tensor> out;
            for (const TrainedConvolution& conv : m_convs)
                conv.addFolded(out);
            out["fc.weight"] = fromTorch(m_fcWeight);
            out["fc.bias"] = fromTorch(m_fcBias);
            return out;
        });
    }

private:
    template <typename T, typename Work>
    [[nodiscard]] Result<T> guarded(Work&& work) const
    {
        try {
            // The number of OpenMP threads belongs to the calling thread, so it is set where the work is
            // done.
            if (at::get_num_threads() != m_threads)
                at::set_num_threads(m_threads);
            return work();
        } catch (const Stopped&) {
            return fail(cancelledError());
        } catch (...) {
            return fail(torchError());
        }
    }

    void checkStop() const
    {
        if (m_stop && m_stop())
            throw Stopped();
    }

    void prepareAll()
    {
        m_fixedType.reset();
        for (TrainedConvolution& conv : m_convs)
            conv.prepare(false);
    }

    /// The folded weights of what is not trained: they stay until the next begin() or logits().
    void prepareFixed(at::ScalarType type)
    {
        if (m_fixedType == type)
            return;
        m_fixedType.reset();
        for (TrainedConvolution& conv : m_convs) {
            if (conv.isTrained())
                conv.forget();
            else
                conv.prepare(type == at::kBFloat16);
        }
        m_fixedType = type;
    }

    [[nodiscard]] at::Tensor convolve(const at::Tensor& x, int index)
    {
        checkStop();
        const at::Tensor y = m_convs[static_cast<std::size_t>(index)].run(x, m_pass);
        if (m_pass == Pass::Train && y.requires_grad() && m_stop) {
            y.register_hook([this](const at::Tensor&) { checkStop(); });
        }
        return y;
    }

    /// From one boundary to the next.
    [[nodiscard]] at::Tensor advance(at::Tensor x, Boundary from)
    {
        if (from == Boundary::Pictures)
            x = at::max_pool2d(at::relu(convolve(x, 0)), {3, 3}, {2, 2}, {1, 1});
        const int end = firstBlock(static_cast<Boundary>(static_cast<int>(from) + 1));
        for (int i = firstBlock(from); i < end; ++i) {
            const resnet18::Block& block = resnet18::kBlocks[static_cast<std::size_t>(i)];
            const at::Tensor y = convolve(at::relu(convolve(x, block.conv1)), block.conv2);
            x = at::relu(y +
                         (block.downsample == resnet18::kNoDownsample ? x : convolve(x, block.downsample)));
        }
        return from == Boundary::Layer3 ? x.to(at::kFloat).mean({2, 3}) : x;
    }

    [[nodiscard]] at::Tensor embed(at::Tensor x, Boundary from)
    {
        for (; from != Boundary::Embedding; from = static_cast<Boundary>(static_cast<int>(from) + 1))
            x = advance(x, from);
        return x;
    }

    const std::function<bool()> m_stop;
    int m_threads = 1;
    Pass m_pass = Pass::Evaluate;
    std::vector<TrainedConvolution> m_convs;
    at::Tensor m_fcWeight;
    at::Tensor m_fcBias;
    at::Tensor m_imagenetWeight;
    at::Tensor m_imagenetBias;
    at::Tensor m_projection;
    at::Tensor m_projectionBias;
    std::optional<at::ScalarType> m_fixedType; ///< of the fixed layers' folded weights; empty: not made
    at::ScalarType m_trainType = at::kFloat;   ///< of convolutions in passes that train
};

} // namespace

Result<std::unique_ptr<TrainableNetwork>> makeTorchTrainable(const TrainableSpec& spec)
{
    if (auto ok = checkSpec(spec); !ok)
        return fail(ok.error());
    try {
        return std::make_unique<TorchTrainable>(spec);
    } catch (...) {
        return fail(torchError());
    }
}

} // namespace goodsight
