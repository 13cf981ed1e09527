#include "core/learning/Fusion.h"

#include <QHash>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>

namespace goodsight {

namespace {

/// What a probability of 0 counts as: the prototypes may still speak for the class.
constexpr double kLeast = 1e-12;

/// How much photos count beside those of known products, which a bound protects already. Policy, and measured
/// with FewShotBench on a network that knows none of the photos: with 1 for both, products that are taught by
/// one photo are recognised 5 points less often and more, and grey pictures are no less sure.
constexpr double kNewCounts = 2;
constexpr double kNeitherCounts = 0.5;

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

/// log(exp(a) + exp(b)).
double logAdd(double a, double b)
{
    const double both[] = {a, b};
    return logSum(both);
}

/// Shares of the known products by head and evidence together; the result is the log of what they weigh by
/// their evidence alone. `shares` gets probabilities.
double shareKnown(std::span<const double> known, std::span<const double> evidence, double sharpness,
                  double head, std::vector<double>& shares)
{
    shares.resize(known.size());
    if (known.empty())
        return -std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < known.size(); ++i)
        shares[i] = sharpness * evidence[i];
    const double together = logSum(shares);
    for (std::size_t i = 0; i < known.size(); ++i)
        shares[i] += head * known[i];
    const double shared = logSum(shares);
    for (double& share : shares)
        share = std::exp(share - shared);
    return together;
}

/// One sample under some weights; only the new products' addend is left open.
struct Scored {
    enum Kind : std::uint8_t { New, Known, Neither };
    Kind kind = Neither;
    bool bestIsTruth = false; ///< the best of its own kind is the right one
    double truth = 0;         ///< log-score of the right answer, or of all that are no new product
    double bestKnown = 0;
    double bestFresh = -std::numeric_limits<double>::infinity();
    double allKnown = 0; ///< log of the sum
    double allFresh = -std::numeric_limits<double>::infinity();
};

/// A sample under a sharpness and a head weight: what is asked of it for every `elsewhere`.
class SharedSample {
public:
    SharedSample(const FusionSample& sample, double sharpness, double head)
        : m_sample(&sample)
        , m_together(shareKnown(sample.known, sample.evidence, sharpness, head, m_shares))
    {
        const auto known = static_cast<int>(sample.known.size());
        if (sample.truth != FusionSample::kNeither)
            m_scored.kind = sample.truth < known ? Scored::Known : Scored::New;
        for (const double share : sample.known)
            m_head.push_back(std::exp(share));
        if (sample.fresh.empty())
            return;
        std::vector<double> fresh;
        for (const double evidence : sample.fresh)
            fresh.push_back(sharpness * evidence);
        const auto best = std::max_element(fresh.begin(), fresh.end());
        m_scored.bestFresh = *best;
        m_scored.allFresh = logSum(fresh);
        if (m_scored.kind == Scored::New) {
            m_scored.truth = fresh[static_cast<std::size_t>(sample.truth - known)];
            m_scored.bestIsTruth = best - fresh.begin() == sample.truth - known;
        }
    }

    /// `elsewhere`: log of what "near no prototype" weighs.
    [[nodiscard]] Scored score(double elsewhere) const
    {
        Scored scored = m_scored;
        scored.allKnown = logAdd(m_together, elsewhere);
        const double near = std::exp(m_together - scored.allKnown);
        std::size_t best = 0;
        double most = -1;
        for (std::size_t i = 0; i < m_shares.size(); ++i) {
            if (const double share = shareOf(i, near); share > most) {
                most = share;
                best = i;
            }
        }
        scored.bestKnown = scored.allKnown + std::log(std::max(kLeast, most));
        if (scored.kind == Scored::Known) {
            const auto truth = static_cast<std::size_t>(m_sample->truth);
            scored.truth = scored.allKnown + std::log(std::max(kLeast, shareOf(truth, near)));
            scored.bestIsTruth = best == truth;
        } else if (scored.kind == Scored::Neither) {
            scored.truth = scored.allKnown;
        }
        return scored;
    }

private:
    [[nodiscard]] double shareOf(std::size_t i, double near) const
    {
        return near * m_shares[i] + (1 - near) * m_head[i];
    }

    const FusionSample* m_sample;
    std::vector<double> m_shares; ///< of the known by head and evidence
    std::vector<double> m_head;   ///< by the head
    double m_together;
    Scored m_scored;
};

/// How a choice of weights does on all samples.
struct Outcome {
    double loss = 0; ///< sum over the kinds of photos of what each counts times the mean of -log p(truth)
    double knownRight = 0; ///< share
};

/// `newProduct`: what is added to the new products' log-scores.
Outcome judge(std::span<const Scored> samples, double newProduct)
{
    constexpr int kKinds = 3;
    constexpr double kCounts[kKinds] = {kNewCounts, 1, kNeitherCounts};
    double loss[kKinds] = {};
    int count[kKinds] = {};
    int right = 0;
    for (const Scored& sample : samples) {
        const double truth = sample.truth + (sample.kind == Scored::New ? newProduct : 0);
        loss[sample.kind] += logAdd(sample.allKnown, sample.allFresh + newProduct) - truth;
        ++count[sample.kind];
        if (sample.kind == Scored::Known && sample.bestIsTruth &&
            sample.bestKnown >= sample.bestFresh + newProduct)
            ++right;
    }
    Outcome outcome;
    for (int kind = 0; kind < kKinds; ++kind)
        outcome.loss += kCounts[kind] * loss[kind] / std::max(1, count[kind]);
    outcome.knownRight = static_cast<double>(right) / std::max(1, count[Scored::Known]);
    return outcome;
}

bool isKnown(const FusionSample& sample)
{
    return sample.truth >= 0 && static_cast<std::size_t>(sample.truth) < sample.known.size();
}

/// The best weights of a sharpness, and what makes them so.
struct Choice {
    FusionWeights weights;
    double right = -1; ///< share of the known that are right, as far as that is wanted
    double loss = std::numeric_limits<double>::infinity();

