#include "core/evaluation/ErrorBudget.h"

#include "core/evaluation/Binomial.h"
#include "core/evaluation/RiskCoverage.h"

#include <algorithm>
#include <cmath>

namespace goodsight {

namespace {

constexpr int kMostStarts = 4;
constexpr int kSteps = 100;
constexpr double kUnreachable = 1e9;

/// Right answers in a row that show an error of at most `maxError`, mistaken with a probability of `chance`.
double fewest(double maxError, double chance)
{
    return std::min(std::ceil(std::log(chance) / std::log1p(-maxError)), kUnreachable);
}

/// Most starts whose last still lies within `photos`, each being twice as far as the one before.
int startsFor(int photos, double maxError, double chance)
{
    int starts = 1;
    while (starts < kMostStarts &&
           fewest(maxError, chance / (starts + 1)) * std::exp2(starts) <= static_cast<double>(photos))
        ++starts;
    return starts;
}

} // namespace

AutomaticThreshold thresholdForBudget(std::span<const GradedAnswer> answers, double maxError,
                                      double confidenceLevel)
{
    AutomaticThreshold best;
    best.photos = static_cast<int>(answers.size());
    best.maxError = maxError;
    best.confidenceLevel = confidenceLevel;
    if (!(maxError > 0 && maxError < 1 && confidenceLevel > 0 && confidenceLevel < 1))
        return best;
    const double chance = 1 - confidenceLevel;
    best.photosNeeded = static_cast<int>(fewest(maxError, chance));
    const std::vector<RiskPoint> points = riskCoverage(answers).points;
    const int starts = startsFor(best.photos, maxError, chance);
    const double shared = chance / starts;
    const int step = std::max(1, best.photos / kSteps);
    for (int start = 0; start < starts; ++start) {
        double next = fewest(maxError, shared) * std::exp2(start);
        for (const RiskPoint& point : points) {
            if (point.accepted < next)
                continue;
            // The same as clopperPearsonUpper() <= maxError, without searching for it.
            if (incompleteBeta(point.wrong + 1, point.accepted - point.wrong, maxError) < 1 - shared)
                break;
            if (point.accepted > best.accepted) {
                best.threshold = point.threshold;
                best.accepted = point.accepted;
                best.wrong = point.wrong;
            }
            next = std::min(point.accepted + step, best.photos);
        }
    }
    if (best.threshold) {
        best.share = static_cast<double>(best.accepted) / best.photos;
        best.upperBound = clopperPearsonUpper(best.wrong, best.accepted, 1 - shared);
    }
    return best;
}

} // namespace goodsight
