#pragma once

#include "core/base/Result.h"

#include <atomic>
#include <functional>
#include <memory>

namespace goodsight {

/// Long work with two ends: `process` on a worker thread, `finish` on the thread that started it.
class Job {
public:
    /// What the worker may say and must ask. Safe from the worker thread only.
    class Control {
    public:
        virtual ~Control() = default;
        /// `done` of `total` steps (total 0: unknown), with one translated line on what is being done.
        virtual void progress(qint64 done, qint64 total, const QString& what) = 0;
        /// True once somebody wants the job to end; process() returns soon after.
        [[nodiscard]] virtual bool stopRequested() const = 0;
    };

    virtual ~Job() = default;

    /// Name for a progress line, translated.
    [[nodiscard]] virtual QString title() const = 0;
    /// The work. Worker thread. Must not touch windows; exceptions that leave it become an Error "internal".
    virtual Result<void> process(Control& control) = 0;
    /// Called once on the starting thread after process() ended; a stop request gives error code "cancelled".
    virtual void finish(const Result<void>& result) = 0;
};

/// The Error of a job (or another call) that was stopped on request.
[[nodiscard]] Error cancelledError();

/// Runs `job.process` and turns every exception into an Error "internal" and a stop into "cancelled".
[[nodiscard]] Result<void> processGuarded(Job& job, Job::Control& control) noexcept;

} // namespace goodsight
