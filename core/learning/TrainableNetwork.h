#pragma once

#include "core/base/Result.h"
#include "core/learning/TrainingPlan.h"
#include "core/model/Tensor.h"

#include <functional>
#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace goodsight {

/// Where the network can be entered or left: what the layers before it give.
enum class Boundary {
    Pictures,  ///< the normalised input
    Layer2,    ///< layer2's output
    Layer3,    ///< layer3's output
    Embedding, ///< the 512 numbers before fc
};

/// What enters the layers that `part` trains.
[[nodiscard]] constexpr Boundary boundaryOf(TrainedPart part)
{
    switch (part) {
    case TrainedPart::Fc:
        return Boundary::Embedding;
    case TrainedPart::Layer4:
        return Boundary::Layer3;
    case TrainedPart::Layer3:
        return Boundary::Layer2;
    case TrainedPart::All:
        break;
    }
    return Boundary::Pictures;
}

/// One picture at a boundary: height x width x channels floats, channels last.
struct BoundaryShape {
    int channels = 0;
    int side = 0; ///< height and width

    [[nodiscard]] std::size_t numbers() const
    {
        return static_cast<std::size_t>(channels) * static_cast<std::size_t>(side) *
               static_cast<std::size_t>(side);
    }
};

/// The shape at `boundary` of pictures of side x side pixels.
[[nodiscard]] constexpr BoundaryShape shapeAt(Boundary boundary, int side)
{
    switch (boundary) {
    case Boundary::Pictures:
        return {3, side};
    case Boundary::Layer2:
        return {128, side / 8};
    case Boundary::Layer3:
        return {256, side / 16};
    case Boundary::Embedding:
        break;
    }
    return {512, 1};
}

/// Pictures at a boundary.
struct BoundaryInput {
    Boundary boundary = Boundary::Pictures;
    int side = 0;                  ///< of the pictures
    int count = 0;                 ///< of rows
    std::span<const float> values; ///< count x shapeAt(boundary, side).numbers()
};

/// What a batch is to give. All row-major, `count` rows; an empty one leaves its part of the loss out.
struct BatchTargets {
    std::vector<float> labels;    ///< x classes; each row sums to 1
    std::vector<float> weights;   ///< x 1, of the labels' part
    std::vector<float> teacher;   ///< x classes, probabilities at the loss's temperature
    std::vector<float> embedding; ///< x the teacher's width
    std::vector<float> imagenet;  ///< x 1000, probabilities
};

/// What a pass gave.
struct PassResult {
    double loss = 0;           ///< the rows' sum, divided by the batch's rows
    std::vector<float> logits; ///< count x classes, of the weights before the step
};

/// Numbers of the network that training changes, as the optimiser sees them. The spans stay where they are
/// until the next begin().
struct TrainableParameter {
    std::string name;
    int depth = 0;       ///< 0: layer4 and what follows; 1: layer3; 2: before it
    bool isHead = false; ///< fc's
    bool decays = false; ///< a weight, not a bias or a scale
    std::span<float> value;
    std::span<float> gradient;
};

/// What a network that can be trained starts from.
struct TrainableSpec {
    /// Folded convolutions by torchvision's names, and "fc.weight", "fc.bias" with one row a class.
    std::map<std::string, Tensor> weights;
    /// Names of convolutions whose weights are not in `weights`: they start from He's random weights (He et
    /// al. 2015) with batch norm, the last of a block at scale 0, so that the block starts as its shortcut.
    std::set<std::string> missing;
    Tensor imagenetWeight; ///< 1000 x 512 and
    Tensor imagenetBias;   ///< 1000: the start's own head, fixed; empty: none
    int teacherWidth = 0;  ///< numbers of a teacher's embedding; 0: none
    quint32 seed = 1;      ///< of what starts at random
    int threads = 0;       ///< 0: all cores
    bool coarse = false;   ///< convolutions of passes that train compute in bfloat16 where that is faster
    /// Asked between layers, forwards and backwards; true ends the pass with "cancelled". May be empty.
    std::function<bool()> stopRequested;
};

/// ResNet-18 that can learn: LibTorch behind plain numbers. Made by TorchApi. One thread at a time.
///
/// Errors of its functions: "cancelled", "out-of-memory", "backend-failed"; no exception leaves it.
class TrainableNetwork {
public:
    virtual ~TrainableNetwork() = default;

    /// From now on `part` is trained and the rest is fixed. With BatchNormKind::Fresh its convolutions that
    /// have none get a batch norm, to be set by calibrate(). Earlier spans are void.
    [[nodiscard]] virtual Result<void> begin(TrainedPart part, BatchNormKind batchNorm) = 0;
    /// Sets the new batch norms such that the network gives what it gave, by their inputs' mean and variance
    /// over these rows at the part's boundary.
    [[nodiscard]] virtual Result<void> calibrate(const BoundaryInput& rows) = 0;

    /// Of the trained part.
    [[nodiscard]] virtual std::vector<TrainableParameter> parameters() = 0;
    /// Means and variances of the trained part's batch norms: follow the data without a gradient.
    [[nodiscard]] virtual std::vector<std::span<float>> statistics() = 0;
    /// Everything that a later begin() does not set: to be kept and put back.
    [[nodiscard]] virtual std::vector<std::span<float>> state() = 0;

    /// What the network, as it evaluates, makes of `input` at the boundaries `to`, each of them behind the
    /// input's and none behind the trained part's. `coarse` computes in bfloat16 where the processor is
    /// faster so.
    [[nodiscard]] virtual Result<std::vector<std::vector<float>>>
    run(const BoundaryInput& input, std::span<const Boundary> to, bool coarse) = 0;
    /// count x classes logits, as the network evaluates.
    [[nodiscard]] virtual Result<std::vector<float>> logits(const BoundaryInput& input) = 0;
    /// A forward and a backward pass of rows at the part's boundary; the gradients, divided by `batch`, are
    /// added to the parameters'.
    [[nodiscard]] virtual Result<PassResult> accumulate(const BoundaryInput& input,
                                                        const BatchTargets& targets, const LossWeights& loss,
                                                        int batch) = 0;

    /// The weights with every batch norm folded, by torchvision's names.
    [[nodiscard]] virtual Result<std::map<std::string, Tensor>> folded() const = 0;
};

} // namespace goodsight
