#pragma once

#include "core/evaluation/EvaluationReport.h"
#include "core/inference/AnswerStep.h"
#include "core/inference/Recognition.h"

#include <QDateTime>
#include <QJsonObject>

#include <optional>
#include <span>

namespace goodsight {

/// How good answers are that are given in one way.
struct AnswerFigures {
    double top1 = 0;
    double top3 = 0;
    double ece = 0; ///< expected calibration error

    [[nodiscard]] static AnswerFigures of(const EvaluationReport& report);
};

/// What each switch of an answer does on the same photos, one switch at a time: calibrated answers to one
/// view without a prior are `plain`, and each of the others differs from them in one thing.
struct SwitchEffects {
    QDateTime at;
    QString model; ///< fingerprint of its weights
    int photos = 0;
    AnswerFigures plain;
    AnswerFigures uncalibrated; ///< temperature 1
    AnswerFigures automatic;    ///< more views where Augmentation::Auto takes them
    AnswerFigures always;       ///< more views of every photo
    /// Nothing where no prior was measured.
    std::optional<AnswerFigures> prior;
    QString priorSource; ///< the caller's word for where the prior came from

    double automaticShare = 0; ///< photos that Auto takes more views of, 0..1
    double plainMs = 0;        ///< of a photo, from its bytes to its answer
    double automaticMs = 0;    ///< that Auto adds to a photo on average
    double alwaysMs = 0;       ///< that more views of every photo add to each

    /// Flat, for remembering; fromJson() reads it. Nothing where it is no such object.
    [[nodiscard]] QJsonObject toJson() const;
    [[nodiscard]] static std::optional<SwitchEffects> fromJson(const QJsonObject& object);
};

/// Gathers SwitchEffects in one pass over photos that were recognised with Augmentation::Always. One thread
/// at a time.
class SwitchMeter {
public:
    /// `model` outlives the meter; it needs no weights.
    explicit SwitchMeter(const ModelPackage& model);

    /// One photo of class `truth` (0 or more). `answer`: its answer with Augmentation::Always, by a
    /// recognizer without steps; `centre`: the logits of its centre alone. `prior`: may be null; then no
    /// photo has one.
    void add(int truth, const Recognition& answer, std::span<const float> centre, const AnswerStep* prior);
    /// Of all that was added; the meter is as new afterwards.
    [[nodiscard]] SwitchEffects finish();

private:
    const ModelPackage& m_model;
    EvaluationBuilder m_plain;
    EvaluationBuilder m_automatic;
    EvaluationBuilder m_always;
    EvaluationBuilder m_prior;
    bool m_hasPrior = false;
    SwitchEffects m_sums;
};

/// The probabilities that `step` makes of those that the head and the temperature give; `step` adds no
/// products.
[[nodiscard]] std::vector<double> probabilitiesAfter(const ModelPackage& model, const AnswerStep& step,
                                                     std::span<const float> embedding,
                                                     std::span<const float> logits);

} // namespace goodsight
