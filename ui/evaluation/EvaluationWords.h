#pragma once

#include "ui/evaluation/Evaluation.h"

#include <QCoreApplication>

namespace goodsight {

struct AuditOutcome;
struct AutomaticRule;
struct AutomaticTally;
struct AutomaticThreshold;

/// What the figures mean, for somebody who runs a store. UI thread.
class EvaluationWords {
    Q_DECLARE_TR_FUNCTIONS(goodsight::EvaluationWords)
public:
    /// "Of 100 photos 84 are right at once, 95 are among the three."
    [[nodiscard]] static QString headline(const Metrics& metrics);
    /// "When it says 90 %, it is off by 3 points on average."
    [[nodiscard]] static QString calibration(double ece);
    /// What the error budget allows, or why it allows nothing.
    [[nodiscard]] static QString budget(const AutomaticThreshold& threshold);
    /// What was taken without a person since the rule began, and what looking at some of it says.
    [[nodiscard]] static QString audits(const AutomaticRule& rule, const AutomaticTally& tally,
                                        const AuditOutcome& outcome);
    /// Whether the newest photos differ, and in what, in two sentences.
    [[nodiscard]] static QString drift(const Evaluation& evaluation);
    /// "84.2%"
    [[nodiscard]] static QString percent(double share, int decimals = 1);
    /// Name of class `number` in the interface's language.
    [[nodiscard]] static QString name(const Evaluation& evaluation, int number);
    [[nodiscard]] static QStringList names(const Evaluation& evaluation);
};

} // namespace goodsight
