#pragma once

#include "ui/evaluation/Evaluation.h"

#include <QAbstractTableModel>

namespace goodsight {

/// How each product fares, one row each. Sorting is a proxy's: kSort has the plain value. UI thread.
class ClassTableModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Product, Photos, Right, AmongThree, Precision, F1, Columns };
    static constexpr int kSort = Qt::UserRole;

    using QAbstractTableModel::QAbstractTableModel;

    void show(const EvaluationPtr& evaluation);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    EvaluationPtr m_evaluation;
};

} // namespace goodsight
