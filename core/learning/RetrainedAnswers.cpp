#include "core/learning/RetrainedAnswers.h"

#include "core/inference/TemperatureScaling.h"
#include "core/learning/LearningText.h"

#include <algorithm>

namespace goodsight {

RetrainedAnswers::RetrainedAnswers(QString backbone, std::shared_ptr<const RetrainedHead> head,
                                   const QList<Label>& products, bool calibrated)
    : m_backbone(std::move(backbone))
    , m_head(std::move(head))
    , m_calibrated(calibrated)
{
    for (const Label& label : products)
        m_products.insert(label.id, label);
    for (const QString& id : m_head->learnt)
        ++m_answers[id];
}

QString RetrainedAnswers::name() const
{
    return QStringLiteral("head");
}

void RetrainedAnswers::apply(AnswerDraft& draft) const
{
    const QList<ModelClass>& own = draft.model().classes;
    const QStringList& classes = m_head->classes;
    if (draft.model().backbone != m_backbone || draft.embedding().size() != KnownPhotos::kWidth ||
        draft.products().size() != own.size() || classes.size() < own.size() ||
        !std::equal(own.cbegin(), own.cend(), classes.cbegin(),
                    [](const ModelClass& one, const QString& id) { return one.id == id; }))
        return;
    const std::vector<double> shares =
        softmax(m_head->head.logits(draft.embedding()), m_calibrated ? m_head->temperature : 1);
    const auto known = static_cast<std::size_t>(own.size());
    std::copy_n(shares.begin(), known, draft.probabilities().begin());
    for (std::size_t c = known; c < shares.size(); ++c) {
        const QString& id = classes[static_cast<qsizetype>(c)];
        const auto product = m_products.constFind(id);
        if (product == m_products.cend())
            continue;
        const std::size_t added = draft.add({id, product->zh, product->en}, shares[c]);
        draft.explain(added, LearningText::tr("learnt from %n answer(s)", nullptr, m_answers.value(id)));
    }
}

} // namespace goodsight
