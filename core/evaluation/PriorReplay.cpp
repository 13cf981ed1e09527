#include "core/evaluation/PriorReplay.h"

#include <algorithm>
#include <iterator>
#include <span>
#include <utility>

namespace goodsight {

PriorReplay::PriorReplay(QList<TimedAnswer> answers, std::shared_ptr<const CoOccurrence> table,
                         const QSet<QString>& measured)
    : m_answers(std::move(answers))
    , m_table(std::move(table))
{
    for (qsizetype i = 0; i < m_answers.size(); ++i) {
        if (m_answers[i].state != PhotoState::Imported)
            m_places.insert(m_answers[i].sha256, i);
    }
    if (m_table)
        return;
    QList<TimedAnswer> others;
    std::copy_if(m_answers.cbegin(), m_answers.cend(), std::back_inserter(others),
                 [&](const TimedAnswer& answer) { return !measured.contains(answer.sha256); });
    m_table = std::make_shared<const CoOccurrence>(CoOccurrence::learn(others));
}

SemanticPrior PriorReplay::of(const QString& sha256) const
{
    const qsizetype place = m_places.value(sha256, -1);
    QStringList recent;
    if (place >= 0)
        recent = CoOccurrence::recent(std::span(m_answers).first(static_cast<std::size_t>(place)),
                                      m_answers[place].at);
    return {m_table, recent, SemanticPrior::kStrength};
}

} // namespace goodsight
