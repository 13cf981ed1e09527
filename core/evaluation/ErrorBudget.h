#pragma once

#include "core/evaluation/GradedAnswer.h"

#include <optional>
#include <span>

namespace goodsight {

/// From which confidence on answers may be taken without asking a person.
struct AutomaticThreshold {
    /// Answers of at least this confidence are taken; nothing where no threshold keeps the budget for sure.
    std::optional<double> threshold;
    int photos = 0;             ///< answers that were looked at
    int accepted = 0;           ///< of them, those that are automatic
    int wrong = 0;              ///< of the accepted ones
    double share = 0;           ///< accepted / photos
    double upperBound = 1;      ///< of the error among what is automatic, at `confidenceLevel`
    double maxError = 0;        ///< the budget, as asked for
    double confidenceLevel = 0; ///< as asked for
    /// Right answers without a wrong one that the budget needs at the very least: with fewer photos on val no
    /// threshold can be given.
    int photosNeeded = 0;
};

/// The lowest threshold for which, with a probability of at least `confidenceLevel` (0..1) over the draw of
/// `answers` (val: photos that the model and its temperature did not learn from), at most `maxError` (0..1)
/// of what is taken automatically is wrong.
///
/// Looking at many thresholds and taking the best would be too hopeful, so they are tested in an order that
/// depends on the confidences alone: fixed-sequence testing (Bauer 1991) as in Angelopoulos et al. 2021,
/// "Learn then Test", from several starts that share the error probability. From each start the threshold
/// goes down in steps of a hundredth of the answers as long as Clopper and Pearson's upper bound stays within
/// the budget, and stops for good where it does not.
[[nodiscard]] AutomaticThreshold thresholdForBudget(std::span<const GradedAnswer> answers, double maxError,
                                                    double confidenceLevel = 0.95);

} // namespace goodsight
