#pragma once

#include "core/learning/LabelledEmbeddings.h"

#include <array>
#include <memory>
#include <span>
#include <vector>

namespace goodsight {

/// What an embedding's surroundings say of whether it shows a known product; each number is larger the surer.
/// Embeddings are scaled to length 1 first. "Whitened": by the classes' shared covariance, shrunk by
/// kShrinkage towards a multiple of the identity (Ledoit and Wolf 2004), so that squared distances are
/// Mahalanobis' (Lee et al. 2018, "A simple unified framework for detecting out-of-distribution samples").
/// "Likelihood": by the two-covariance model (Ioffe 2006, "Probabilistic Linear Discriminant Analysis") in
/// which the classes' means are draws, too, so that a class that was never seen has a density of its own.
enum class Evidence {
    Neighbours,       ///< minus the mean cosine distance to the five nearest samples (Sun et al. 2022)
    Distance,         ///< minus the whitened distance to the nearest class mean
    Relative,         ///< minus its square, plus the square of that to the mean of all (cf. Ren et al. 2021)
    MaxSoftmax,       ///< log of the largest share of the classes by whitened distance, softened
    Entropy,          ///< minus the entropy of those shares
    Margin,           ///< log of the largest share less that of the second
    Cosine,           ///< largest whitened cosine with a class mean
    CosineSoftmax,    ///< log of the largest softmax of those
    WhitenedNearest,  ///< largest whitened cosine with a sample
    WhitenedGap,      ///< the same less that of the best sample of another class
    Likelihood,       ///< log-likelihood ratio of the best class against a product that was never seen
    LikelihoodMargin, ///< the same less that of the second best class
    LikelihoodShare,  ///< log of the largest share of the classes by likelihood, softened
};
inline constexpr std::size_t kEvidences = 13;
using EvidenceValues = std::array<double, kEvidences>;

/// The statistics of labelled embeddings that evidence is taken from. Immutable; any thread.
class OpenSetEvidence {
public:
    static constexpr std::size_t kWidth = 512;
    static constexpr double kShrinkage = 0.3;
    /// Samples kept of a class, spread evenly over its photos; fewer where kMostSamples would be passed.
    static constexpr std::size_t kSamplesOfAClass = 32;
    static constexpr std::size_t kMostSamples = 20'000;

    /// What is stored; everything else follows from it.
    struct Statistics {
        std::size_t classes = 0;
        std::vector<float> mean;            ///< 512: of all embeddings
        std::vector<float> classMeans;      ///< classes x 512
        std::vector<float> whitening;       ///< 512 x 512, lower triangular
        std::vector<float> samples;         ///< some embeddings of length 1, x 512, those of a class together
        std::vector<float> samplesPerClass; ///< classes
    };

    /// Needs embeddings of 512 numbers, 2 classes or more, each with an embedding. About n x 512^2
    /// multiplications.
    [[nodiscard]] static OpenSetEvidence fit(const LabelledEmbeddings& train, std::size_t classes);
    /// Sizes must fit each other.
    explicit OpenSetEvidence(Statistics statistics);
    ~OpenSetEvidence();
    OpenSetEvidence(OpenSetEvidence&&) noexcept;
    OpenSetEvidence& operator=(OpenSetEvidence&&) noexcept;

    [[nodiscard]] const Statistics& statistics() const { return m_statistics; }
    /// Of one embedding, 512 numbers; below a millisecond for 2600 samples.
    [[nodiscard]] EvidenceValues of(std::span<const float> embedding) const;

private:
    struct Derived;
    Statistics m_statistics;
    std::unique_ptr<const Derived> m_derived;
};

} // namespace goodsight
