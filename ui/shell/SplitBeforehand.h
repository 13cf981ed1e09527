#pragma once

#include "core/base/JobRunner.h"

#include <QObject>

#include <functional>
#include <memory>

namespace goodsight {

class ProjectSession;

/// Gives the labelled photos of the window's project their parts (SplitJob) before a model learns from them
/// or is measured on them: near-duplicates and photos taken in one go on one side, and for good, so that what
/// a model has learnt from never turns up among the photos that it is measured on. UI thread.
class SplitBeforehand : public QObject {
    Q_OBJECT
public:
    explicit SplitBeforehand(ProjectSession& project, QObject* parent = nullptr);
    ~SplitBeforehand() override;

    /// Calls `done` when the photos have parts, or with what went wrong; at once, without a split, where the
    /// window does not have `projectDir` open for writing, and later without one where the project is closed
    /// meanwhile. What was asked for before is forgotten.
    void start(const QString& projectDir, std::function<void(const Result<void>&)> done);
    /// Stops; `done` is not called.
    void cancel();
    [[nodiscard]] bool busy() const { return static_cast<bool>(m_done); }

Q_SIGNALS:
    void progressed(qint64 done, qint64 total, const QString& what);

private:
    void listen();
    void end(const Result<void>& result);

    ProjectSession& m_project;
    std::function<void(const Result<void>&)> m_done;
    std::unique_ptr<JobRunner> m_jobs;
};

} // namespace goodsight
