#include "ui/training/TrainingController.h"

#include <algorithm>

namespace goodsight {

namespace {

constexpr double kGuessedStart = 20; ///< seconds before the first photo is learnt from

/// Seconds for one photo on two cores of 2023, until this computer has shown its own.
double guessedSeconds(const QString& preset)
{
    if (preset == u"quick")
        return 0.06;
    return preset == u"thorough" ? 0.3 : 0.6;
}

} // namespace

TrainingController::TrainingController(const QString& historyFile, QObject* parent)
    : QObject(parent)
    , m_history(historyFile)
    , m_runs(m_history.load())
{
    connect(&m_jobs, &JobRunner::progressed, this,
            [this](const QString&, qint64 done, qint64 total, const QString& what) {
                if (m_running != 0)
                    Q_EMIT progressed(m_running, done, total, what);
            });
}

TrainingController::~TrainingController() = default;

void TrainingController::setFactory(TrainingJobFactory factory)
{
    m_factory = std::move(factory);
    Q_EMIT runsChanged();
}

const TrainingRun* TrainingController::run(qint64 id) const
{
    const auto found = std::find_if(m_runs.begin(), m_runs.end(), [id](const auto& r) { return r.id == id; });
    return found == m_runs.end() ? nullptr : &*found;
}

TrainingRun* TrainingController::find(qint64 id)
{
    const auto found = std::find_if(m_runs.begin(), m_runs.end(), [id](const auto& r) { return r.id == id; });
    return found == m_runs.end() ? nullptr : &*found;
}

const TrainingRun* TrainingController::running() const
{
    return run(m_running);
}

int TrainingController::waiting() const
{
    return static_cast<int>(std::count_if(m_runs.begin(), m_runs.end(), [](const TrainingRun& r) {
        return r.state == TrainingRun::State::Waiting;
    }));
}

qint64 TrainingController::start(const TrainingWish& wish)
{
    if (!available())
        return 0;
    TrainingRun run;
    run.id = m_runs.isEmpty() ? 1 : m_runs.last().id + 1;
    run.wish = wish;
    run.asked = QDateTime::currentDateTime();
    m_runs.append(run);
    Q_EMIT runsChanged();
    startNext();
    return run.id;
}

void TrainingController::startNext()
{
    if (m_running != 0)
        return;
    const auto next = std::find_if(m_runs.begin(), m_runs.end(), [](const TrainingRun& r) {
        return r.state == TrainingRun::State::Waiting;
    });
    if (next == m_runs.end())
        return;
    const qint64 id = m_running = next->id;
    next->state = TrainingRun::State::Running;
    next->begun = QDateTime::currentDateTime();
    m_classes.clear();
    TrainingCallbacks callbacks;
    const auto here = [this](auto work) {
        QMetaObject::invokeMethod(this, std::move(work), Qt::QueuedConnection);
    };
    callbacks.onClasses = [this, here](const QList<ModelClass>& classes) {
        here([this, classes] { m_classes = classes; });
    };
    callbacks.onEpoch = [this, here, id](const EpochReport& report) {
        here([this, id, report] { onEpoch(id, report); });
    };
    // Behind the last epoch, which is queued too.
    callbacks.onFinished = [this, here, id](const Result<QString>& model) {
        here([this, id, model] { onFinished(id, model); });
    };
    m_jobs.start(m_factory(next->wish, std::move(callbacks)));
    Q_EMIT runsChanged();
}

void TrainingController::cancel(qint64 id)
{
    TrainingRun* run = find(id);
    if (!run || run->over())
        return;
    if (run->state == TrainingRun::State::Running) {
        m_jobs.cancelAll();
        return;
    }
    run->state = TrainingRun::State::Cancelled;
    run->ended = QDateTime::currentDateTime();
    m_history.save(m_runs);
    Q_EMIT runsChanged();
}

void TrainingController::forget(qint64 id)
{
    const auto gone = m_runs.removeIf([id](const TrainingRun& r) { return r.id == id && r.over(); });
    if (gone == 0)
        return;
    m_history.save(m_runs);
    Q_EMIT runsChanged();
}

void TrainingController::onEpoch(qint64 id, const EpochReport& report)
{
    TrainingRun* run = find(id);
    if (!run || run->state != TrainingRun::State::Running)
        return;
    run->epochs.append(report);
    run->worst.clear();
    for (const int label : report.worstClasses) {
        if (label >= 0 && label < m_classes.size())
            run->worst.append(m_classes[label].id);
    }
    Q_EMIT epochAdded(id);
}

void TrainingController::onFinished(qint64 id, const Result<QString>& model)
{
    TrainingRun* run = find(id);
    if (!run || run->state != TrainingRun::State::Running)
        return;
    run->ended = QDateTime::currentDateTime();
    if (model) {
        run->state = TrainingRun::State::Done;
        run->model = *model;
    } else if (model.error().code == u"cancelled") {
        run->state = TrainingRun::State::Cancelled;
    } else {
        run->state = TrainingRun::State::Failed;
        run->error = model.error();
    }
    m_running = 0;
    m_history.save(m_runs);
    Q_EMIT runsChanged();
    Q_EMIT finished(id);
    startNext();
}

TrainingEstimate TrainingController::estimate(const QString& preset, int photos) const
{
    for (auto run = m_runs.rbegin(); run != m_runs.rend(); ++run) {
        if (run->state == TrainingRun::State::Done && run->wish.preset == preset && run->wish.photos > 0)
            return {run->seconds() / run->wish.photos * photos, true};
    }
    return {kGuessedStart + guessedSeconds(preset) * photos, false};
}

} // namespace goodsight
