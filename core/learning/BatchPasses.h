#pragma once

#include "core/learning/TrainableNetwork.h"

#include <functional>

namespace goodsight {

/// The passes of one step: as many rows at once as memory allows, halved where it does not. One thread.
class BatchPasses {
public:
    /// `parameters`: the network's. `pass` is called before each pass over so many rows, and what it throws
    /// is taken as thrown by the pass; may be empty. The references outlive it.
    BatchPasses(TrainableNetwork& network, const std::vector<TrainableParameter>& parameters,
                const LossWeights& loss, std::function<void(int rows)> pass);

    /// Sets the parameters' gradients by a batch. `rowsAtOnce` is what a pass takes, and smaller afterwards
    /// where that was too much. Errors: "out-of-memory" (with a single row too), the network's.
    [[nodiscard]] Result<PassResult> run(const BoundaryInput& batch, const BatchTargets& targets,
                                         int& rowsAtOnce) const;

private:
    [[nodiscard]] Result<PassResult> tryRun(const BoundaryInput& batch, const BatchTargets& targets,
                                            std::size_t rowsAtOnce) const;

    TrainableNetwork& m_network;
    const std::vector<TrainableParameter>& m_parameters;
    const LossWeights& m_loss;
    const std::function<void(int rows)> m_pass;
};

} // namespace goodsight
