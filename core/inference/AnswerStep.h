#pragma once

#include "core/inference/Recognition.h"
#include "core/model/ModelPackage.h"

#include <QHash>

#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace goodsight {

/// One photo's answer on its way from the head to the person: what is known of the photo, and the products
/// with their probabilities, which steps change. The products are the model's classes in the order of its
/// logits, then those that steps added.
class AnswerDraft {
public:
    /// `probabilities`: one for each class of `model`, summing to 1. What the spans and `model` refer to
    /// outlives the draft.
    AnswerDraft(const ModelPackage& model, std::span<const float> embedding, std::span<const float> logits,
                std::vector<double> probabilities);

    /// The model that answered, without weights; its backbone tells which embeddings are comparable.
    [[nodiscard]] const ModelPackage& model() const { return m_model; }
    /// 512 numbers; the mean over the photo's views where it had several.
    [[nodiscard]] std::span<const float> embedding() const { return m_embedding; }
    /// Of the model's classes, before temperature.
    [[nodiscard]] std::span<const float> logits() const { return m_logits; }
    [[nodiscard]] const QList<ModelClass>& products() const { return m_products; }
    [[nodiscard]] std::span<const double> probabilities() const { return m_probabilities; }
    [[nodiscard]] std::span<double> probabilities() { return m_probabilities; }

    /// Position of the product with this id. Linear in the products.
    [[nodiscard]] std::optional<std::size_t> find(const QString& id) const;
    /// A product that the model does not know; its position. Not one that products() has already.
    std::size_t add(const ModelClass& product, double probability);
    /// Why the product at `index` moves, for a person, translated: "often taken after Limes".
    void explain(std::size_t index, const QString& reason) { m_reasons.insert(index, reason); }
    /// Whether the photo shows none of the products; the last step to say so counts.
    std::optional<UnknownVerdict> unknown;

private:
    friend class AnswerPipeline;

    const ModelPackage& m_model;
    std::span<const float> m_embedding;
    std::span<const float> m_logits;
    QList<ModelClass> m_products;
    std::vector<double> m_probabilities;
    QHash<std::size_t, QString> m_reasons; ///< of the step that runs
};

/// Something that changes an answer after the head: a prior, taught products, an open-set score. Immutable
/// and used by several threads at once: a changed state is a new step.
class AnswerStep {
public:
    virtual ~AnswerStep() = default;

    /// Stable word for scripts and settings: "prototypes", "prior", "unknown".
    [[nodiscard]] virtual QString name() const = 0;
    /// Changes `draft`; probabilities need not sum to 1 afterwards. A step that was made for another model or
    /// backbone leaves the draft alone.
    virtual void apply(AnswerDraft& draft) const = 0;
};

/// Steps in the order in which they are applied; each is switched on by being here.
using AnswerSteps = std::vector<std::shared_ptr<const AnswerStep>>;

/// Runs steps over a draft and notes what each did.
class AnswerPipeline {
public:
    explicit AnswerPipeline(AnswerDraft draft);

    /// Applies `step` and makes the probabilities sum to 1 again. A step that leaves numbers that are no
    /// probabilities (not finite, below 0, all 0) is taken back whole.
    void apply(const AnswerStep& step);

    /// The likeliest `count` (clamped to 1..products), best first. Equal probabilities keep the order of the
    /// logits: where a small probability is rounded to 0, the order is still the model's.
    [[nodiscard]] QList<Candidate> top(int count) const;
    [[nodiscard]] const AnswerDraft& draft() const { return m_draft; }

private:
    struct Stage {
        QString step;
        std::vector<double> before;
        QHash<std::size_t, QString> reasons;
    };
    [[nodiscard]] bool isAhead(std::span<const double> probabilities, std::size_t a, std::size_t b) const;
    [[nodiscard]] int placeOf(std::size_t index, std::span<const double> probabilities) const;

    AnswerDraft m_draft;
    std::vector<Stage> m_stages;
};

} // namespace goodsight
