#include "ui/training/TrainingController.h"

#include "ui/shell/SplitBeforehand.h"

#include <QDir>
#include <QDirIterator>
#include <QFileInfo>

#include <algorithm>
#include <limits>
#include <numeric>

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

/// Where the runs of a project lie; the command line keeps its own there too.
QString runsOf(const QString& projectDir)
{
    return projectDir + QStringLiteral("/runs");
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

TrainingController::~TrainingController()
{
    m_cleaner.drain();
}

void TrainingController::setFactory(TrainingJobFactory factory)
{
    m_factory = std::move(factory);
    Q_EMIT runsChanged();
}

void TrainingController::setSplit(SplitBeforehand& split)
{
    m_split = &split;
    connect(&split, &SplitBeforehand::progressed, this,
            [this](qint64 done, qint64 total, const QString& what) {
                if (m_running != 0)
                    Q_EMIT progressed(m_running, done, total, what);
            });
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
    run.wish.folder = runsOf(wish.projectDir) +
                      QStringLiteral("/%1-%2-%3")
                          .arg(wish.preset, run.asked.toUTC().toString(QStringLiteral("yyyyMMdd-HHmmss")))
                          .arg(run.id);
    m_runs.append(run);
    m_history.save(m_runs);
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
    next->begun = next->ended = QDateTime::currentDateTime();
    m_history.save(m_runs); // a killed program knows of it
    m_classes.clear();
    m_classPhotos.clear();
    Q_EMIT runsChanged();
    if (!m_split)
        return begin(id);
    m_split->start(find(id)->wish.projectDir, [this, id](const Result<void>& parts) {
        if (!parts)
            onWarning(id, {}, parts.error());
        begin(id);
    });
}

void TrainingController::begin(qint64 id)
{
    TrainingCallbacks callbacks;
    const auto here = [this](auto work) {
        QMetaObject::invokeMethod(this, std::move(work), Qt::QueuedConnection);
    };
    callbacks.onClasses = [this, here, id](const QList<ModelClass>& classes, const QList<int>& photos) {
        here([this, id, classes, photos] { onClasses(id, classes, photos); });
    };
    callbacks.onEpoch = [this, here, id](const EpochReport& report) {
        here([this, id, report] { onEpoch(id, report); });
    };
    callbacks.onWarning = [this, here, id](const QString& file, const Error& error) {
        here([this, id, file, error] { onWarning(id, file, error); });
    };
    // Behind the last epoch, which is queued too.
    callbacks.onFinished = [this, here, id](const Result<QString>& model) {
        here([this, id, model] { onFinished(id, model); });
    };
    m_jobs.start(m_factory(find(id)->wish, std::move(callbacks)));
}

void TrainingController::cancel(qint64 id)
{
    TrainingRun* run = find(id);
    if (!run || run->over())
        return;
    if (run->state == TrainingRun::State::Running) {
        if (!m_split || !m_split->busy())
            return m_jobs.cancelAll();
        m_split->cancel();
        return onFinished(id, fail(cancelledError()));
    }
    run->state = TrainingRun::State::Cancelled;
    run->ended = QDateTime::currentDateTime();
    m_history.save(m_runs);
    Q_EMIT runsChanged();
}

bool TrainingController::canGoOn(qint64 id) const
{
    const TrainingRun* one = run(id);
    const bool broken =
        one && (one->state == TrainingRun::State::Cancelled || one->state == TrainingRun::State::Failed);
    return broken && available() && !one->wish.folder.isEmpty() &&
           QFileInfo(one->wish.folder + QStringLiteral("/run.json")).isFile();
}

bool TrainingController::goOn(qint64 id)
{
    if (!canGoOn(id))
        return false;
    TrainingRun* run = find(id);
    run->before = run->seconds();
    run->error = {};
    run->begun = run->ended = {};
    if (!run->epochs.isEmpty())
        run->epochs.last().secondsLeft = -1; // was of another time
    run->state = TrainingRun::State::Waiting;
    m_history.save(m_runs);
    Q_EMIT runsChanged();
    startNext();
    return true;
}

qint64 TrainingController::bytesKept(qint64 id) const
{
    const TrainingRun* one = run(id);
    qint64 bytes = 0;
    if (!one || !one->over() || one->wish.folder.isEmpty())
        return bytes;
    for (QDirIterator files(one->wish.folder, QDir::Files, QDirIterator::Subdirectories); files.hasNext();) {
        files.next();
        bytes += files.fileInfo().size();
    }
    return bytes;
}

void TrainingController::discard(const TrainingWish& wish)
{
    // Whatever a history says: nothing but a run's own folder is deleted.
    const QFileInfo folder(QDir::cleanPath(wish.folder));
    if (wish.folder.isEmpty() ||
        folder.absolutePath() != QFileInfo(runsOf(wish.projectDir)).absoluteFilePath())
        return;
    m_cleaner.post([path = folder.absoluteFilePath()] { QDir(path).removeRecursively(); });
}

void TrainingController::forget(qint64 id)
{
    const TrainingRun* gone = run(id);
    if (!gone || !gone->over())
        return;
    discard(gone->wish);
    m_runs.removeIf([id](const TrainingRun& r) { return r.id == id; });
    m_history.save(m_runs);
    Q_EMIT runsChanged();
}

void TrainingController::onClasses(qint64 id, const QList<ModelClass>& classes, const QList<int>& photos)
{
    TrainingRun* run = find(id);
    if (!run || run->state != TrainingRun::State::Running)
        return;
    m_classes = classes;
    m_classPhotos = photos;
    run->photos = std::accumulate(photos.cbegin(), photos.cend(), 0);
    m_history.save(m_runs);
    Q_EMIT runsChanged();
}

void TrainingController::onEpoch(qint64 id, const EpochReport& report)
{
    TrainingRun* run = find(id);
    if (!run || run->state != TrainingRun::State::Running)
        return;
    // One that goes on does the epochs after its last checkpoint again.
    run->epochs.removeIf([&report](const EpochReport& known) {
        return std::pair(known.stage, known.epoch) >= std::pair(report.stage, report.epoch);
    });
    run->epochs.append(report);
    run->ended = QDateTime::currentDateTime();
    run->worst.clear();
    for (qsizetype i = 0; i < report.worstClasses.size(); ++i) {
        const int label = report.worstClasses[i];
        if (label >= 0 && label < m_classes.size())
            run->worst.append({m_classes[label].id,
                               report.worstRecalls.value(i, std::numeric_limits<double>::quiet_NaN()),
                               m_classPhotos.value(label)});
    }
    m_history.save(m_runs);
    Q_EMIT epochAdded(id);
}

void TrainingController::onWarning(qint64 id, const QString& file, const Error& error)
{
    TrainingRun* run = find(id);
    if (!run || run->state != TrainingRun::State::Running)
        return;
    if (!file.isEmpty())
        ++run->lost;
    if (run->warning.code.isEmpty())
        run->warning = error;
    Q_EMIT warned(id);
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
        if (!canGoOn(id)) // the job left a checkpoint where another try is worth it
            discard(run->wish);
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
