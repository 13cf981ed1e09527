#include "core/inference/AnswerStep.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

namespace goodsight {

namespace {

/// False where they are no probabilities.
bool normalise(std::span<double> values)
{
    double sum = 0;
    for (const double value : values) {
        if (!std::isfinite(value) || value < 0)
            return false;
        sum += value;
    }
    if (!(sum > 0) || !std::isfinite(sum))
        return false;
    for (double& value : values)
        value /= sum;
    return true;
}

/// 0 of a product that is not there yet.
double probabilityOf(std::size_t index, std::span<const double> probabilities)
{
    return index < probabilities.size() ? probabilities[index] : 0;
}

} // namespace

AnswerDraft::AnswerDraft(const ModelPackage& model, std::span<const float> embedding,
                         std::span<const float> logits, std::vector<double> probabilities)
    : m_model(model)
    , m_embedding(embedding)
    , m_logits(logits)
    , m_products(model.classes)
    , m_probabilities(std::move(probabilities))
{
    Q_ASSERT(m_probabilities.size() == static_cast<std::size_t>(m_products.size()));
}

std::optional<std::size_t> AnswerDraft::find(const QString& id) const
{
    const auto found = std::find_if(m_products.cbegin(), m_products.cend(),
                                    [&](const ModelClass& product) { return product.id == id; });
    if (found == m_products.cend())
        return std::nullopt;
    return static_cast<std::size_t>(found - m_products.cbegin());
}

std::size_t AnswerDraft::add(const ModelClass& product, double probability)
{
    Q_ASSERT(!find(product.id));
    m_products.append(product);
    m_probabilities.push_back(probability);
    return m_probabilities.size() - 1;
}

AnswerPipeline::AnswerPipeline(AnswerDraft draft)
    : m_draft(std::move(draft))
{}

void AnswerPipeline::apply(const AnswerStep& step)
{
    Stage stage{step.name(), m_draft.m_probabilities, {}};
    const std::optional<UnknownVerdict> unknownBefore = m_draft.unknown;
    step.apply(m_draft);
    stage.reasons = std::exchange(m_draft.m_reasons, {});
    if (normalise(m_draft.m_probabilities)) {
        m_stages.push_back(std::move(stage));
        return;
    }
    m_draft.m_products.resize(static_cast<qsizetype>(stage.before.size()));
    m_draft.m_probabilities = std::move(stage.before);
    m_draft.unknown = unknownBefore;
}

bool AnswerPipeline::isAhead(std::span<const double> probabilities, std::size_t a, std::size_t b) const
{
    if (probabilities[a] != probabilities[b])
        return probabilities[a] > probabilities[b];
    const auto logit = [this](std::size_t index) {
        return index < m_draft.m_logits.size() ? m_draft.m_logits[index]
                                               : -std::numeric_limits<float>::infinity();
    };
    return logit(a) != logit(b) ? logit(a) > logit(b) : a < b;
}

int AnswerPipeline::placeOf(std::size_t index, std::span<const double> probabilities) const
{
    if (index >= probabilities.size())
        return 0;
    int place = 1;
    for (std::size_t other = 0; other < probabilities.size(); ++other)
        place += other != index && isAhead(probabilities, other, index) ? 1 : 0;
    return place;
}

QList<Candidate> AnswerPipeline::top(int count) const
{
    const std::vector<double>& now = m_draft.m_probabilities;
    std::vector<std::size_t> order(now.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    const auto kept = std::clamp<std::ptrdiff_t>(count, 1, std::ssize(order));
    std::partial_sort(order.begin(), order.begin() + kept, order.end(),
                      [&](std::size_t a, std::size_t b) { return isAhead(now, a, b); });
    QList<Candidate> candidates;
    for (std::ptrdiff_t i = 0; i < kept; ++i) {
        const std::size_t index = order[static_cast<std::size_t>(i)];
        const ModelClass& product = m_draft.m_products[static_cast<qsizetype>(index)];
        Candidate candidate{product.id, product.zh, product.en, now[index], now[index], {}};
        if (!m_stages.empty())
            candidate.plainConfidence = probabilityOf(index, m_stages.front().before);
        for (std::size_t stage = 0; stage < m_stages.size(); ++stage) {
            const std::vector<double>& after = stage + 1 < m_stages.size() ? m_stages[stage + 1].before : now;
            const int to = placeOf(index, after);
            const int from = placeOf(index, m_stages[stage].before);
            const QString reason = m_stages[stage].reasons.value(index);
            const double change = probabilityOf(index, after) - probabilityOf(index, m_stages[stage].before);
            if (to != 0 && (from != to || !reason.isEmpty() || std::abs(change) >= kWorthTelling))
                candidate.moves.append({m_stages[stage].step, from, to, change, reason});
        }
        candidates.append(std::move(candidate));
    }
    return candidates;
}

} // namespace goodsight
