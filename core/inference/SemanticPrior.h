#pragma once

#include "core/inference/AnswerStep.h"
#include "core/inference/CoOccurrence.h"

#include <QStringList>

namespace goodsight {

/// What a store answers often, and what it answered just before, as a prior over products:
/// P'(y) ∝ P(y) · prior(y | recent answers)^s, with s = strength · n / (n + kTrusted) for n counted answers
/// (a power prior, Ibrahim and Chen 2000): what a handful of answers happens to hold says little of the
/// store. A table that a person made counts whole, s = strength.
///
/// Without recent answers the prior is each product's share of all answers, smoothed by one answer more for
/// each product. A recent answer's own prior is the share of its pairs, drawn towards those shares by
/// kBackOff pairs (Dirichlet smoothing, Zhai and Lafferty 2004), so that no product is ever impossible;
/// several are mixed, each half as heavy as the next newer one. It costs one pass over the products for each
/// recent answer.
class SemanticPrior final : public AnswerStep {
public:
    static constexpr double kBackOff = 5;
    /// Answers after which the prior has half of its strength: three move a photo that could be anything by
    /// two points at most.
    static constexpr double kTrusted = 50;
    /// What the program uses. Less than a probability, since a store's answers so far are a small and biased
    /// sample: photos are answered where somebody doubted, or where one delivery was unpacked.
    static constexpr double kStrength = 0.5;
    /// Recent answers that count.
    static constexpr qsizetype kRecent = CoOccurrence::kNeighbours;

    /// `recent`: label ids, the newest first, of this session; empty for the plain frequencies. `strength` 0
    /// and more: 0 changes nothing, 1 takes the prior for a probability.
    SemanticPrior(std::shared_ptr<const CoOccurrence> table, QStringList recent, double strength);

    [[nodiscard]] QString name() const override;
    void apply(AnswerDraft& draft) const override;

    /// prior(y | recent) of each of `products`; sums to 1, none is 0.
    [[nodiscard]] std::vector<double> shares(const QList<ModelClass>& products) const;

private:
    [[nodiscard]] std::vector<double> frequencies(const QList<ModelClass>& products) const;
    void explain(AnswerDraft& draft, const std::vector<double>& prior) const;

    const std::shared_ptr<const CoOccurrence> m_table;
    const QStringList m_recent;
    const double m_strength; ///< s
};

} // namespace goodsight
