#pragma once

#include "ui/evaluation/Evaluation.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QSortFilterProxyModel;
class QTableView;

namespace goodsight {

class ClassTableModel;

/// Every product in a sortable table, worst first, with a field that narrows it.
class ClassTablePanel : public QWidget {
    Q_OBJECT
public:
    explicit ClassTablePanel(QWidget* parent = nullptr);

    void show(const EvaluationPtr& evaluation);

private:
    using QWidget::show;
    ClassTableModel* m_model;
    QSortFilterProxyModel* m_sorted;
    QLineEdit* m_field;
    QLabel* m_hint;
    QTableView* m_table;
};

} // namespace goodsight
