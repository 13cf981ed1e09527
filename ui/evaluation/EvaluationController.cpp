#include "ui/evaluation/EvaluationController.h"

#include "ui/evaluation/EvaluationJob.h"
#include "ui/shell/SplitBeforehand.h"

namespace goodsight {

EvaluationController::EvaluationController(QObject* parent)
    : QObject(parent)
{
    connect(&m_jobs, &JobRunner::busyChanged, this, &EvaluationController::busyChanged);
    connect(&m_jobs, &JobRunner::progressed, this,
            [this](const QString&, qint64 done, qint64 total, const QString& what) {
                Q_EMIT progressed(done, total, what);
            });
}

void EvaluationController::setSplit(SplitBeforehand& split)
{
    m_split = &split;
    connect(&split, &SplitBeforehand::progressed, this, &EvaluationController::progressed);
}

bool EvaluationController::busy() const
{
    return m_jobs.busy() || (m_split && m_split->busy());
}

void EvaluationController::start(const EvaluationWish& wish)
{
    m_jobs.cancelAll();
    if (m_split)
        m_split->cancel();
    if (!m_split || wish.data != EvaluationData::Val)
        return begin(wish);
    m_split->start(wish.projectDir, [this, wish](const Result<void>& parts) {
        if (parts)
            return begin(wish);
        Q_EMIT busyChanged();
        Q_EMIT failed(parts.error());
    });
    Q_EMIT busyChanged();
}

void EvaluationController::begin(const EvaluationWish& wish)
{
    m_jobs.start(std::make_unique<EvaluationJob>(wish, [this](const Result<EvaluationPtr>& evaluation) {
        if (evaluation)
            setLast(*evaluation);
        else
            Q_EMIT failed(evaluation.error());
    }));
}

void EvaluationController::cancel()
{
    m_jobs.cancelAll();
    if (m_split && m_split->busy()) {
        m_split->cancel();
        Q_EMIT busyChanged();
        Q_EMIT failed(cancelledError());
    }
}

void EvaluationController::setLast(EvaluationPtr evaluation)
{
    m_last = std::move(evaluation);
    Q_EMIT changed();
}

} // namespace goodsight
