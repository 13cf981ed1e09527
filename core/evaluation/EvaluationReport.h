#pragma once

#include "core/evaluation/ConfusionMatrix.h"
#include "core/evaluation/Metrics.h"
#include "core/evaluation/ReliabilityDiagram.h"
#include "core/evaluation/RiskCoverage.h"

#include <QString>

#include <optional>
#include <span>
#include <vector>

namespace goodsight {

/// Which photo it was: what a page shows when a figure is clicked.
struct EvaluatedPhoto {
    QString sha256; ///< empty where it is not known
    QString file;
};

/// Everything that is said about a model on a list of photos: what the page draws and the command line
/// prints.
struct EvaluationReport {
    std::vector<EvaluatedPhoto> photos; ///< ConfusionMatrix's photos are indices of this list
    std::vector<ScoredPhoto> scored;    ///< of each of `photos`: the truth, the first three, the confidence
    int passedOver = 0;                 ///< photos left out since their probabilities are no numbers
    int unknownToModel = 0;             ///< of `photos`, those of a class that the model lacks: always wrong

    Metrics metrics;
    /// Mean negative log-likelihood of the truth, over the photos whose class the model has; 0 without any.
    double nll = 0;
    ReliabilityDiagram reliability;
    /// The same with a temperature of 1; nothing where only probabilities were given.
    std::optional<ReliabilityDiagram> uncalibrated;
    RiskCoverage riskCoverage;
    ConfusionMatrix confusion;

    /// photos.size() x dimensions, row-major, for EmbeddingMap; empty unless every photo came with one.
    std::vector<float> embeddings;
    int dimensions = 0;
};

/// Makes an EvaluationReport in one pass: of each photo the first three classes are kept, not its
/// probabilities, so that 100,000 photos of 10,000 classes fit. One thread at a time.
class EvaluationBuilder {
public:
    /// One photo of class `truth` (0 or more) and the model's `probabilities` of classes 0, 1, …, summing
    /// to 1. A truth beyond them is a class that the model lacks. `embedding` may be empty. A photo with a
    /// probability that is no number, or with none at all, is passed over and counted.
    void add(EvaluatedPhoto photo, int truth, std::span<const double> probabilities,
             std::span<const float> embedding = {});
    /// add() of softmax(logits / temperature), noting too what a temperature of 1 would have said. Needs
    /// isTemperature(temperature).
    void addLogits(EvaluatedPhoto photo, int truth, std::span<const float> logits, double temperature,
                   std::span<const float> embedding = {});

    /// The report of all that was added; the builder is as new afterwards.
    [[nodiscard]] EvaluationReport finish();

private:
    EvaluationReport m_report;
    std::vector<GradedAnswer> m_uncalibrated;
    int m_likelihoods = 0;
    bool m_embedded = true;
};

} // namespace goodsight
