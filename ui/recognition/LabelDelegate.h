#pragma once

#include <QStyledItemDelegate>

namespace goodsight {

/// Draws one hit of a label search: the name, its other language and code small beside it.
class LabelDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    enum Role { IdRole = Qt::UserRole, SecondaryRole, CodeRole, NewNameRole };

    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

} // namespace goodsight
