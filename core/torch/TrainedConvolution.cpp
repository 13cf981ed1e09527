#include "core/torch/TrainedConvolution.h"

#include "core/torch/TrainedTensor.h"

#include <ATen/ATen.h>

#include <cmath>
#include <optional>

namespace goodsight {

namespace {

constexpr double kBatchNormMomentum = 0.1; ///< PyTorch's

struct Norm {
    at::Tensor scale;
    at::Tensor shift;
    at::Tensor mean;
    at::Tensor variance;
    bool calibrated = true;
};

Norm newNorm(int64_t channels, double scale)
{
    return {at::full({channels}, scale, at::kFloat), at::zeros({channels}), at::zeros({channels}),
            at::ones({channels})};
}

/// What evaluates.
struct Folded {
    at::Tensor weight;
    at::Tensor bias;
};

int depthOf(std::string_view name)
{
    return name.starts_with("layer4") ? 0 : name.starts_with("layer3") ? 1 : 2;
}

bool holds(TrainedPart part, int depth)
{
    switch (part) {
    case TrainedPart::Fc:
        return false;
    case TrainedPart::Layer4:
        return depth == 0;
    case TrainedPart::Layer3:
        return depth <= 1;
    case TrainedPart::All:
        break;
    }
    return true;
}

} // namespace

struct TrainedConvolution::Tensors {
    const resnet18::Convolution& shape;
    at::Tensor weight;
    at::Tensor bias; ///< zero and fixed where there is a norm
    std::optional<Norm> norm;
    int depth = 0;
    bool trained = false;
    Folded evaluates{}; ///< undefined: not prepared

    [[nodiscard]] Folded folded() const
    {
        if (!norm)
            return {weight.detach(), bias.detach()};
        const at::Tensor scale = norm->scale.detach() / (norm->variance + resnet18::kBatchNormEpsilon).sqrt();
        return {(weight.detach() * scale.view({-1, 1, 1, 1})).contiguous(at::MemoryFormat::ChannelsLast),
                norm->shift.detach() - norm->mean * scale};
    }

    [[nodiscard]] at::Tensor convolved(const at::Tensor& x, const Folded& by) const
    {
        const auto padding = static_cast<int64_t>(shape.kernel / 2);
        const auto stride = static_cast<int64_t>(shape.stride);
        return at::conv2d(x, by.weight.to(x.scalar_type()), by.bias.to(x.scalar_type()),
                          at::IntArrayRef(stride), at::IntArrayRef(padding));
    }

    /// Gives a new norm the numbers with which it changes nothing. `y` is what the convolution gives, with
    /// the bias that moves into the norm.
    void calibrate(const at::Tensor& y)
    {
        const at::Tensor mean = y.mean({0, 2, 3});
        const at::Tensor variance = y.var({0, 2, 3}, false);
        norm->mean.copy_(mean - bias);
        norm->variance.copy_(variance);
        norm->scale.detach().copy_((variance + resnet18::kBatchNormEpsilon).sqrt());
        norm->shift.detach().copy_(mean);
        bias.zero_();
        norm->calibrated = true;
    }
};

TrainedConvolution::TrainedConvolution(const resnet18::Convolution& shape, const TrainableSpec& spec,
                                       quint32 number)
    : m_own(new Tensors{shape, {}, {}, {}, depthOf(shape.name)})
{
    const std::string name(shape.name);
    if (spec.missing.contains(name)) {
        const double fanOut = static_cast<double>(shape.out) * shape.kernel * shape.kernel;
        m_own->weight = randomNormal({shape.out, shape.in, shape.kernel, shape.kernel},
                                     std::sqrt(2.0 / fanOut), Random::keyed(spec.seed, 0x6865U, number));
        m_own->bias = at::zeros({shape.out});
        m_own->norm = newNorm(shape.out, name.ends_with("conv2") ? 0.0 : 1.0);
    } else {
        m_own->weight = toTrained(spec.weights.at(name + ".weight"));
        m_own->bias = toTrained(spec.weights.at(name + ".bias"));
    }
}

TrainedConvolution::TrainedConvolution(TrainedConvolution&& other) noexcept = default;
TrainedConvolution::~TrainedConvolution() = default;

void TrainedConvolution::begin(TrainedPart part, BatchNormKind batchNorm)
{
    std::optional<Norm>& norm = m_own->norm;
    const bool trained = holds(part, m_own->depth);
    m_own->trained = trained;
    if (trained && batchNorm == BatchNormKind::Fresh && !norm) {
        norm = newNorm(m_own->shape.out, 1.0);
        norm->calibrated = false;
    }
    learn(m_own->weight, trained);
    learn(m_own->bias, trained && !norm);
    if (norm) {
        learn(norm->scale, trained);
        learn(norm->shift, trained);
    }
    forget();
}

bool TrainedConvolution::isTrained() const
{
    return m_own->trained;
}

void TrainedConvolution::prepare(bool coarse)
{
    m_own->evaluates = m_own->folded();
    if (coarse)
        m_own->evaluates = {m_own->evaluates.weight.to(at::kBFloat16),
                            m_own->evaluates.bias.to(at::kBFloat16)};
}

void TrainedConvolution::forget()
{
    m_own->evaluates = {};
}

at::Tensor TrainedConvolution::run(const at::Tensor& x, Pass pass)
{
    if (pass == Pass::Evaluate)
        return m_own->convolved(x, m_own->evaluates);
    at::Tensor y = m_own->convolved(x, {m_own->weight, m_own->bias});
    if (!m_own->norm)
        return y;
    const Norm& norm = *m_own->norm;
    if (pass == Pass::Calibrate && !norm.calibrated) {
        m_own->calibrate(y);
        return y;
    }
    return at::batch_norm(y, norm.scale, norm.shift, norm.mean, norm.variance, pass == Pass::Train,
                          kBatchNormMomentum, resnet18::kBatchNormEpsilon, false);
}

void TrainedConvolution::addParameters(std::vector<TrainableParameter>& out) const
{
    const std::string name(m_own->shape.name);
    const int depth = m_own->depth;
    addParameter(out, m_own->weight, {name + ".weight", depth, false, true, {}, {}});
    addParameter(out, m_own->bias, {name + ".bias", depth, false, false, {}, {}});
    if (m_own->norm) {
        addParameter(out, m_own->norm->scale, {name + ".scale", depth, false, false, {}, {}});
        addParameter(out, m_own->norm->shift, {name + ".shift", depth, false, false, {}, {}});
    }
}

void TrainedConvolution::addStatistics(std::vector<std::span<float>>& out) const
{
    if (m_own->norm && m_own->trained) {
        out.push_back(numbersOf(m_own->norm->mean));
        out.push_back(numbersOf(m_own->norm->variance));
    }
}

void TrainedConvolution::addState(std::vector<std::span<float>>& out)
{
    out.push_back(numbersOf(m_own->weight));
    out.push_back(numbersOf(m_own->bias));
    if (!m_own->norm)
        return;
    Norm& norm = *m_own->norm;
    norm.calibrated = true;
    for (const at::Tensor* tensor : {&norm.scale, &norm.shift, &norm.mean, &norm.variance})
        out.push_back(numbersOf(*tensor));
}

void TrainedConvolution::addFolded(std::map<std::string, Tensor>& out) const
{
    const std::string name(m_own->shape.name);
    const Folded plain = m_own->folded();
    out[name + ".weight"] = fromTorch(plain.weight);
    out[name + ".bias"] = fromTorch(plain.bias);
}

} // namespace goodsight
