#pragma once

#include "core/inference/AnswerStep.h"
#include "core/labels/Label.h"
#include "core/learning/Fusion.h"

namespace goodsight {

/// A product that a person's answers teach.
struct TaughtProduct {
    Label label;
    int photos = 0; ///< that taught it
};

/// Lets the photos that a person named speak in the answer: products that the model does not know come in,
/// and all are ranked anew (fuse()). Without a taught product, and for another backbone, the draft stays as
/// it is. The index may go on learning: a photo sees it before or after an addition.
class TaughtProducts final : public AnswerStep {
public:
    /// `backbone`: ModelPackage::backbone of the embeddings in `index`. Products that `index` knows, but
    /// neither the model nor `products`, do not come in.
    TaughtProducts(QString backbone, std::shared_ptr<const PrototypeIndex> index, FusionWeights weights,
                   const QList<TaughtProduct>& products);

    [[nodiscard]] QString name() const override;
    void apply(AnswerDraft& draft) const override;

private:
    const QString m_backbone;
    const std::shared_ptr<const PrototypeIndex> m_index;
    const FusionWeights m_weights;
    QHash<QString, TaughtProduct> m_products; ///< by label id
};

} // namespace goodsight
