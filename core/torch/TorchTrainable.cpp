#include "core/torch/TorchTrainable.h"

#include "core/base/Job.h"
#include "core/base/Random.h"
#include "core/inference/InferenceText.h"
#include "core/inference/ResNet18Graph.h"
#include "core/torch/TorchErrors.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <thread>

namespace goodsight {

namespace {

/// Leaves a pass, through LibTorch's engine too.
struct Stopped {};

constexpr double kBatchNormMomentum = 0.1; ///< PyTorch's
constexpr double kProjectionScale = 0.044; ///< about 1 / sqrt(512)

at::Tensor toTorch(const Tensor& tensor)
{
    // from_blob wants a mutable pointer; the clone that follows is all that is ever written to.
    const at::Tensor view = at::from_blob(const_cast<float*>(tensor.values.data()), tensor.shape, at::kFloat);
    return view.dim() == 4 ? view.clone(at::MemoryFormat::ChannelsLast)
                           : view.clone(at::MemoryFormat::Contiguous);
}

Tensor fromTorch(const at::Tensor& tensor)
{
    const at::Tensor plain = tensor.detach().to(at::kFloat).contiguous();
    Tensor out{plain.sizes().vec(), {}};
    out.values.assign(plain.data_ptr<float>(), plain.data_ptr<float>() + plain.numel());
    return out;
}

/// The numbers of a dense tensor, in the order of its memory.
std::span<float> numbersOf(const at::Tensor& tensor)
{
    return {tensor.data_ptr<float>(), static_cast<std::size_t>(tensor.numel())};
}

at::Tensor randomNormal(at::IntArrayRef shape, double deviation, Random random)
{
    at::Tensor out = at::empty(shape, at::kFloat);
    for (float& value : numbersOf(out))
        value = static_cast<float>(random.normal() * deviation);
    return out.dim() == 4 ? out.contiguous(at::MemoryFormat::ChannelsLast) : out;
}

/// True where this processor multiplies bfloat16 numbers itself.
bool hasBfloat16()
{
#if defined(__x86_64__) && defined(__GNUC__)
    return __builtin_cpu_supports("avx512bf16") != 0;
#else
    return false;
#endif
}

struct Norm {
    at::Tensor scale;
    at::Tensor shift;
    at::Tensor mean;
    at::Tensor variance;
    bool calibrated = true;
};

/// A convolution as it is trained, with batch norm or without.
struct TrainedConv {
    const resnet18::Convolution* shape = nullptr;
    at::Tensor weight;
    at::Tensor bias; ///< zero and fixed where there is a norm
    std::optional<Norm> norm;
    int depth = 0;
};

/// What evaluates: folded.
struct FoldedConv {
    at::Tensor weight;
    at::Tensor bias;
};

FoldedConv folded(const TrainedConv& conv)
{
    if (!conv.norm)
        return {conv.weight.detach(), conv.bias.detach()};
    const Norm& norm = *conv.norm;
    const at::Tensor scale = norm.scale.detach() / (norm.variance + resnet18::kBatchNormEpsilon).sqrt();
    return {(conv.weight.detach() * scale.view({-1, 1, 1, 1})).contiguous(at::MemoryFormat::ChannelsLast),
            norm.shift.detach() - norm.mean * scale};
}

/// In the type of `x`.
at::Tensor convolved(const at::Tensor& x, const TrainedConv& conv, const at::Tensor& weight,
                     const at::Tensor& bias)
{
    const auto padding = static_cast<int64_t>(conv.shape->kernel / 2);
    const auto stride = static_cast<int64_t>(conv.shape->stride);
    return at::conv2d(x, weight.to(x.scalar_type()), bias.to(x.scalar_type()), at::IntArrayRef(stride),
                      at::IntArrayRef(padding));
}

int depthOf(std::string_view name)
{
    return name.starts_with("layer4") ? 0 : name.starts_with("layer3") ? 1 : 2;
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
        m_trainType = spec.coarse && hasBfloat16() ? at::kBFloat16 : at::kFloat;
        const at::NoGradGuard noGrad;
        quint32 key = 0;
        for (const resnet18::Convolution& shape : resnet18::kConvolutions) {
            const std::string name(shape.name);
            TrainedConv conv;
            conv.shape = &shape;
            conv.depth = depthOf(name);
            const Random random = Random::keyed(spec.seed, 0x6865U, ++key);
            if (spec.missing.contains(name)) {
                const double fanOut = static_cast<double>(shape.out) * shape.kernel * shape.kernel;
                conv.weight = randomNormal({shape.out, shape.in, shape.kernel, shape.kernel},
                                           std::sqrt(2.0 / fanOut), random);
                conv.bias = at::zeros({shape.out});
                conv.norm = newNorm(shape.out, name.ends_with("conv2") ? 0.0 : 1.0);
            } else {
                conv.weight = toTorch(spec.weights.at(name + ".weight"));
                conv.bias = toTorch(spec.weights.at(name + ".bias"));
            }
            m_convs.push_back(std::move(conv));
        }
        m_fcWeight = toTorch(spec.weights.at("fc.weight"));
        m_fcBias = toTorch(spec.weights.at("fc.bias"));
        if (!spec.imagenetWeight.values.empty()) {
            m_imagenetWeight = toTorch(spec.imagenetWeight);
            m_imagenetBias = toTorch(spec.imagenetBias);
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
            m_part = part;
            m_eval.clear();
            for (TrainedConv& conv : m_convs) {
                const bool trained = isTrained(conv);
                if (trained && batchNorm == BatchNormKind::Fresh && !conv.norm) {
                    conv.norm = newNorm(conv.shape->out, 1.0);
                    conv.norm->calibrated = false;
                }
                learn(conv.weight, trained);
                learn(conv.bias, trained && !conv.norm);
                if (conv.norm) {
                    learn(conv.norm->scale, trained);
                    learn(conv.norm->shift, trained);
                }
            }
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
        const auto add = [&out](std::string name, const at::Tensor& tensor, int depth, bool decays,
                                bool head) {
            if (!tensor.defined() || !tensor.requires_grad())
                return;
            out.push_back(
                {std::move(name), depth, head, decays, numbersOf(tensor), numbersOf(tensor.grad())});
        };
        for (const TrainedConv& conv : m_convs) {
            const std::string name(conv.shape->name);
            add(name + ".weight", conv.weight, conv.depth, true, false);
            add(name + ".bias", conv.bias, conv.depth, false, false);
            if (conv.norm) {
                add(name + ".scale", conv.norm->scale, conv.depth, false, false);
                add(name + ".shift", conv.norm->shift, conv.depth, false, false);
            }
        }
        add("fc.weight", m_fcWeight, 0, true, true);
        add("fc.bias", m_fcBias, 0, false, true);
        add("projection.weight", m_projection, 0, true, false);
        add("projection.bias", m_projectionBias, 0, false, false);
        return out;
    }

    [[nodiscard]] std::vector<std::span<float>> statistics() override
    {
        std::vector<std::span<float>> out;
        for (const TrainedConv& conv : m_convs) {
            if (conv.norm && isTrained(conv)) {
                out.push_back(numbersOf(conv.norm->mean));
                out.push_back(numbersOf(conv.norm->variance));
            }
        }
        return out;
    }

    [[nodiscard]] std::vector<std::span<float>> state() override
    {
        std::vector<std::span<float>> out;
        for (TrainedConv& conv : m_convs) {
            out.push_back(numbersOf(conv.weight));
            out.push_back(numbersOf(conv.bias));
            if (conv.norm) {
                conv.norm->calibrated = true;
                for (const at::Tensor* tensor :
                     {&conv.norm->scale, &conv.norm->shift, &conv.norm->mean, &conv.norm->variance})
                    out.push_back(numbersOf(*tensor));
            }
        }
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
            const at::ScalarType type = coarse && hasBfloat16() ? at::kBFloat16 : at::kFloat;
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
            m_eval.clear(); // the trained layers change
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
            const at::Tensor loss = lossOf(embedding, logits, input.count, targets, weights) / batch;
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
            for (const TrainedConv& conv : m_convs) {
                const FoldedConv plain = goodsight::folded(conv);
                out[std::string(conv.shape->name) + ".weight"] = fromTorch(plain.weight);
                out[std::string(conv.shape->name) + ".bias"] = fromTorch(plain.bias);
            }
            out["fc.weight"] = fromTorch(m_fcWeight);
            out["fc.bias"] = fromTorch(m_fcBias);
            return out;
        });
    }

private:
    enum class Pass { Evaluate, Calibrate, Train };

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

