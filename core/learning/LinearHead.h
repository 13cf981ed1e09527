#pragma once

#include "core/base/Result.h"

#include <QtGlobal>

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

namespace goodsight {

/// How a head is fitted.
struct LinearHeadOptions {
    /// The weight of the penalty: the loss is the sum over the photos of -log p(label) plus l2 / 2 times the
    /// squared weights (scikit-learn's C is 1 / l2). Empty: chosen by cross-validation.
    std::optional<double> l2;
    /// Empty, or one number a photo: photos of one class and one number other than 0 are never on both sides
    /// of the cross-validation (PhotoFolds::deal()).
    std::span<const qint64> groups;
    int folds = 3;           ///< of the cross-validation; large problems use fewer, and a share of the photos
    std::uint64_t seed = 1;  ///< of the cross-validation's split
    bool balanced = false;   ///< every class counts the same, however many photos it has
    double tolerance = 1e-3; ///< how near the least loss, as a share of it (scikit-learn ends farther away)
    int maxIterations = 300;
    /// Photos x weights above which the last fit begins with a share of the photos, since one pass over all
    /// takes long.
    double longPass = 1e10;
    int threads = 0; ///< 0: all cores
    /// Asked every few hundredths of a second on the calling thread; true ends the fit. May be empty.
    std::function<bool()> stopRequested;
};

/// A fitted last layer, in the space of the embeddings as they come: fc.weight and fc.bias of a package.
struct LinearHead {
    std::vector<float> weight; ///< classes x dimensions, row-major
    std::vector<float> bias;   ///< classes
    double l2 = 0;             ///< given or chosen
    double loss = 0;           ///< mean of -log p(label) over the photos, without the penalty
    /// Mean of -log p(label) on photos that were not learnt from, at this l2; NaN without cross-validation.
    double heldOutLoss = 0;
    int iterations = 0; ///< of the last fit
};

/// Bias of a class without photos: no logit of it is ever among the first.
inline constexpr float kNoPhotosBias = -1e4F;

/// Multinomial logistic regression: fits a head to `embeddings`, photos x `dimensions`, row-major, with one
/// label of 0..`classes`-1 for each photo.
///
/// L-BFGS on the principal axes of the embeddings (see minimize()), where the curvature is nearly diagonal.
/// l2 is chosen by stratified cross-validation over a grid that goes from strong to weak in steps of about 5,
/// each fit starting from the one before, until held-out photos gain too little. The grid is relative
/// to the variance of the embeddings, so that their scale does not matter. A class without photos gets weight
/// 0 and kNoPhotosBias; a class's only photo is always learnt from, and where no class has two, the grid's
/// middle is taken. Memory: a copy of the embeddings, some 20 times the weights, 20 MB. Any thread.
///
/// Errors: "bad-input" (sizes, labels out of range), "bad-embedding" (a number that is not finite),
/// "one-class" (fewer than two classes have photos), "cancelled", "out-of-memory".
[[nodiscard]] Result<LinearHead> fitLinearHead(std::span<const float> embeddings, int dimensions,
                                               std::span<const int> labels, int classes,
                                               const LinearHeadOptions& options = {});

} // namespace goodsight
