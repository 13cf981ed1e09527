#include "core/learning/BatchPasses.h"

#include "core/inference/Guard.h"
#include "core/learning/BatchMaker.h"

#include <algorithm>
#include <utility>

namespace goodsight {

BatchPasses::BatchPasses(TrainableNetwork& network, const std::vector<TrainableParameter>& parameters,
                         const LossWeights& loss, std::function<void(int rows)> pass)
    : m_network(network)
    , m_parameters(parameters)
    , m_loss(loss)
    , m_pass(std::move(pass))
{}

Result<PassResult> BatchPasses::run(const BoundaryInput& batch, const BatchTargets& targets,
                                    int& rowsAtOnce) const
{
    std::vector<std::vector<float>> statistics;
    for (const std::span<float> values : m_network.statistics())
        statistics.emplace_back(values.begin(), values.end());
    for (;;) {
        auto all = tryRun(batch, targets, static_cast<std::size_t>(rowsAtOnce));
        if (all || all.error().code != u"out-of-memory" || rowsAtOnce == 1)
            return all;
        rowsAtOnce = std::max(1, std::min(rowsAtOnce, batch.count) / 2);
        const auto now = m_network.statistics();
        for (std::size_t i = 0; i < now.size(); ++i)
            std::copy(statistics[i].begin(), statistics[i].end(), now[i].begin());
    }
}

Result<PassResult> BatchPasses::tryRun(const BoundaryInput& batch, const BatchTargets& targets,
                                       std::size_t rowsAtOnce) const
{
    for (const TrainableParameter& parameter : m_parameters)
        std::fill(parameter.gradient.begin(), parameter.gradient.end(), 0.0F);
    const auto rows = static_cast<std::size_t>(batch.count);
    const std::size_t numbers = batch.values.size() / rows;
    PassResult sum;
    for (std::size_t begin = 0; begin < rows; begin += rowsAtOnce) {
        const std::size_t count = std::min(rowsAtOnce, rows - begin);
        auto pass = guarded([&]() -> Result<PassResult> {
            if (m_pass)
                m_pass(static_cast<int>(count));
            return m_network.accumulate({batch.boundary, batch.side, static_cast<int>(count),
                                         batch.values.subspan(begin * numbers, count * numbers)},
                                        slice(targets, rows, begin, count), m_loss, batch.count);
        });
        if (!pass)
            return pass;
        sum.loss += pass->loss;
        sum.logits.insert(sum.logits.end(), pass->logits.begin(), pass->logits.end());
    }
    return sum;
}

} // namespace goodsight