    static Norm newNorm(int64_t channels, double scale)
    {
        return {at::full({channels}, scale, at::kFloat), at::zeros({channels}), at::zeros({channels}),
                at::ones({channels})};
    }

    [[nodiscard]] bool isTrained(const TrainedConv& conv) const
    {
        switch (m_part) {
        case TrainedPart::Fc:
            return false;
        case TrainedPart::Layer4:
            return conv.depth == 0;
        case TrainedPart::Layer3:
            return conv.depth <= 1;
        case TrainedPart::All:
            break;
        }
        return true;
    }

    /// Makes `tensor` one that gets a gradient, in memory that stays, or one that does not.
    static void learn(at::Tensor& tensor, bool learns)
    {
        tensor = tensor.detach();
        tensor.requires_grad_(learns);
        if (learns)
            tensor.mutable_grad() = at::zeros_like(tensor);
    }

    void checkStop() const
    {
        if (m_stop && m_stop())
            throw Stopped();
    }

    static at::Tensor tensorOf(const BoundaryInput& input)
    {
        const BoundaryShape shape = shapeAt(input.boundary, input.side);
        auto* const values = const_cast<float*>(input.values.data()); // only read
        if (input.boundary == Boundary::Embedding)
            return at::from_blob(values, {input.count, shape.channels}, at::kFloat);
        return at::from_blob(values, {input.count, shape.side, shape.side, shape.channels}, at::kFloat)
            .permute({0, 3, 1, 2});
    }

