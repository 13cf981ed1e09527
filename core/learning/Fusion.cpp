#include "core/learning/Fusion.h"

#include <QHash>

#include <algorithm>
#include <cmath>
#include <limits>

namespace goodsight {

namespace {

/// What a probability of 0 counts as: the prototypes may still speak for the class.
constexpr double kLeast = 1e-12;

double logSum(std::span<const double> values)
{
    const double largest = *std::max_element(values.begin(), values.end());
    if (!std::isfinite(largest))
        return largest;
    double sum = 0;
    for (const double value : values)
        sum += std::exp(value - largest);
    return largest + std::log(sum);
}

/// Joint log-scores of the known classes: the evidence says how much they have together, the head and the
/// evidence how it is shared. `known`: log-probabilities; `scores` gets the result.
void scoreKnown(std::span<const double> known, std::span<const double> evidence, double sharpness,
                double head, std::vector<double>& scores)
{
    scores.resize(known.size());
    if (known.empty())
        return;
    for (std::size_t i = 0; i < known.size(); ++i)
        scores[i] = sharpness * evidence[i];
    const double together = logSum(scores);
    for (std::size_t i = 0; i < known.size(); ++i)
        scores[i] += head * known[i];
    const double shared = logSum(scores);
    for (double& score : scores)
        score += together - shared;
}

/// One sample under some sharpness and head weight; only the new products' addend is left open.
struct Scored {
    bool isKnown = false;
    bool bestIsTruth = false; ///< the best of its own kind is the right one
    double truth = 0;         ///< log-score of the right answer
    double bestKnown = 0;
    double bestFresh = -std::numeric_limits<double>::infinity();
    double allKnown = 0; ///< log of the sum
    double allFresh = -std::numeric_limits<double>::infinity();
};

Scored score(const FusionSample& sample, double sharpness, double head, std::vector<double>& scratch)
{
    Scored scored;
    const auto truth = static_cast<std::size_t>(sample.truth);
    scored.isKnown = truth < sample.known.size();
    scoreKnown(sample.known, sample.evidence, sharpness, head, scratch);
    const auto bestKnown = std::max_element(scratch.begin(), scratch.end());
    scored.bestKnown = *bestKnown;
    scored.allKnown = logSum(scratch);
    if (scored.isKnown) {
        scored.truth = scratch[truth];
        scored.bestIsTruth = static_cast<std::size_t>(bestKnown - scratch.begin()) == truth;
    }
    if (sample.fresh.empty())
        return scored;
    scratch.clear();
    for (const double evidence : sample.fresh)
        scratch.push_back(sharpness * evidence);
    const auto bestFresh = std::max_element(scratch.begin(), scratch.end());
    scored.bestFresh = *bestFresh;
    scored.allFresh = logSum(scratch);
    if (!scored.isKnown) {
        scored.truth = scratch[truth - sample.known.size()];
        scored.bestIsTruth =
            static_cast<std::size_t>(bestFresh - scratch.begin()) == truth - sample.known.size();
    }
    return scored;
}

/// How a choice of weights does on all samples.
struct Outcome {
    double loss = 0;       ///< mean of -log p(truth), known and new photos counting the same
    double knownRight = 0; ///< share
};

/// `newProduct`: what is added to the new products' log-scores.
Outcome judge(std::span<const Scored> samples, double newProduct)
{
    double loss[2] = {};
    int count[2] = {};
    int right = 0;
    for (const Scored& sample : samples) {
        const double all[] = {sample.allKnown, sample.allFresh + newProduct};
        const double truth = sample.truth + (sample.isKnown ? 0 : newProduct);
        loss[sample.isKnown] += logSum(all) - truth;
        ++count[sample.isKnown];
        if (sample.isKnown && sample.bestIsTruth && sample.bestKnown >= sample.bestFresh + newProduct)
            ++right;
    }
    Outcome outcome;
    for (int kind = 0; kind < 2; ++kind)
        outcome.loss += loss[kind] / std::max(1, count[kind]) / 2;
    outcome.knownRight = static_cast<double>(right) / std::max(1, count[1]);
    return outcome;
}

/// Share of the known samples that the head alone has right.
double headRight(std::span<const FusionSample> samples)
{
    int right = 0;
    int count = 0;
    for (const FusionSample& sample : samples) {
        if (static_cast<std::size_t>(sample.truth) >= sample.known.size())
            continue;
        ++count;
        right +=
            std::max_element(sample.known.begin(), sample.known.end()) - sample.known.begin() == sample.truth;
    }
    return static_cast<double>(right) / std::max(1, count);
}

/// What the known classes that photos show have for evidence, as a rule.
double usualEvidence(std::span<const FusionSample> samples)
{
    std::vector<double> own;
    for (const FusionSample& sample : samples) {
        if (static_cast<std::size_t>(sample.truth) < sample.known.size())
            own.push_back(sample.evidence[static_cast<std::size_t>(sample.truth)]);
    }
    if (own.empty())
        return FusionWeights().unseen;
    const auto middle = own.begin() + static_cast<std::ptrdiff_t>(own.size() / 2);
    std::nth_element(own.begin(), middle, own.end());
    return *middle;
}

} // namespace

std::vector<FusedCandidate> fuse(const QStringList& headClasses, std::span<const double> headProbabilities,
                                 std::span<const PrototypeScore> scores, const FusionWeights& weights)
{
    QHash<QString, double> evidence;
    for (const PrototypeScore& score : scores)
        evidence.insert(score.labelId, score.evidence);
    std::vector<double> known;
    std::vector<double> knownEvidence;
    std::vector<double> joint;
    for (qsizetype i = 0; i < headClasses.size(); ++i) {
        const double share = std::log(std::max(kLeast, headProbabilities[static_cast<std::size_t>(i)]));
        known.push_back(share);
        // Together the classes without prototypes weigh what the head gives them, however many they are.
        const auto own = evidence.constFind(headClasses[i]);
        knownEvidence.push_back(own != evidence.constEnd() ? *own
                                                           : weights.unseen + share / weights.sharpness);
    }
    std::vector<FusedCandidate> ranking;
    if (scores.empty()) {
        for (qsizetype i = 0; i < headClasses.size(); ++i)
            ranking.push_back({headClasses[i], headProbabilities[static_cast<std::size_t>(i)]});
    } else {
        scoreKnown(known, knownEvidence, weights.sharpness, weights.head, joint);
        for (qsizetype i = 0; i < headClasses.size(); ++i) {
            ranking.push_back({headClasses[i], joint[static_cast<std::size_t>(i)]});
            evidence.remove(headClasses[i]);
        }
        for (auto fresh = evidence.cbegin(); fresh != evidence.cend(); ++fresh) {
            joint.push_back(weights.sharpness * (fresh.value() + weights.newProduct));
            ranking.push_back({fresh.key(), joint.back()});
        }
        const double all = logSum(joint);
        for (FusedCandidate& candidate : ranking)
            candidate.confidence = std::exp(candidate.confidence - all);
    }
    std::sort(ranking.begin(), ranking.end(), [](const FusedCandidate& a, const FusedCandidate& b) {
        return a.confidence > b.confidence || (a.confidence == b.confidence && a.labelId < b.labelId);
    });
    return ranking;
}

FusionWeights chooseFusion(std::span<const FusionSample> samples, double mostLost)
{
    constexpr double kSharpness[] = {0.05, 0.1, 0.15, 0.2, 0.3, 0.45, 0.7, 1};
    constexpr double kHead[] = {0, 0.25, 0.5, 1};
    constexpr double kStep = 0.5;
    constexpr double kFrom = -40;
    constexpr double kTo = 20;
    FusionWeights best;
    if (samples.empty())
        return best;
    const double wanted = headRight(samples) - mostLost;
    best.unseen = usualEvidence(samples);
    // Where nothing keeps the known products as they were, what keeps the most of them.
    double leastLoss = std::numeric_limits<double>::infinity();
    double mostRight = -1;
    std::vector<Scored> scored(samples.size());
    std::vector<double> scratch;
    for (const double sharpness : kSharpness) {
        for (const double head : kHead) {
            for (std::size_t i = 0; i < samples.size(); ++i)
                scored[i] = score(samples[i], sharpness, head, scratch);
            for (double newProduct = kFrom; newProduct <= kTo; newProduct += kStep) {
                const Outcome outcome = judge(scored, sharpness * newProduct);
                const double right = std::min(outcome.knownRight, wanted);
                if (right < mostRight || (right == mostRight && outcome.loss >= leastLoss))
                    continue;
                mostRight = right;
                leastLoss = outcome.loss;
                best.sharpness = sharpness;
                best.head = head;
                best.newProduct = newProduct;
            }
        }
    }
    return best;
}

} // namespace goodsight
