#pragma once

#include "core/dataset/TimedAnswer.h"
#include "core/inference/SemanticPrior.h"

#include <QHash>
#include <QSet>

#include <memory>

namespace goodsight {

/// The priors that photos would have been recognised with, for measuring one on a project whose answers are
/// all there by now. A photo's own answer is in none of them: only the answers to other photos than the
/// measured ones are counted, and only those before it in its session are recent.
class PriorReplay {
public:
    /// `answers`: of a project, oldest first. `table`: read from a file; null: learnt from the answers to the
    /// photos that are not among `measured` (sha256).
    PriorReplay(QList<TimedAnswer> answers, std::shared_ptr<const CoOccurrence> table,
                const QSet<QString>& measured);

    /// The prior before the photo was answered; a photo without an answer of a person has no recent ones.
    [[nodiscard]] SemanticPrior of(const QString& sha256) const;
    /// Nobody answered anything that it could have learnt from: it changes nothing.
    [[nodiscard]] bool isEmpty() const { return m_table->isEmpty(); }

private:
    const QList<TimedAnswer> m_answers;
    QHash<QString, qsizetype> m_places; ///< of persons' answers
    std::shared_ptr<const CoOccurrence> m_table;
};

} // namespace goodsight
