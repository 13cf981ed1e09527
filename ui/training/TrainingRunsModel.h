#pragma once

#include <QAbstractTableModel>
#include <QHash>

namespace goodsight {

class TrainingController;
struct TrainingRun;

/// The runs that are over, newest first, as a table. UI thread.
class TrainingRunsModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { When, Preset, Photos, Top1, Top3, Time, State, Kept, Columns };

    explicit TrainingRunsModel(const TrainingController& controller, QObject* parent = nullptr);

    void reload();
    [[nodiscard]] qint64 idAt(int row) const { return m_ids.value(row); }
    [[nodiscard]] int rowOf(qint64 id) const { return static_cast<int>(m_ids.indexOf(id)); }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] QString text(const TrainingRun& run, int column) const;

    const TrainingController& m_controller;
    QList<qint64> m_ids;
    QHash<qint64, qint64> m_bytes; ///< that a run keeps on the disk
};

} // namespace goodsight
