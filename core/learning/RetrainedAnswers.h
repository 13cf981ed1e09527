#pragma once

#include "core/inference/AnswerStep.h"
#include "core/labels/Label.h"
#include "core/learning/RetrainedHead.h"

namespace goodsight {

/// Answers with a RetrainedHead in place of the package's: all that comes after it hears the new head. First
/// of the steps. Answers of another model, with other classes or another backbone, stay as they are.
class RetrainedAnswers final : public AnswerStep {
public:
    /// `backbone`: ModelPackage::backbone of the embeddings that `head` was fitted to. Products of `head`
    /// that neither the model nor `products` know do not come in. `calibrated`: RecognizeOptions::calibrated.
    RetrainedAnswers(QString backbone, std::shared_ptr<const RetrainedHead> head,
                     const QList<Label>& products, bool calibrated);

    [[nodiscard]] QString name() const override;
    void apply(AnswerDraft& draft) const override;

private:
    const QString m_backbone;
    const std::shared_ptr<const RetrainedHead> m_head;
    const bool m_calibrated;
    QHash<QString, Label> m_products; ///< by label id
    QHash<QString, int> m_answers;    ///< that the head learnt from, by label id
};

} // namespace goodsight
