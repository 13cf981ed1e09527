#include "core/inference/SemanticPrior.h"

#include "core/inference/InferenceText.h"
#include "core/labels/Label.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace goodsight {

namespace {

const QString kName = QStringLiteral("prior");
/// Less likely products are not explained: nobody sees them.
constexpr double kSeen = 1e-3;

/// The share of a prior's strength that is due to what `table` was learnt from.
double trust(const CoOccurrence& table)
{
    return table.answers() > 0 ? table.answers() / (table.answers() + SemanticPrior::kTrusted) : 1;
}

QString shownName(const ModelClass& product)
{
    return Label{product.id, product.zh, product.en, {}}.displayName(QLocale());
}

} // namespace

double priorChange(const Candidate& candidate)
{
    double change = 0;
    for (const CandidateMove& move : candidate.moves)
        change += move.step == kName ? move.change : 0;
    return change;
}

SemanticPrior::SemanticPrior(std::shared_ptr<const CoOccurrence> table, QStringList recent, double strength)
    : m_table(std::move(table))
    , m_recent(recent.first(std::min(kRecent, recent.size())))
    , m_strength(strength * trust(*m_table))
{
    Q_ASSERT(m_table && std::isfinite(strength) && strength >= 0);
}

QString SemanticPrior::name() const
{
    return kName;
}

std::vector<double> SemanticPrior::frequencies(const QList<ModelClass>& products) const
{
    std::vector<double> shares;
    shares.reserve(static_cast<std::size_t>(products.size()));
    double sum = 0;
    for (const ModelClass& product : products) {
        shares.push_back(m_table->count(product.id) + 1);
        sum += shares.back();
    }
    for (double& share : shares)
        share /= sum;
    return shares;
}

std::vector<double> SemanticPrior::shares(const QList<ModelClass>& products) const
{
    std::vector<double> often = frequencies(products);
    if (m_recent.isEmpty())
        return often;
    std::vector<double> mixed(often.size());
    double weight = 1;
    double weights = 0;
    std::vector<double> pairs(often.size());
    for (const QString& recent : m_recent) {
        const QHash<QString, double> partners = m_table->partners(recent);
        double all = 0;
        for (std::size_t i = 0; i < pairs.size(); ++i)
            all += pairs[i] = partners.value(products[static_cast<qsizetype>(i)].id);
        for (std::size_t i = 0; i < pairs.size(); ++i)
            mixed[i] += weight * (pairs[i] + kBackOff * often[i]) / (all + kBackOff);
        weights += weight;
        weight /= 2;
    }
    for (double& share : mixed)
        share /= weights;
    return mixed;
}

void SemanticPrior::apply(AnswerDraft& draft) const
{
    const std::vector<double> prior = shares(draft.products());
    const std::span<double> probabilities = draft.probabilities();
    // Scaled by the largest, so that no power underflows for all products at once.
    const double largest = *std::max_element(prior.begin(), prior.end());
    for (std::size_t i = 0; i < prior.size(); ++i)
        probabilities[i] *= std::pow(prior[i] / largest, m_strength);
    if (m_strength > 0)
        explain(draft, prior);
}

void SemanticPrior::explain(AnswerDraft& draft, const std::vector<double>& prior) const
{
    const double sum = std::accumulate(draft.probabilities().begin(), draft.probabilities().end(), 0.0);
    const double even = 1 / static_cast<double>(prior.size());
    for (std::size_t i = 0; i < prior.size(); ++i) {
        if (prior[i] <= even || draft.probabilities()[i] < kSeen * sum)
            continue;
        const QString& id = draft.products()[static_cast<qsizetype>(i)].id;
        const auto partner = std::find_if(m_recent.begin(), m_recent.end(), [&](const QString& recent) {
            return m_table->partners(recent).value(id) > 0;
        });
        if (partner != m_recent.end()) {
            const auto known = draft.find(*partner);
            const ModelClass other =
                known ? draft.products()[static_cast<qsizetype>(*known)] : ModelClass{*partner, {}, {}};
            draft.explain(i, InferenceText::tr("often answered together with %1").arg(shownName(other)));
        } else if (m_table->count(id) > 0) {
            draft.explain(i, InferenceText::tr("often answered in this store"));
        }
    }
}

} // namespace goodsight
