#pragma once

#include "core/learning/TrainingPlan.h"

#include <span>
#include <vector>

namespace goodsight {

/// The share of a stage's largest learning rate at step `step` (from 0) of `steps`. OneCycle rises along a
/// cosine from 1/25 over the first `warmup` of the steps and falls along one to 1e-4 of that (PyTorch's
/// OneCycleLR).
[[nodiscard]] double scheduleAt(ScheduleKind kind, double warmup, qint64 step, qint64 steps);

/// One kind of step over any number of parameters, with the memory that it needs for each.
class Optimiser {
public:
    struct Rates {
        double learningRate = 0;
        double weightDecay = 0;
    };

    /// `sizes`: numbers of each parameter.
    Optimiser(OptimiserKind kind, double momentum, const std::vector<std::size_t>& sizes);

    /// To be called before the parameters of one step are updated.
    void beginStep() { ++m_steps; }
    /// SGD with Nesterov momentum (Sutskever et al. 2013, in PyTorch's form), Adam (Kingma and Ba 2015, decay
    /// added to the gradient) or AdamW (Loshchilov and Hutter 2019); beta 0.9 and 0.999, epsilon 1e-8.
    void update(std::size_t parameter, const Rates& rates, std::span<float> value,
                std::span<const float> gradient);

    /// Steps so far, for a checkpoint.
    [[nodiscard]] qint64 steps() const { return m_steps; }
    void setSteps(qint64 steps) { m_steps = steps; }
    /// Its memory, for a checkpoint.
    [[nodiscard]] std::vector<std::span<float>> state();

private:
    OptimiserKind m_kind;
    float m_momentum;
    qint64 m_steps = 0;
    std::vector<std::vector<float>> m_first;
    std::vector<std::vector<float>> m_second; ///< of Adam
};

/// average += (1 - keep) (value - average), as a moving average of weights does.
void moveAverage(std::span<float> average, std::span<const float> value, double keep);

} // namespace goodsight
