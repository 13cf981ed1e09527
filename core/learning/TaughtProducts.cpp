#include "core/learning/TaughtProducts.h"

#include "core/learning/LearningText.h"

#include <algorithm>

namespace goodsight {

namespace {

/// Of each product of `draft`, how many are likelier.
std::vector<std::ptrdiff_t> places(const AnswerDraft& draft)
{
    std::vector<double> sorted(draft.probabilities().begin(), draft.probabilities().end());
    std::sort(sorted.begin(), sorted.end(), std::greater<>());
    std::vector<std::ptrdiff_t> places;
    for (const double probability : draft.probabilities())
        places.push_back(std::lower_bound(sorted.begin(), sorted.end(), probability, std::greater<>()) -
                         sorted.begin());
    return places;
}

} // namespace

TaughtProducts::TaughtProducts(QString backbone, std::shared_ptr<const PrototypeIndex> index,
                               FusionWeights weights, const QList<TaughtProduct>& products)
    : m_backbone(std::move(backbone))
    , m_index(std::move(index))
    , m_weights(weights)
{
    for (const TaughtProduct& product : products)
        m_products.insert(product.label.id, product);
}

QString TaughtProducts::name() const
{
    return QStringLiteral("prototypes");
}

void TaughtProducts::apply(AnswerDraft& draft) const
{
    if (m_products.isEmpty() || draft.model().backbone != m_backbone)
        return;
    QHash<QString, std::size_t> numbers;
    QStringList known;
    for (const ModelClass& product : draft.products()) {
        numbers.insert(product.id, static_cast<std::size_t>(known.size()));
        known.append(product.id);
    }
    std::vector<PrototypeScore> scores = m_index->scores(draft.embedding());
    std::erase_if(scores, [&](const PrototypeScore& score) {
        return !numbers.contains(score.labelId) && !m_products.contains(score.labelId);
    });
    if (scores.empty())
        return;
    const std::vector<std::ptrdiff_t> before = places(draft);
    const std::vector<double> head(draft.probabilities().begin(), draft.probabilities().end());
    const std::vector<FusedCandidate> ranking = fuse(known, head, scores, m_weights);
    for (std::size_t place = 0; place < ranking.size(); ++place) {
        const FusedCandidate& candidate = ranking[place];
        const auto taught = m_products.constFind(candidate.labelId);
        auto number = numbers.constFind(candidate.labelId);
        const bool isNew = number == numbers.cend();
        if (isNew) {
            const Label& label = taught->label;
            number = numbers.insert(label.id, draft.add({label.id, label.zh, label.en}, 0));
        }
        draft.probabilities()[*number] = candidate.confidence;
        if (taught != m_products.cend() && (isNew || static_cast<std::ptrdiff_t>(place) < before[*number]))
            draft.explain(*number, LearningText::tr("taught by %n photo(s)", nullptr, taught->photos));
    }
    // What told that none of the model's products is here has not heard of those that were taught, whether
    // this step or the one before brought them in.
    const QList<ModelClass>& own = draft.model().classes;
    if (std::none_of(own.cbegin(), own.cend(),
                     [&](const ModelClass& one) { return one.id == ranking.front().labelId; }))
        draft.unknown.reset();
}

} // namespace goodsight
