#pragma once

#include "core/base/JobRunner.h"
#include "ui/evaluation/Evaluation.h"

#include <QObject>

namespace goodsight {

/// Runs evaluations and keeps the last one. No widgets; UI thread.
class EvaluationController : public QObject {
    Q_OBJECT
public:
    explicit EvaluationController(QObject* parent = nullptr);

    /// Starts; an evaluation that runs is stopped first.
    void start(const EvaluationWish& wish);
    void cancel();
    [[nodiscard]] bool busy() const { return m_jobs.busy(); }
    /// The last one that came to its end, or null.
    [[nodiscard]] const EvaluationPtr& last() const { return m_last; }
    /// Shows an evaluation that was made elsewhere.
    void setLast(EvaluationPtr evaluation);

Q_SIGNALS:
    void busyChanged();
    void progressed(qint64 done, qint64 total, const QString& what);
    void changed();
    /// Also "cancelled".
    void failed(const goodsight::Error& error);

private:
    EvaluationPtr m_last;
    // Last member: its thread is joined before anything above goes away.
    JobRunner m_jobs;
};

} // namespace goodsight
