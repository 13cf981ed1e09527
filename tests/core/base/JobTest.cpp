#include "core/base/JobRunner.h"
#include "tests/support/TestSupport.h"

#include <QThread>

#include <gtest/gtest.h>

#include <stdexcept>

using namespace goodsight;

namespace {

struct Trace {
    std::atomic<Qt::HANDLE> worker{nullptr};
    std::atomic_int steps{0};
    bool finished = false;
    QString code;
};

class TestJob final : public Job {
public:
    enum class Kind { Steps, Throws, Fails, Endless };
    TestJob(Kind kind, Trace& trace)
        : m_kind(kind)
        , m_trace(trace)
    {}
    QString title() const override { return QStringLiteral("test"); }
    Result<void> process(Control& control) override
    {
        m_trace.worker = QThread::currentThreadId();
        if (m_kind == Kind::Throws)
            throw std::runtime_error("boom");
        if (m_kind == Kind::Fails)
            return fail("no-luck", QStringLiteral("no luck"));
        for (int i = 0; m_kind == Kind::Endless || i < 3; ++i) {
            if (control.stopRequested())
                return {};
            control.progress(i + 1, 3, QStringLiteral("step"));
            ++m_trace.steps;
            QThread::msleep(1);
        }
        return {};
    }
    void finish(const Result<void>& result) override
    {
        m_trace.finished = true;
        m_trace.code = result ? QString() : result.error().code;
    }

private:
    Kind m_kind;
    Trace& m_trace;
};

/// The same cases on the inline worker and on a real thread.
class JobOnBothWorkers : public ::testing::TestWithParam<bool> {
protected:
    void run(TestJob::Kind kind, int cancelAfterSteps = -1)
    {
        if (GetParam()) {
            JobRunner runner;
            runner.start(std::make_unique<TestJob>(kind, trace));
            if (cancelAfterSteps >= 0) {
                ASSERT_TRUE(testsupport::waitFor([&] { return trace.steps >= cancelAfterSteps; }));
                runner.cancelAll();
            }
            ASSERT_TRUE(testsupport::waitFor([&] { return trace.finished; }));
            EXPECT_FALSE(runner.busy());
            EXPECT_NE(trace.worker.load(), QThread::currentThreadId());
        } else {
            TestJob job(kind, trace);
            std::atomic_bool stop = false;
            runInline(
                job,
                [&](qint64 done, qint64, const QString&) {
                    stop = cancelAfterSteps >= 0 && done > cancelAfterSteps;
                },
                &stop);
        }
    }
    Trace trace;
};

} // namespace

TEST_P(JobOnBothWorkers, RunsToItsEndAndFinishesOnTheStartingThread)
{
    run(TestJob::Kind::Steps);
    EXPECT_EQ(trace.steps, 3);
    EXPECT_TRUE(trace.finished);
    EXPECT_EQ(trace.code, QString());
}

TEST_P(JobOnBothWorkers, AnExceptionBecomesAnError)
{
    run(TestJob::Kind::Throws);
    EXPECT_EQ(trace.code, QStringLiteral("internal"));
}

TEST_P(JobOnBothWorkers, AFailureReachesFinish)
{
    run(TestJob::Kind::Fails);
    EXPECT_EQ(trace.code, QStringLiteral("no-luck"));
}

TEST_P(JobOnBothWorkers, AStopRequestEndsItAsCancelled)
{
    run(TestJob::Kind::Endless, 2);
    EXPECT_EQ(trace.code, QStringLiteral("cancelled"));
}

INSTANTIATE_TEST_SUITE_P(Workers, JobOnBothWorkers, ::testing::Bool(),
                         [](const auto& worker) { return worker.param ? "Thread" : "Inline"; });

TEST(JobRunner, WaitingJobsRunInOrderAndCancelDropsThem)
{
    JobRunner runner;
    Trace endless;
    Trace waiting;
    runner.start(std::make_unique<TestJob>(TestJob::Kind::Endless, endless));
    runner.start(std::make_unique<TestJob>(TestJob::Kind::Steps, waiting));
    runner.cancelAll();
    EXPECT_TRUE(waiting.finished);
    EXPECT_EQ(waiting.code, QStringLiteral("cancelled"));
    ASSERT_TRUE(testsupport::waitFor([&] { return endless.finished; }));
    Trace next;
    runner.start(std::make_unique<TestJob>(TestJob::Kind::Steps, next));
    ASSERT_TRUE(testsupport::waitFor([&] { return next.finished; }));
    EXPECT_EQ(next.steps, 3);
}

TEST(JobRunner, DestroyedWhileRunningStopsAndJoins)
{
    Trace trace;
    {
        JobRunner runner;
        runner.start(std::make_unique<TestJob>(TestJob::Kind::Endless, trace));
        ASSERT_TRUE(testsupport::waitFor([&] { return trace.steps > 0; }));
    }
    EXPECT_FALSE(trace.finished);
}
