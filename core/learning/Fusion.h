#pragma once

#include "core/learning/LabelledEmbeddings.h"
#include "core/learning/PrototypeIndex.h"

#include <QStringList>

#include <cstdint>
#include <functional>

namespace goodsight {

/// How the head and the prototypes are weighed against each other; chooseFusion() finds it.
struct FusionWeights {
    double sharpness = 0.3; ///< what the prototypes' evidence is multiplied by, above 0
    double head = 0.5;      ///< what the head's log-probabilities are multiplied by beside evidence, 0 and up
    double newProduct = -3; ///< added to the evidence of a product that the head does not know
    double elsewhere = 0;   ///< evidence that the photo shows something that is near no prototype
    double unseen = 100;    ///< evidence assumed of the head's classes that have no prototype
};

/// One product of a joint ranking.
struct FusedCandidate {
    QString labelId;
    double confidence = 0; ///< 0..1, all of a ranking sum to 1
};

/// Ranks the head's classes together with the products that only have prototypes, best first, equal ones in
/// the order of their ids. `headClasses` are the ids of `headProbabilities` (above or equal 0, summing to 1).
///
/// A mixture of what the photo may be, each weighed by its evidence: one of the known products as their
/// prototypes show them, where head and evidence are multiplied; something that is near no prototype, or a
/// class without one, where only the head speaks; or a new product. So a photo that resembles nothing that
/// was learnt or taught keeps the head's answer, however few new products there are to compare it with.
/// Without scores it is the head's own ranking. Any thread.
[[nodiscard]] std::vector<FusedCandidate> fuse(const QStringList& headClasses,
                                               std::span<const double> headProbabilities,
                                               std::span<const PrototypeScore> scores,
                                               const FusionWeights& weights);

/// A photo with a known answer, as seen by a head and an index to which some of its classes are new.
struct FusionSample {
    static constexpr int kNeither = -1; ///< truth of a photo of a product that is neither known nor taught

    std::vector<double> known;    ///< log-probabilities of the head
    std::vector<double> evidence; ///< of the same classes
    std::vector<double> fresh;    ///< evidence of the new products
    int truth = 0;                ///< among the known, from known.size() on among the new, or kNeither
};

/// The weights under which the answers of `samples` are likeliest (of a photo of neither kind, that it is no
/// new product), among those that leave the known products at most `mostLost` (0..1) less often right than
/// the head alone is. The new count twice and those of neither kind half as much as the known, however many
/// they are. FusionWeights() without samples. Uses the calling thread's OpenMP team.
[[nodiscard]] FusionWeights chooseFusion(std::span<const FusionSample> samples, double mostLost = 0.01);

/// Rehearses the teaching of new products with known ones: several times over, half of the classes of `train`
/// is hidden, a metric learnt from the rest, and half of the hidden ones taught with 1, 3, 5 and 10 of their
/// photos; each photo of `val` gives a sample each time, those of the other half one of neither kind.
/// `headLogits`: val photos x `classes`, from a head that knows all of them. The same for the same seed. Uses
/// the calling thread's OpenMP team, a few seconds. `stopRequested` may be empty; it is asked some times a
/// second. Errors: EmbeddingMetric::learn()'s; "bad-input" where the sizes do not fit; "cancelled".
[[nodiscard]] Result<std::vector<FusionSample>> rehearse(const LabelledEmbeddings& train,
                                                         const LabelledEmbeddings& val, int dimensions,
                                                         std::span<const float> headLogits, int classes,
                                                         std::uint64_t seed,
                                                         const std::function<bool()>& stopRequested = {});

} // namespace goodsight