    /// Where nothing keeps the known products as they were, what keeps the most of them.
    [[nodiscard]] bool isBetterThan(const Choice& other) const
    {
        return right > other.right || (right == other.right && loss < other.loss);
    }
};

Choice chooseBeside(std::span<const FusionSample> samples, double sharpness, double wanted)
{
    constexpr double kHead[] = {0, 0.25, 0.5, 0.75, 1};
    // Logarithms of what is weighed, where evidence counts by its product with the sharpness.
    constexpr double kFrom = -5;
    constexpr double kTo = 5;
    constexpr double kElsewhereStep = 1;
    constexpr double kNewStep = 0.25;
    Choice best;
    std::vector<SharedSample> shared;
    std::vector<Scored> scored(samples.size());
    for (const double head : kHead) {
        shared.clear();
        for (const FusionSample& sample : samples)
            shared.emplace_back(sample, sharpness, head);
        for (double elsewhere = kFrom; elsewhere <= kTo; elsewhere += kElsewhereStep) {
            for (std::size_t i = 0; i < samples.size(); ++i)
                scored[i] = shared[i].score(elsewhere);
            for (double newProduct = kFrom; newProduct <= kTo; newProduct += kNewStep) {
                const Outcome outcome = judge(scored, newProduct);
                Choice choice;
                choice.right = std::min(outcome.knownRight, wanted);
                choice.loss = outcome.loss;
                if (!choice.isBetterThan(best))
                    continue;
                choice.weights.sharpness = sharpness;
                choice.weights.head = head;
                choice.weights.newProduct = newProduct / sharpness;
                choice.weights.elsewhere = elsewhere / sharpness;
                best = choice;
            }
        }
    }
    return best;
}

/// Share of the known samples that the head alone has right.
double headRight(std::span<const FusionSample> samples)
{
    int right = 0;
    int count = 0;
    for (const FusionSample& sample : samples) {
        if (!isKnown(sample))
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
        if (isKnown(sample))
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
    std::vector<FusedCandidate> ranking;
    for (qsizetype i = 0; i < headClasses.size(); ++i)
        ranking.push_back({headClasses[i], headProbabilities[static_cast<std::size_t>(i)]});
    if (!scores.empty()) {
        QHash<QString, double> evidence;
        for (const PrototypeScore& score : scores)
            evidence.insert(score.labelId, score.evidence);
        std::vector<double> near; ///< log-shares of the head's classes that have prototypes
        std::vector<double> nearEvidence;
        std::vector<double> joint; ///< of the ranking's products
        std::vector<std::size_t> places;
        for (std::size_t i = 0; i < ranking.size(); ++i) {
            const double share = std::log(std::max(kLeast, ranking[i].confidence));
            joint.push_back(weights.sharpness * weights.elsewhere + share);
            if (const auto own = evidence.constFind(ranking[i].labelId); own != evidence.constEnd()) {
                near.push_back(share);
                nearEvidence.push_back(*own);
                places.push_back(i);
                evidence.erase(own);
            } else {
                // Together they weigh what the head gives them, however many they are.
                joint[i] = logAdd(joint[i], weights.sharpness * weights.unseen + share);
            }
        }
        std::vector<double> shares;
        const double together = shareKnown(near, nearEvidence, weights.sharpness, weights.head, shares);
        for (std::size_t i = 0; i < places.size(); ++i)
            joint[places[i]] = logAdd(joint[places[i]], together + std::log(std::max(kLeast, shares[i])));
        for (auto fresh = evidence.cbegin(); fresh != evidence.cend(); ++fresh) {
            joint.push_back(weights.sharpness * (fresh.value() + weights.newProduct));
            ranking.push_back({fresh.key(), 0});
        }
        const double all = logSum(joint);
        for (std::size_t i = 0; i < ranking.size(); ++i)
            ranking[i].confidence = std::exp(joint[i] - all);
    }
    std::sort(ranking.begin(), ranking.end(), [](const FusedCandidate& a, const FusedCandidate& b) {
        return a.confidence > b.confidence || (a.confidence == b.confidence && a.labelId < b.labelId);
    });
    return ranking;
}

FusionWeights chooseFusion(std::span<const FusionSample> samples, double mostLost)
{
    constexpr double kSharpness[] = {0.01, 0.02, 0.03, 0.05, 0.07, 0.1, 0.15, 0.2, 0.3};
    if (samples.empty())
        return {};
    const double wanted = headRight(samples) - mostLost;
    Choice choices[std::size(kSharpness)];
#pragma omp parallel for schedule(dynamic)
    for (std::size_t i = 0; i < std::size(kSharpness); ++i)
        choices[i] = chooseBeside(samples, kSharpness[i], wanted);
    Choice best = choices[0];
    for (const Choice& choice : choices) {
        if (choice.isBetterThan(best))
            best = choice;
    }
    best.weights.unseen = usualEvidence(samples);
    return best.weights;
}

} // namespace goodsight
