#include "core/torch/TrainingLoss.h"

#include <ATen/ATen.h>

namespace goodsight {

namespace {

/// sum of p log(p / q) with 0 log 0 = 0.
at::Tensor divergence(const at::Tensor& p, const at::Tensor& logQ)
{
    return at::xlogy(p, p).sum() - (p * logQ).sum();
}

} // namespace

at::Tensor lossOf(const LossInputs& inputs, const BatchTargets& targets, const LossWeights& weights)
{
    const auto rows = [count = inputs.count](const std::vector<float>& values) {
        return at::from_blob(const_cast<float*>(values.data()), // only read
                             {count, static_cast<int64_t>(values.size()) / count}, at::kFloat);
    };
    at::Tensor loss = at::zeros({});
    if (weights.label > 0) {
        const at::Tensor each = -(rows(targets.labels) * at::log_softmax(inputs.logits, 1)).sum(1, true);
        loss = loss + weights.label * (each * rows(targets.weights)).sum();
    }
    if (!targets.teacher.empty() && weights.teacher > 0) {
        const double t = weights.temperature;
        loss = loss + weights.teacher * t * t *
                          divergence(rows(targets.teacher), at::log_softmax(inputs.logits / t, 1));
    }
    if (!targets.embedding.empty() && weights.embedding > 0 && inputs.projection.defined()) {
        const at::Tensor projected = at::linear(inputs.embedding, inputs.projection, inputs.projectionBias);
        loss = loss + weights.embedding *
                          (inputs.count - at::cosine_similarity(projected, rows(targets.embedding), 1).sum());
    }
    if (!targets.imagenet.empty() && weights.imagenet > 0 && inputs.imagenetWeight.defined()) {
        const at::Tensor read = at::linear(inputs.embedding, inputs.imagenetWeight, inputs.imagenetBias);
        loss = loss + weights.imagenet * divergence(rows(targets.imagenet), at::log_softmax(read, 1));
    }
    return loss;
}

} // namespace goodsight
