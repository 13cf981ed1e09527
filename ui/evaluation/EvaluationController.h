#pragma once

#include "core/base/JobRunner.h"
#include "ui/evaluation/Evaluation.h"

#include <QObject>

namespace goodsight {

class SplitBeforehand;

/// Runs evaluations and keeps the last one. No widgets; UI thread.
class EvaluationController : public QObject {
    Q_OBJECT
public:
    explicit EvaluationController(QObject* parent = nullptr);

    /// What gives the photos their parts before the validation part is measured on.
    void setSplit(SplitBeforehand& split);
    /// Starts; an evaluation that runs is stopped first.
    void start(const EvaluationWish& wish);
    void cancel();
    [[nodiscard]] bool busy() const;
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
    void begin(const EvaluationWish& wish);

    SplitBeforehand* m_split = nullptr;
    EvaluationPtr m_last;
    // Last member: its thread is joined before anything above goes away.
    JobRunner m_jobs;
};

} // namespace goodsight
