#pragma once

#include "core/base/Result.h"
#include "core/labels/Label.h"

#include <QCoreApplication>
#include <QHash>
#include <QIODevice>
#include <QList>

#include <optional>

namespace goodsight {

/// One line of a label table.
struct LabelTableRow {
    Label label;
    QString groupZh; ///< what kind of product, in Chinese; empty where the table has no groups
    QString groupEn;
};

/// The classes of a model, in the order of its logits, read from CSV with a header line.
///
/// Columns, in any order: `id` (required), `zh` and `en` (at least one of them; each row needs at least one
/// name), `index` (then rows must count from 0), `sku`, `group_zh`, `group_en`. Others are ignored.
class LabelTable {
    Q_DECLARE_TR_FUNCTIONS(goodsight::LabelTable)
public:
    LabelTable() = default;

    /// Reads a table from an open device; `source` is what messages call it.
    /// Errors: "bad-csv", "bad-label-table" (both name the line), "unreadable".
    [[nodiscard]] static Result<LabelTable> read(QIODevice& device, const QString& source);
    /// Reads a file or a Qt resource. Errors: also "not-found".
    [[nodiscard]] static Result<LabelTable> readFile(const QString& path);

    [[nodiscard]] const QList<LabelTableRow>& rows() const { return m_rows; }
    [[nodiscard]] QList<Label> labels() const;
    [[nodiscard]] qsizetype size() const { return m_rows.size(); }
    /// Row of an id, or nothing.
    [[nodiscard]] std::optional<qsizetype> indexOf(const QString& id) const;
    /// Row of what a person or a folder calls a product: its id, English or Chinese name, in this order,
    /// first as written, then without regard to case, width and the choice of space, hyphen or underscore.
    [[nodiscard]] std::optional<qsizetype> indexOfName(const QString& name) const;

private:
    QList<LabelTableRow> m_rows;
    QHash<QString, qsizetype> m_byId;
};

/// torchvision's 1000 ImageNet classes in the order of ResNet-18's logits. `en` is torchvision's name. Where
/// the WordNet sense and the photos of a class disagree ("sunglass", "pier", "cup"), `zh` names what the
/// photos show. Read once, on first use; from any thread.
[[nodiscard]] const LabelTable& imagenetLabels();
/// The 81 products of the shipped groceries model in the order of its logits, with their groups. As above.
[[nodiscard]] const LabelTable& groceryLabels();

} // namespace goodsight
