#pragma once

#include "core/learning/TrainableNetwork.h"

namespace goodsight::testsupport {

/// A network of one parameter whose loss is linear: each row of the input adds its first number to the
/// gradient. A pass over more rows than `mostRows` finds no memory, after it changed the statistics as a real
/// one would.
class FakeTrainable final : public TrainableNetwork {
public:
    std::vector<float> weight{1, 2};
    std::vector<float> gradient{0, 0};
    std::vector<float> statistic{0};
    std::vector<int> passes; ///< rows of each that ended well
    int mostRows = 1 << 20;

    [[nodiscard]] Result<void> begin(TrainedPart, BatchNormKind) override { return {}; }
    [[nodiscard]] Result<void> calibrate(const BoundaryInput&) override { return {}; }
    [[nodiscard]] std::vector<TrainableParameter> parameters() override
    {
        return {{"weight", 0, false, true, weight, gradient}};
    }
    [[nodiscard]] std::vector<std::span<float>> statistics() override { return {statistic}; }
    [[nodiscard]] std::vector<std::span<float>> state() override { return {weight, statistic}; }
    [[nodiscard]] Result<std::vector<std::vector<float>>> run(const BoundaryInput&, std::span<const Boundary>,
                                                              bool) override
    {
        return std::vector<std::vector<float>>{};
    }
    [[nodiscard]] Result<std::vector<float>> logits(const BoundaryInput&) override
    {
        return std::vector<float>{};
    }
    [[nodiscard]] Result<PassResult> accumulate(const BoundaryInput& input, const BatchTargets&,
                                                const LossWeights&, int batch) override
    {
        ++statistic[0];
        if (input.count > mostRows)
            return fail("out-of-memory", QStringLiteral("no memory"));
        const std::size_t numbers = input.values.size() / static_cast<std::size_t>(input.count);
        PassResult result;
        for (std::size_t i = 0; i < input.values.size(); i += numbers) {
            gradient[0] += input.values[i] / static_cast<float>(batch);
            result.loss += 1.0 / batch;
            result.logits.push_back(input.values[i]);
        }
        passes.push_back(input.count);
        return result;
    }
    [[nodiscard]] Result<std::map<std::string, Tensor>> folded() const override
    {
        return std::map<std::string, Tensor>{};
    }
};

} // namespace goodsight::testsupport
