#include "core/evaluation/EvaluationReport.h"

#include "core/inference/TemperatureScaling.h"
#include "core/inference/TopK.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace goodsight {

namespace {

constexpr int kRanked = 3;

template <typename Number>
bool areNumbers(std::span<const Number> values)
{
    return !values.empty() &&
           std::all_of(values.begin(), values.end(), [](Number value) { return std::isfinite(value); });
}

} // namespace

void EvaluationBuilder::add(EvaluatedPhoto photo, int truth, std::span<const double> probabilities,
                            std::span<const float> embedding)
{
    if (!areNumbers(probabilities)) {
        ++m_report.passedOver;
        return;
    }
    ScoredPhoto scored;
    scored.truth = truth;
    scored.ranking = topK(probabilities, kRanked);
    scored.confidence = probabilities[static_cast<std::size_t>(scored.ranking.front())];
    if (static_cast<std::size_t>(truth) < probabilities.size()) {
        // A certain and wrong answer must not make the whole mean infinite.
        m_report.nll -= std::log(
            std::max(probabilities[static_cast<std::size_t>(truth)], std::numeric_limits<double>::epsilon()));
        ++m_likelihoods;
    } else {
        ++m_report.unknownToModel;
    }
    const bool first = m_report.photos.empty();
    if (first)
        m_report.dimensions = static_cast<int>(embedding.size());
    m_embedded =
        m_embedded && !embedding.empty() && static_cast<std::size_t>(m_report.dimensions) == embedding.size();
    if (m_embedded)
        m_report.embeddings.insert(m_report.embeddings.end(), embedding.begin(), embedding.end());
    m_report.photos.push_back(std::move(photo));
    m_report.scored.push_back(std::move(scored));
}

void EvaluationBuilder::addLogits(EvaluatedPhoto photo, int truth, std::span<const float> logits,
                                  double temperature, std::span<const float> embedding)
{
    if (!areNumbers(logits)) {
        ++m_report.passedOver;
        return;
    }
    const std::vector<double> plain = softmax(logits);
    const auto best = std::max_element(plain.begin(), plain.end());
    m_uncalibrated.push_back({*best, best - plain.begin() == truth});
    add(std::move(photo), truth, softmax(logits, temperature), embedding);
}

EvaluationReport EvaluationBuilder::finish()
{
    EvaluationReport report = std::move(m_report);
    report.metrics = measure(report.scored);
    report.nll = m_likelihoods > 0 ? report.nll / m_likelihoods : 0;
    const std::vector<GradedAnswer> answers = grade(report.scored);
    report.reliability = reliabilityDiagram(answers);
    if (m_uncalibrated.size() == answers.size())
        report.uncalibrated = reliabilityDiagram(m_uncalibrated);
    report.riskCoverage = riskCoverage(answers);
    report.confusion = ConfusionMatrix(report.scored);
    if (!m_embedded || report.photos.empty()) {
        report.embeddings.clear();
        report.dimensions = 0;
    }
    *this = EvaluationBuilder();
    return report;
}

} // namespace goodsight
