#include "ui/shell/SplitBeforehand.h"

#include "core/dataset/SplitJob.h"
#include "ui/shell/ProjectSession.h"

#include <utility>

namespace goodsight {

SplitBeforehand::SplitBeforehand(ProjectSession& project, QObject* parent)
    : QObject(parent)
    , m_project(project)
{
    listen();
    // The job works with the project's store.
    connect(&project, &ProjectSession::aboutToClose, this, [this] {
        listen();
        if (busy())
            QMetaObject::invokeMethod(
                this, [this] { end({}); }, Qt::QueuedConnection);
    });
}

SplitBeforehand::~SplitBeforehand() = default;

void SplitBeforehand::listen()
{
    m_jobs = std::make_unique<JobRunner>();
    connect(m_jobs.get(), &JobRunner::progressed, this,
            [this](const QString&, qint64 done, qint64 total, const QString& what) {
                if (busy())
                    Q_EMIT progressed(done, total, what);
            });
}

void SplitBeforehand::start(const QString& projectDir, std::function<void(const Result<void>&)> done)
{
    cancel();
    if (!m_project.writable() || m_project.dir() != projectDir)
        return done({});
    m_done = std::move(done);
    m_jobs->start(
        std::make_unique<SplitJob>(*m_project.store(), SplitRequest{},
                                   [this](const Result<void>& result, const SplitReport&) { end(result); }));
}

void SplitBeforehand::cancel()
{
    m_done = {};
    if (m_jobs->busy())
        listen(); // a job that was stopped must not end what is started next
}

void SplitBeforehand::end(const Result<void>& result)
{
    if (const auto done = std::exchange(m_done, {}))
        done(result);
}

} // namespace goodsight
