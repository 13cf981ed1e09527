#include "ui/evaluation/EvaluationController.h"

#include "ui/evaluation/EvaluationJob.h"

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

void EvaluationController::start(const EvaluationWish& wish)
{
    m_jobs.cancelAll();
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
}

void EvaluationController::setLast(EvaluationPtr evaluation)
{
    m_last = std::move(evaluation);
    Q_EMIT changed();
}

} // namespace goodsight
