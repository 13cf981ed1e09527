#pragma once

#include "core/base/Job.h"

#include <QObject>

class QThread;

namespace goodsight {

/// Runs one Job at a time on a thread of its own and reports on the thread that this object lives in.
///
/// Jobs started while one runs wait in line. The destructor asks the running job to stop and waits for it;
/// neither it nor the waiting ones are finished then.
class JobRunner : public QObject {
    Q_OBJECT
public:
    explicit JobRunner(QObject* parent = nullptr);
    ~JobRunner() override;

    /// Queues `job`. Returns at once.
    void start(std::unique_ptr<Job> job);
    /// Asks the running job to stop and drops the waiting ones (each is finished with "cancelled").
    void cancelAll();
    /// True while a job runs or waits.
    [[nodiscard]] bool busy() const;

Q_SIGNALS:
    void progressed(const QString& title, qint64 done, qint64 total, const QString& what);
    /// After the job's finish(); `code` is empty on success.
    void finished(const QString& title, const QString& code, const QString& message);
    void busyChanged(bool busy);

private:
    class Private;
    std::unique_ptr<Private> d;
};

/// Runs `job` on this thread to its end, with `finish`; what tests and the command line use.
/// `onProgress` may be empty; `stop` may be null.
Result<void> runInline(Job& job, const std::function<void(qint64, qint64, const QString&)>& onProgress = {},
                       const std::atomic_bool* stop = nullptr);

} // namespace goodsight
