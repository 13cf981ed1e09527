#include "core/learning/Optimiser.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace goodsight {

namespace {

constexpr double kBeta1 = 0.9;
constexpr double kBeta2 = 0.999;
constexpr double kEpsilon = 1e-8;
constexpr double kOneCycleStart = 1.0 / 25;
constexpr double kOneCycleEnd = kOneCycleStart * 1e-4;

/// Numbers above which OpenMP's threads share a loop; each number's result is the same however many they are.
constexpr std::size_t kManyNumbers = 1 << 16;

double cosine(double from, double to, double share)
{
    return to + (from - to) / 2 * (1 + std::cos(std::numbers::pi * share));
}

} // namespace

double scheduleAt(ScheduleKind kind, double warmup, qint64 step, qint64 steps)
{
    const auto at = static_cast<double>(step);
    const auto last = static_cast<double>(steps - 1);
    if (kind == ScheduleKind::Constant || steps <= 1)
        return 1;
    if (kind == ScheduleKind::Cosine)
        return cosine(1, 0, at / static_cast<double>(steps));
    const double top = warmup * static_cast<double>(steps) - 1;
    if (at <= top)
        return cosine(kOneCycleStart, 1, at / std::max(top, 1.0));
    return cosine(1, kOneCycleEnd, (at - std::max(top, 0.0)) / (last - std::max(top, 0.0)));
}

Optimiser::Optimiser(OptimiserKind kind, double momentum, const std::vector<std::size_t>& sizes)
    : m_kind(kind)
    , m_momentum(static_cast<float>(momentum))
{
    for (const std::size_t size : sizes) {
        m_first.emplace_back(size, 0.0F);
        if (kind != OptimiserKind::Sgd)
            m_second.emplace_back(size, 0.0F);
    }
}

void Optimiser::update(std::size_t parameter, const Rates& rates, std::span<float> value,
                       std::span<const float> gradient)
{
    const auto rate = static_cast<float>(rates.learningRate);
    const auto decay = static_cast<float>(rates.weightDecay);
    const std::size_t count = value.size();
    float* const p = value.data();
    const float* const g = gradient.data();
    float* const first = m_first[parameter].data();
    if (m_kind == OptimiserKind::Sgd) {
        const float momentum = m_momentum;
#pragma omp parallel for if (count > kManyNumbers)
        for (std::size_t i = 0; i < count; ++i) {
            const float slope = g[i] + decay * p[i];
            first[i] = momentum * first[i] + slope;
            p[i] -= rate * (slope + momentum * first[i]);
        }
        return;
    }
    const auto steps = static_cast<double>(m_steps);
    const auto beta1 = static_cast<float>(kBeta1);
    const auto beta2 = static_cast<float>(kBeta2);
    const auto scale = static_cast<float>(rates.learningRate / (1 - std::pow(kBeta1, steps)));
    const auto root = static_cast<float>(1 / std::sqrt(1 - std::pow(kBeta2, steps)));
    const auto epsilon = static_cast<float>(kEpsilon);
    const float added = m_kind == OptimiserKind::Adam ? decay : 0.0F;
    const float kept = m_kind == OptimiserKind::AdamW ? 1 - rate * decay : 1.0F;
    float* const second = m_second[parameter].data();
#pragma omp parallel for if (count > kManyNumbers)
    for (std::size_t i = 0; i < count; ++i) {
        const float slope = g[i] + added * p[i];
        first[i] = beta1 * first[i] + (1 - beta1) * slope;
        second[i] = beta2 * second[i] + (1 - beta2) * slope * slope;
        p[i] = kept * p[i] - scale * first[i] / (std::sqrt(second[i]) * root + epsilon);
    }
}

std::vector<std::span<float>> Optimiser::state()
{
    std::vector<std::span<float>> out;
    for (auto* group : {&m_first, &m_second}) {
        for (std::vector<float>& tensor : *group)
            out.emplace_back(tensor);
    }
    return out;
}

void moveAverage(std::span<float> average, std::span<const float> value, double keep)
{
    const auto share = static_cast<float>(1 - keep);
    const std::size_t count = average.size();
    float* const to = average.data();
    const float* const from = value.data();
#pragma omp parallel for if (count > kManyNumbers)
    for (std::size_t i = 0; i < count; ++i)
        to[i] += share * (from[i] - to[i]);
}

} // namespace goodsight
