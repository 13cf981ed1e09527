#pragma once

#include "core/base/JobRunner.h"
#include "core/base/SerialExecutor.h"
#include "ui/training/TrainingHistory.h"
#include "ui/training/TrainingRun.h"

#include <QObject>

namespace goodsight {

class SplitBeforehand;

/// How long a run may take.
struct TrainingEstimate {
    double seconds = 0;
    bool measured = false; ///< from a run of the same preset on this computer; otherwise a guess
};

/// The runs of training: one at a time, later ones wait, past ones are remembered. No widgets; UI thread.
class TrainingController : public QObject {
    Q_OBJECT
public:
    /// `historyFile` need not exist. Without a factory nothing can be started (available()).
    explicit TrainingController(const QString& historyFile, QObject* parent = nullptr);
    /// Stops what runs; it can go on the next time. Waits until what was forgotten is off the disk.
    ~TrainingController() override;

    /// Who makes the jobs; to be set before the first start().
    void setFactory(TrainingJobFactory factory);
    /// What gives the photos their parts before a run; without it they are learnt from as they are.
    void setSplit(SplitBeforehand& split);
    [[nodiscard]] bool available() const { return static_cast<bool>(m_factory); }

    /// Starts a run, or queues it behind the one that runs. Gives its id; 0 where nothing can be started.
    qint64 start(const TrainingWish& wish);
    /// Stops a run, or takes it out of the queue. No effect on one that is over.
    void cancel(qint64 id);
    /// Whether a run that was stopped, failed, or killed with the program can go on: what it kept is there.
    /// Looks at the disk.
    [[nodiscard]] bool canGoOn(qint64 id) const;
    /// Lets it go on, or queues it behind the one that runs. False where it cannot.
    bool goOn(qint64 id);
    /// Bytes that a run that is over keeps on the disk. Looks at the disk.
    [[nodiscard]] qint64 bytesKept(qint64 id) const;
    /// Forgets a run that is over, and deletes what it kept.
    void forget(qint64 id);

    /// In the order in which they were asked for.
    [[nodiscard]] const QList<TrainingRun>& runs() const { return m_runs; }
    /// The run, or null. Valid until the next change.
    [[nodiscard]] const TrainingRun* run(qint64 id) const;
    /// The one that runs now, or null.
    [[nodiscard]] const TrainingRun* running() const;
    [[nodiscard]] int waiting() const;

    [[nodiscard]] TrainingEstimate estimate(const QString& preset, int photos) const;

Q_SIGNALS:
    /// A run was added, changed its state or was forgotten.
    void runsChanged();
    void epochAdded(qint64 id);
    /// How far the run is, as its job says it; `total` 0: unknown.
    void progressed(qint64 id, qint64 done, qint64 total, const QString& what);
    /// The run under way met something that it goes on after.
    void warned(qint64 id);
    void finished(qint64 id);

private:
    [[nodiscard]] TrainingRun* find(qint64 id);
    void startNext();
    /// The run that startNext() chose, once its photos have parts.
    void begin(qint64 id);
    /// Deletes the folder of a run, in the background.
    void discard(const TrainingWish& wish);
    void onClasses(qint64 id, const QList<ModelClass>& classes, const QList<int>& photos);
    void onEpoch(qint64 id, const EpochReport& report);
    void onWarning(qint64 id, const QString& file, const Error& error);
    void onFinished(qint64 id, const Result<QString>& model);

    TrainingHistory m_history;
    TrainingJobFactory m_factory;
    SplitBeforehand* m_split = nullptr;
    QList<TrainingRun> m_runs;
    QList<ModelClass> m_classes; ///< of the run under way
    QList<int> m_classPhotos;    ///< that it learns from, of each
    qint64 m_running = 0;
    SerialExecutor m_cleaner{QStringLiteral("goodsight-runs")};
    // Last member: its thread is joined before anything above goes away.
    JobRunner m_jobs;
};

} // namespace goodsight
