#pragma once

#include "ui/training/TrainingRun.h"

namespace goodsight {

/// Runs of earlier times in a JSON file. A file that cannot be read is a history that is empty: no work
/// depends on it.
class TrainingHistory {
public:
    explicit TrainingHistory(QString file);

    /// Runs that were not over when the program ended are cancelled ones. At most kMost, the newest.
    [[nodiscard]] QList<TrainingRun> load() const;
    /// Whole or not at all.
    void save(const QList<TrainingRun>& runs) const;

    static constexpr int kMost = 200;

private:
    QString m_file;
};

} // namespace goodsight