    static std::vector<float> rowsOf(const at::Tensor& tensor)
    {
        const at::Tensor rows =
            (tensor.dim() == 4 ? tensor.permute({0, 2, 3, 1}) : tensor).to(at::kFloat).contiguous();
        return {rows.data_ptr<float>(), rows.data_ptr<float>() + rows.numel()};
    }

    void prepareAll()
    {
        m_eval.clear();
        for (const TrainedConv& conv : m_convs)
            m_eval.push_back(goodsight::folded(conv));
        m_evalType = at::kFloat;
        m_evalWhole = true;
    }

    /// The folded weights of what is not trained: they stay until the next begin().
    void prepareFixed(at::ScalarType type)
    {
        if (!m_eval.empty() && !m_evalWhole && m_evalType == type)
            return;
        m_eval.clear();
        for (const TrainedConv& conv : m_convs) {
            const FoldedConv plain = isTrained(conv) ? FoldedConv() : goodsight::folded(conv);
            m_eval.push_back(plain.weight.defined() ? FoldedConv{plain.weight.to(type), plain.bias.to(type)}
                                                    : plain);
        }
        m_evalType = type;
        m_evalWhole = false;
    }

    [[nodiscard]] at::Tensor convolve(const at::Tensor& x, int index)
    {
        checkStop();
        TrainedConv& conv = m_convs[static_cast<std::size_t>(index)];
        if (m_pass == Pass::Evaluate) {
            const FoldedConv& plain = m_eval[static_cast<std::size_t>(index)];
            return convolved(x, conv, plain.weight, plain.bias);
        }
        at::Tensor y = convolved(x, conv, conv.weight, conv.bias);
        if (conv.norm) {
            Norm& norm = *conv.norm;
            if (m_pass == Pass::Calibrate && !norm.calibrated) {
                setNorm(conv, y);
                return y;
            }
            y = at::batch_norm(y, norm.scale, norm.shift, norm.mean, norm.variance, m_pass == Pass::Train,
                               kBatchNormMomentum, resnet18::kBatchNormEpsilon, false);
        }
        if (m_pass == Pass::Train && y.requires_grad() && m_stop) {
            y.register_hook([this](const at::Tensor&) { checkStop(); });
        }
        return y;
    }

