#pragma once

#include "core/learning/TrainableNetwork.h"

namespace at {
class Tensor;
}

namespace goodsight {

/// What a loss reads from a pass over `count` rows. Heads that are not defined leave their part out.
struct LossInputs {
    int count = 0;
    const at::Tensor& embedding;
    const at::Tensor& logits;
    const at::Tensor& projection; ///< of the embedding to the teacher's width
    const at::Tensor& projectionBias;
    const at::Tensor& imagenetWeight; ///< the start's own fc
    const at::Tensor& imagenetBias;
};

/// What training makes small: the rows' sum of the parts that LossWeights names. Throws what LibTorch throws.
[[nodiscard]] at::Tensor lossOf(const LossInputs& inputs, const BatchTargets& targets,
                                const LossWeights& weights);

} // namespace goodsight
