#include "core/base/JobRunner.h"

#include "core/base/SerialExecutor.h"

#include <deque>

namespace goodsight {

namespace {

class CallbackControl final : public Job::Control {
public:
    CallbackControl(std::function<void(qint64, qint64, const QString&)> onProgress,
                    const std::atomic_bool* stop)
        : m_onProgress(std::move(onProgress))
        , m_stop(stop)
    {}
    void progress(qint64 done, qint64 total, const QString& what) override
    {
        if (m_onProgress)
            m_onProgress(done, total, what);
    }
    [[nodiscard]] bool stopRequested() const override { return m_stop && m_stop->load(); }

private:
    std::function<void(qint64, qint64, const QString&)> m_onProgress;
    const std::atomic_bool* m_stop;
};

} // namespace

class JobRunner::Private {
public:
    std::deque<std::unique_ptr<Job>> waiting;
    std::shared_ptr<Job> running;
    std::shared_ptr<std::atomic_bool> stop;
    // Last member: its thread is joined before anything above goes away.
    SerialExecutor executor{QStringLiteral("goodsight-job")};
};

JobRunner::JobRunner(QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>())
{}

JobRunner::~JobRunner()
{
    if (d->stop)
        d->stop->store(true);
}

void JobRunner::start(std::unique_ptr<Job> job)
{
    if (d->running) {
        d->waiting.push_back(std::move(job));
        return;
    }
    d->running = std::move(job);
    d->stop = std::make_shared<std::atomic_bool>(false);
    Q_EMIT busyChanged(true);
    d->executor.post([this, running = d->running, stop = d->stop] {
        CallbackControl control(
            [this, title = running->title()](qint64 done, qint64 total, const QString& what) {
                QMetaObject::invokeMethod(
                    this, [=, this] { Q_EMIT progressed(title, done, total, what); }, Qt::QueuedConnection);
            },
            stop.get());
        Result<void> result = processGuarded(*running, control);
        QMetaObject::invokeMethod(
            this,
            [this, result = std::move(result)] {
                const auto ended = std::exchange(d->running, nullptr);
                d->stop.reset();
                ended->finish(result);
                Q_EMIT finished(ended->title(), result ? QString() : result.error().code,
                                result ? QString() : result.error().message);
                if (!d->running && !d->waiting.empty()) {
                    auto next = std::move(d->waiting.front());
                    d->waiting.pop_front();
                    start(std::move(next));
                } else if (!d->running) {
                    Q_EMIT busyChanged(false);
                }
            },
            Qt::QueuedConnection);
    });
}

void JobRunner::cancelAll()
{
    if (d->stop)
        d->stop->store(true);
    auto dropped = std::exchange(d->waiting, {});
    for (const auto& job : dropped) {
        const Error error = cancelledError();
        job->finish(fail(error));
        Q_EMIT finished(job->title(), error.code, error.message);
    }
}

bool JobRunner::busy() const
{
    return d->running != nullptr;
}

Result<void> runInline(Job& job, const std::function<void(qint64, qint64, const QString&)>& onProgress,
                       const std::atomic_bool* stop)
{
    CallbackControl control(onProgress, stop);
    Result<void> result = processGuarded(job, control);
    job.finish(result);
    return result;
}

} // namespace goodsight
