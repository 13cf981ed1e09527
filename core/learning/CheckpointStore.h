#pragma once

#include "core/base/Result.h"

#include <QJsonObject>

#include <functional>
#include <optional>
#include <span>
#include <vector>

namespace goodsight {

/// Where a run stands, complete enough to go on from.
struct Checkpoint {
    QJsonObject state;                       ///< counters and what else is small
    std::vector<std::vector<float>> tensors; ///< weights, averages, the optimiser's memory
};

/// The last two checkpoints of a run in a folder of their own. Each is written to a temporary name, flushed
/// to the disk, renamed, and carries a SHA-256 of itself: one that is damaged or cut anywhere is passed over
/// for the one before. One thread; one program a folder.
class CheckpointStore {
public:
    explicit CheckpointStore(QString folder);

    /// Writes a checkpoint and deletes all but it and the one before. `stopRequested` (may be empty) is asked
    /// every few megabytes, on their way to the disk itself. Errors: "disk-full", "unwritable", "cancelled";
    /// then the earlier ones are still there.
    [[nodiscard]] Result<void> save(const QJsonObject& state, std::span<const std::span<const float>> tensors,
                                    const std::function<bool()>& stopRequested = {});
    /// The newest whole one; nothing where there is none, or where `stopRequested` (may be empty; asked every
    /// few megabytes) ended the reading.
    [[nodiscard]] std::optional<Checkpoint> load(const std::function<bool()>& stopRequested = {}) const;
    /// Deletes them.
    void clear();

    /// Files of checkpoints, the newest first.
    [[nodiscard]] QStringList files() const;

private:
    QString m_folder;
};

} // namespace goodsight
