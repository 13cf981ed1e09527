#pragma once

#include "ui/evaluation/Evaluation.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QSortFilterProxyModel;
class QTableView;

namespace goodsight {

class ClassTableModel;
class KeyButton;

/// Every product in a sortable table, worst first, with a field that narrows it.
class ClassTablePanel : public QWidget {
    Q_OBJECT
public:
    explicit ClassTablePanel(QWidget* parent = nullptr);

    void show(const EvaluationPtr& evaluation);

    /// Asks for a place and writes the table there.
    void exportTable();

Q_SIGNALS:
    void failed(const goodsight::Error& error);

private:
    using QWidget::show;
    ClassTableModel* m_model;
    QSortFilterProxyModel* m_sorted;
    QLineEdit* m_field;
    QLabel* m_hint;
    KeyButton* m_export;
    QTableView* m_table;
    EvaluationPtr m_evaluation;
};

} // namespace goodsight
