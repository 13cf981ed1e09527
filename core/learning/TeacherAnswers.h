#pragma once

#include "core/base/Result.h"
#include "core/model/Tensor.h"

#include <QHash>
#include <QStringList>

#include <span>

namespace goodsight {

/// What a teacher says about views: a safetensors file with one row a view.
///
/// Tensors: `logits` rows x classes; `embedding` rows x any width, optional; `imagenet` rows x 1000 logits of
/// the ImageNet classes in torchvision's order, optional. Metadata: "goodsight.rows", a JSON list of
/// "<sha256>/<view>" (see viewKey()), and "goodsight.classes", a JSON list of the ids of the columns of
/// `logits`. Rows may be in any order and more than are asked for.
class TeacherAnswers {
public:
    /// Reads the whole file. Errors: the reader's, and "bad-teacher" (lists that do not fit the tensors, or
    /// numbers that are not finite).
    [[nodiscard]] static Result<TeacherAnswers> load(const QString& path);

    /// Name of a photo's kept view in "goodsight.rows" and of its picture's file.
    [[nodiscard]] static QString viewKey(const QString& sha256, int view);

    /// The row of a view; -1 for none.
    [[nodiscard]] int rowOf(const QString& sha256, int view) const
    {
        return m_rows.value(viewKey(sha256, view), -1);
    }
    [[nodiscard]] const QStringList& classes() const { return m_classes; }
    [[nodiscard]] int embeddingWidth() const { return width(m_embedding); }
    [[nodiscard]] bool hasImagenet() const { return width(m_imagenet) > 0; }
    [[nodiscard]] std::span<const float> logits(int row) const { return rowOf(m_logits, row); }
    [[nodiscard]] std::span<const float> embedding(int row) const { return rowOf(m_embedding, row); }
    [[nodiscard]] std::span<const float> imagenet(int row) const { return rowOf(m_imagenet, row); }
    /// sha256 (hex) of the rows and numbers.
    [[nodiscard]] const QString& fingerprint() const { return m_fingerprint; }

private:
    [[nodiscard]] static int width(const Tensor& tensor)
    {
        return tensor.shape.size() == 2 ? static_cast<int>(tensor.shape[1]) : 0;
    }
    [[nodiscard]] static std::span<const float> rowOf(const Tensor& tensor, int row)
    {
        const auto numbers = static_cast<std::size_t>(width(tensor));
        return std::span<const float>(tensor.values)
            .subspan(static_cast<std::size_t>(row) * numbers, numbers);
    }

    QStringList m_classes;
    QHash<QString, int> m_rows;
    Tensor m_logits;
    Tensor m_embedding;
    Tensor m_imagenet;
    QString m_fingerprint;
};

} // namespace goodsight