    /// Gives a new norm the numbers with which it changes nothing. `y` is what its convolution gives, with
    /// the bias that moves into the norm.
    static void setNorm(TrainedConv& conv, const at::Tensor& y)
    {
        Norm& norm = *conv.norm;
        const at::Tensor mean = y.mean({0, 2, 3});
        const at::Tensor variance = y.var({0, 2, 3}, false);
        norm.mean.copy_(mean - conv.bias);
        norm.variance.copy_(variance);
        norm.scale.detach().copy_((variance + resnet18::kBatchNormEpsilon).sqrt());
        norm.shift.detach().copy_(mean);
        conv.bias.zero_();
        norm.calibrated = true;
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

    [[nodiscard]] at::Tensor lossOf(const at::Tensor& embedding, const at::Tensor& logits, int count,
                                    const BatchTargets& targets, const LossWeights& weights) const
    {
        const auto rows = [count](const std::vector<float>& values) {
            return at::from_blob(const_cast<float*>(values.data()),
                                 {count, static_cast<int64_t>(values.size()) / count}, at::kFloat);
        };
        // sum of p log(p / q) with 0 log 0 = 0.
        const auto divergence = [](const at::Tensor& p, const at::Tensor& logQ) {
            return at::xlogy(p, p).sum() - (p * logQ).sum();
        };
        at::Tensor loss = at::zeros({});
        if (weights.label > 0) {
            const at::Tensor each = -(rows(targets.labels) * at::log_softmax(logits, 1)).sum(1, true);
            loss = loss + weights.label * (each * rows(targets.weights)).sum();
        }
        if (!targets.teacher.empty() && weights.teacher > 0) {
            const double t = weights.temperature;
            loss = loss + weights.teacher * t * t *
                              divergence(rows(targets.teacher), at::log_softmax(logits / t, 1));
        }
        if (!targets.embedding.empty() && weights.embedding > 0 && m_projection.defined()) {
            const at::Tensor projected = at::linear(embedding, m_projection, m_projectionBias);
            loss = loss + weights.embedding *
                              (count - at::cosine_similarity(projected, rows(targets.embedding), 1).sum());
        }
        if (!targets.imagenet.empty() && weights.imagenet > 0 && m_imagenetWeight.defined()) {
            const at::Tensor read = at::linear(embedding, m_imagenetWeight, m_imagenetBias);
            loss = loss + weights.imagenet * divergence(rows(targets.imagenet), at::log_softmax(read, 1));
        }
        return loss;
    }

    const std::function<bool()> m_stop;
    int m_threads = 1;
    TrainedPart m_part = TrainedPart::Fc;
    Pass m_pass = Pass::Evaluate;
    std::vector<TrainedConv> m_convs;
    at::Tensor m_fcWeight;
    at::Tensor m_fcBias;
    at::Tensor m_imagenetWeight;
    at::Tensor m_imagenetBias;
    at::Tensor m_projection;
    at::Tensor m_projectionBias;
    std::vector<FoldedConv> m_eval; ///< by convolution; empty: to be made
    at::ScalarType m_evalType = at::kFloat;
    at::ScalarType m_trainType = at::kFloat; ///< of convolutions in passes that train
    bool m_evalWhole = false;                ///< with what is trained
};

/// Ok when every convolution is there or said to be missing.
Result<void> checkSpec(const TrainableSpec& spec)
{
    const auto wrong = [](const std::string& name) {
        return fail("wrong-architecture",
                    InferenceText::tr("The weights cannot be trained: %1 is missing or has another shape.")
                        .arg(QString::fromStdString(name)));
    };
    const auto fits = [&spec](const std::string& name, const std::vector<int64_t>& shape) {
        const auto found = spec.weights.find(name);
        return found != spec.weights.end() && found->second.shape == shape;
    };
    for (const resnet18::Convolution& conv : resnet18::kConvolutions) {
        const std::string name(conv.name);
        if (spec.missing.contains(name))
            continue;
        if (!fits(name + ".weight", {conv.out, conv.in, conv.kernel, conv.kernel}))
            return wrong(name + ".weight");
        if (!fits(name + ".bias", {conv.out}))
            return wrong(name + ".bias");
    }
    const auto bias = spec.weights.find("fc.bias");
    const auto classes =
        bias == spec.weights.end() ? int64_t{0} : static_cast<int64_t>(bias->second.values.size());
    if (classes < 1)
        return wrong("fc.bias");
    if (!fits("fc.weight", {classes, resnet18::kEmbeddingSize}))
        return wrong("fc.weight");
    return {};
}

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
