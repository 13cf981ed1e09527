#pragma once

#include <QAbstractListModel>
#include <QStyledItemDelegate>

namespace goodsight {

class LabelIndex;

/// Products with the number of their labelled photos, fewest first. UI thread.
class LabelCountsModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role { NameRole = Qt::UserRole, CountRole, NoteRole };

    explicit LabelCountsModel(const LabelIndex& labels, QObject* parent = nullptr);

    /// Label ids and photos; those without photos are left out.
    void setCounts(const QList<std::pair<QString, qint64>>& counts);
    [[nodiscard]] int tooFew() const;
    [[nodiscard]] qint64 photos() const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

private:
    const LabelIndex& m_labels;
    QList<std::pair<QString, qint64>> m_counts;
};

/// Draws a product's name, its count, and in plain words what is too few.
class LabelCountDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

} // namespace goodsight
