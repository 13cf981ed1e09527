#pragma once

#include "ui/promotion/PromotionController.h"

#include <QAbstractTableModel>
#include <QColor>

#include <functional>

namespace goodsight {

/// On how many photos only one of two models was right: all products together, then each with enough photos,
/// the worst for the new model first; and what the last look made of it. UI thread.
class PairedCountsModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Product, Photos, OnlyOld, OnlyNew, Judgement, Columns };

    using QAbstractTableModel::QAbstractTableModel;

    /// `nameOf` gives a product's name.
    void show(const ShadowReport& report, const std::function<QString(const QString& labelId)>& nameOf);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    enum class Verdict { Open, Worse, Doubtful, NotShown, WithinMargin };
    struct Row {
        QString name;
        PairedCounts counts;
        Verdict verdict = Verdict::Open;
    };
    [[nodiscard]] static QString verdictText(Verdict verdict);
    [[nodiscard]] static QColor verdictColor(Verdict verdict);

    QList<Row> m_rows;
};

} // namespace goodsight
