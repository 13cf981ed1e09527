#pragma once

#include "core/base/Result.h"
#include "core/labels/Label.h"

#include <QCoreApplication>
#include <QHash>
#include <QList>

#include <optional>

namespace goodsight {

/// The products of a store. An id, once given, always means the same product: names and article numbers may
/// change, and a product merged into another leaves its id behind as another way to find that one.
///
/// A value without locks: copy it, or use it from one thread.
class LabelCatalog {
    Q_DECLARE_TR_FUNCTIONS(goodsight::LabelCatalog)
public:
    LabelCatalog() = default;

    /// A catalog as labels() and merges() gave it. Errors: those of add(); "label-unknown" for a merge into
    /// nothing or in a circle.
    [[nodiscard]] static Result<LabelCatalog> restore(const QList<Label>& labels,
                                                      const QHash<QString, QString>& merges = {});

    /// Adds a label under its own id. Errors: "label-id-invalid", "label-id-taken" (merged ids are taken
    /// too), "label-name-missing".
    [[nodiscard]] Result<Label> add(const Label& label);
    /// Adds a product by a name alone, Chinese when it holds a Han character, else English, under an id made
    /// from it. Errors: "label-name-missing", "label-name-taken" (the hint says by which id).
    [[nodiscard]] Result<Label> addNew(const QString& name, const QString& sku = {});
    /// Gives other names; the id stays. Errors: "label-unknown", "label-name-missing".
    [[nodiscard]] Result<Label> rename(const QString& id, const QString& zh, const QString& en);
    /// Errors: "label-unknown".
    [[nodiscard]] Result<Label> setSku(const QString& id, const QString& sku);
    /// Makes `from` another id of `into`; names or an article number that `into` lacks are taken over. Gives
    /// `into` as it is now. Errors: "label-unknown", "label-merge-itself".
    [[nodiscard]] Result<Label> merge(const QString& from, const QString& into);

    /// The label of an id, merged ones followed.
    [[nodiscard]] std::optional<Label> find(const QString& id) const;
    /// The label that is called `name` in either language, by id or by article number; see
    /// indexByName() for what counts as the same.
    [[nodiscard]] std::optional<Label> findByName(const QString& name) const;
    /// The living id that `id` stands for, or empty.
    [[nodiscard]] QString resolve(const QString& id) const;

    /// Living labels in the order in which they were added.
    [[nodiscard]] const QList<Label>& labels() const { return m_labels; }
    /// Merged ids and the living id that each stands for.
    [[nodiscard]] const QHash<QString, QString>& merges() const { return m_merges; }

private:
    [[nodiscard]] Label* living(const QString& id);
    [[nodiscard]] static tl::unexpected<Error> unknown(const QString& id);
    void index();

    QList<Label> m_labels;
    QHash<QString, qsizetype> m_byId;
    QHash<QString, QString> m_merges;
};

} // namespace goodsight
