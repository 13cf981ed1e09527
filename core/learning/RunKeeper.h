#pragma once

#include "core/learning/CheckpointStore.h"
#include "core/learning/Optimiser.h"
#include "core/learning/RunState.h"
#include "core/learning/TrainableNetwork.h"

#include <QElapsedTimer>

namespace goodsight {

/// Keeps a run of training from time to time, and puts it back: where it stands, and the numbers of its
/// network, its optimiser and its moving average. One thread.
class RunKeeper {
public:
    /// `identity`: of the run; a checkpoint of another one in the same folder is none. `seconds`: least time
    /// between two checkpoints. `stopRequested` may be empty.
    RunKeeper(const QString& folder, QString identity, double seconds, std::function<bool()> stopRequested);

    /// Reads the newest whole checkpoint of this run, where there is one. Error: "cancelled".
    [[nodiscard]] Result<void> read();
    /// Whether checkpoints were there and none could be used: damaged, or of another run.
    [[nodiscard]] bool isLost() const { return m_lost; }
    /// The stage in which what was read was kept, until all of it is put back; empty: there is nothing.
    [[nodiscard]] std::optional<int> stage() const;
    /// Puts the network's numbers back, which have begun what `stage()` trains. Error: "bad-checkpoint".
    [[nodiscard]] Result<void> putBack(TrainableNetwork& network) const;
    /// Puts the rest back and forgets what was read. Error: "bad-checkpoint".
    [[nodiscard]] Result<RunState> putBack(TrainableNetwork& network, Optimiser& optimiser,
                                           std::vector<std::vector<float>>& average);

    /// Whether the time since the last checkpoint, or since startClock(), is over.
    [[nodiscard]] bool isDue() const;
    void startClock();
    /// Errors: CheckpointStore::save()'s.
    [[nodiscard]] Result<void> keep(const RunState& state, TrainableNetwork& network, Optimiser& optimiser,
                                    std::span<const std::vector<float>> average);

private:
    CheckpointStore m_store;
    const QString m_identity;
    const double m_seconds;
    const std::function<bool()> m_stopRequested;
    std::optional<Checkpoint> m_read;
    bool m_lost = false;
    QElapsedTimer m_clock;
};

} // namespace goodsight
