#pragma once

#include "core/inference/AnswerStep.h"
#include "core/learning/OpenSetEvidence.h"

namespace goodsight {

/// Scores "not one of your products": evidence of an embedding's surroundings, mixed by logistic regression
/// into the log-odds of a known product. A value on disk: one safetensors file of a few megabytes, rebuilt
/// from a project's cached embeddings in seconds. Immutable; any thread.
///
/// Measured on near-ImageNet features, 20 of 81 products held out by five seeds
/// (tests/bench/OpenSetBench.cpp), AUROC for held-out products and for foreign photos: five neighbours alone
/// 0.612 / 1.000, the best single evidence for both (likelihood) 0.720 / 0.999, the score 0.764 / 0.999.
class OpenSetModel {
public:
    /// Share of photos of known products that are to be taken for known.
    static constexpr double kAcceptance = 0.95;
    /// From 1 to 2.5 the measured AUROC for held-out products rises by 0.01 and that for foreign photos falls
    /// by 0.001 (near-ImageNet features, products of the known ones left out).
    static constexpr double kTolerance = 2;

    /// `train` and `val`: photos of the products, 0..classes - 1. The mix learns from `val`, with a quarter
    /// of the classes at a time left out of `train` as unknown ones; the threshold is the one that lets
    /// `acceptance` (0..1) of `val` through. `backbone`: of the network that made the embeddings. Five times
    /// OpenSetEvidence::fit(). Error "too-few-photos": fewer than four classes, a class without a train
    /// photo, or no val photo in one of the quarters; sizes that do not fit are "bad-embeddings".
    [[nodiscard]] static Result<OpenSetModel> fit(const LabelledEmbeddings& train,
                                                  const LabelledEmbeddings& val, std::size_t classes,
                                                  const QString& backbone, double acceptance = kAcceptance);
    /// Errors: SafetensorsFile's, "bad-model", "newer-version".
    [[nodiscard]] static Result<OpenSetModel> load(const QString& file);
    /// As F16. Errors: writeSafetensors()'s.
    [[nodiscard]] Result<void> save(const QString& file) const;

    /// The log-odds that the embedding (512 numbers) shows one of the products, had half of all photos not,
    /// plus the log of how likely photos of products lie so far off or farther, kTolerance standard
    /// deviations granted: the mix was learnt from products only and says little of photos of anything else.
    [[nodiscard]] double score(std::span<const float> embedding) const;
    /// Below it, a photo counts as unknown.
    [[nodiscard]] double threshold() const { return m_threshold; }
    [[nodiscard]] const QString& backbone() const { return m_backbone; }
    [[nodiscard]] const OpenSetEvidence& evidence() const { return m_evidence; }

private:
    explicit OpenSetModel(OpenSetEvidence evidence)
        : m_evidence(std::move(evidence))
    {}

    OpenSetEvidence m_evidence;
    EvidenceValues m_centre{}; ///< of photos of known products
    EvidenceValues m_scale{};
    EvidenceValues m_weights{};
    double m_bias = 0;
    double m_threshold = 0;
    QString m_backbone;
};

/// Says of each photo whether it is unknown. Leaves answers of another backbone alone.
class OpenSet final : public AnswerStep {
public:
    explicit OpenSet(std::shared_ptr<const OpenSetModel> model)
        : m_model(std::move(model))
    {}
    [[nodiscard]] QString name() const override;
    void apply(AnswerDraft& draft) const override;

private:
    const std::shared_ptr<const OpenSetModel> m_model;
};

} // namespace goodsight
