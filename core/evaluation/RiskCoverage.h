#pragma once

#include "core/evaluation/GradedAnswer.h"

#include <span>
#include <vector>

namespace goodsight {

/// What accepting every answer of at least `threshold` would do.
struct RiskPoint {
    double threshold = 0; ///< confidence, 0..1
    int accepted = 0;     ///< answers
    int wrong = 0;        ///< of the accepted ones
    double coverage = 0;  ///< accepted / all
    double risk = 0;      ///< wrong / accepted
};

/// How the error falls as fewer answers are accepted.
struct RiskCoverage {
    /// One for each confidence that occurs, the highest first: coverage rises to 1.
    std::vector<RiskPoint> points;
    /// Area under risk over coverage: the mean, over the answers, of the risk of accepting that answer and
    /// all that are as sure or surer. 0 without answers.
    double aurc = 0;
};

/// El-Yaniv and Wiener 2010, "On the Foundations of Noise-free Selective Classification"; the area as Geifman
/// et al. 2019 have it. Equal confidences make one point, since no threshold comes between them. Confidences
/// must be numbers, as grade() makes them.
[[nodiscard]] RiskCoverage riskCoverage(std::span<const GradedAnswer> answers);

/// At most `count` (2 or more) of `points`, evenly over coverage, the first and the last among them: what a
/// chart or a line of JSON needs.
[[nodiscard]] std::vector<RiskPoint> thinned(std::span<const RiskPoint> points, int count);

} // namespace goodsight
