#include "core/learning/TrainJob.h"

#include "core/base/Cpu.h"
#include "core/inference/GoldenReplay.h"
#include "core/inference/Guard.h"
#include "core/inference/ModelCheck.h"
#include "core/inference/TorchLibrary.h"
#include "core/learning/CheckpointStore.h"
#include "core/learning/LearningText.h"
#include "core/learning/ViewPictures.h"
#include "core/model/ResNet18Weights.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QLockFile>
#include <QThread>

#include <cmath>
#include <optional>
#include <utility>

namespace goodsight {

namespace {

constexpr std::size_t kAtOnce = 4; ///< photos in one pass over val, which nothing stops

const QString kRows = QStringLiteral("*.rows");

void removeFiles(QDir folder, const QStringList& names)
{
    const QStringList files = folder.entryList(names, QDir::Files);
    for (const QString& name : files)
        folder.remove(name);
}

/// Whether something is kept in a run's folder that an earlier try made.
bool isBegun(const QString& folder)
{
    return !CheckpointStore(folder).files().isEmpty() ||
           !QDir(folder).entryList({kRows}, QDir::Files).isEmpty();
}

/// Deletes what a run keeps in its folder.
void tidyUp(const QString& folder)
{
    CheckpointStore(folder).clear();
    removeFiles(folder, {kRows, QStringLiteral("run.json"), QStringLiteral("unreadable-photos.txt")});
}

} // namespace

TrainJob::TrainJob(ModelLibrary library, TrainRun run, Callbacks callbacks)
    : m_library(std::move(library))
    , m_run(std::move(run))
    , m_callbacks(std::move(callbacks))
{}

QString TrainJob::title() const
{
    return LearningText::tr("Training %1").arg(m_run.name);
}

Result<void> TrainJob::process(Control& control)
{
    QDir().mkpath(m_run.folder);
    QLockFile lock(m_run.folder + QStringLiteral("/run.lock"));
    lock.setStaleLockTime(0);
    if (!lock.tryLock() && lock.error() == QLockFile::LockFailedError) {
        return fail(
            "run-in-use",
            LearningText::tr("The training in %1 is under way already.").arg(quotedName(m_run.folder)),
            LearningText::tr("Wait for it, or stop it first."));
    }
    auto result = keepWhatIsWorthIt(control);
    lock.unlock();
    QDir().rmdir(m_run.folder); // only where nothing is left in it
    return result;
}

Result<void> TrainJob::keepWhatIsWorthIt(Control& control)
{
    const bool begun = isBegun(m_run.folder);
    auto result = guarded([&] { return train(control); });
    if (result || result.error().code == u"diverged") {
        tidyUp(m_run.folder);
    } else if (result.error().code != u"cancelled") {
        // Rows can be made again; a checkpoint is worth another try once the cause is gone.
        removeFiles(m_run.folder, {kRows});
        if (!begun && !isBegun(m_run.folder))
            tidyUp(m_run.folder);
    }
    return result;
}

Result<void> TrainJob::train(Control& control)
{
    // One that is taken is no reason to stop: see install().
    if (auto ok = m_library.checkNewName(m_run.name); !ok && ok.error().code != u"name-taken")
        return ok;
    control.progress(0, 0, LearningText::tr("Reading the model to start from"));
    auto start = loadStart(m_run.start);
    if (!start)
        return fail(start.error());
    const auto api = torchlibrary::load();
    if (!api)
        return fail(api.error());
    FineTuneRequest request;
    request.plan = m_run.plan;
    request.set = m_run.set;
    request.start = std::move(*start);
    request.folder = m_run.folder;
    request.makeNetwork = [&api](const TrainableSpec& spec) { return (*api)->makeTrainable(spec); };
    if (!m_run.plan.teacher.isEmpty()) {
        auto teacher = TeacherAnswers::load(m_run.plan.teacher);
        if (!teacher)
            return fail(teacher.error());
        request.teacher = std::move(*teacher);
    }
    FineTuneEvents events;
    events.stopRequested = [&control] { return control.stopRequested(); };
    events.progress = [&control](qint64 done, qint64 total, const QString& what) {
        control.progress(done, total, what);
    };
    events.epoch = m_callbacks.epoch;
    events.photoFailed = m_callbacks.warning;
    events.notKept = [this](const Error& error) {
        if (m_callbacks.warning)
            m_callbacks.warning(QString(), error);
    };
    auto tuned = fineTune(request, events);
    if (!tuned)
        return fail(tuned.error());
    m_outcome.photos = tuned->photos;
    m_outcome.failed = tuned->failed;
    m_outcome.seconds = tuned->seconds;
    auto package = packageOf(request.start, std::move(*tuned), control);
    if (!package)
        return fail(package.error());
    if (control.stopRequested())
        return fail(cancelledError());
    return install(std::move(*package));
}

Result<void> TrainJob::install(ModelPackage package)
{
    auto installed = m_library.install(package, true);
    if (!installed && installed.error().code == u"name-taken") {
        const QString taken = std::exchange(package.name, m_library.freeName(m_run.name));
        for (QString* title : {&package.titleZh, &package.titleEn}) {
            if (*title == taken)
                *title = package.name;
        }
        installed = m_library.install(package, true);
        if (installed && m_callbacks.warning)
            m_callbacks.warning(
                QString(),
                {QStringLiteral("name-taken"),
                 LearningText::tr("There is a model “%1” by now: this one is “%2”.").arg(taken, package.name),
                 {}});
    }
    if (!installed)
        return fail(installed.error());
    m_outcome.model = std::move(*installed);
    return {};
}

Result<ModelPackage> TrainJob::packageOf(const StartModel& start, FineTuned tuned, Control& control)
{
    control.progress(0, 0, LearningText::tr("Checking the trained model"));
    ModelPackage package;
    package.name = m_run.name;
    package.titleZh = m_run.titleZh.isEmpty() ? m_run.name : m_run.titleZh;
    package.titleEn = m_run.titleEn.isEmpty() ? m_run.name : m_run.titleEn;
    package.architecture = resnet18::kArchitecture;
    package.classes = m_run.set.classes;
    package.preprocessing = start.preprocessing;
    package.licence = start.licence;
    package.weights = std::move(tuned.weights);
    // As they will be stored, so that figures and golden outputs are those of the file.
    for (auto& [name, tensor] : package.weights) {
        for (float& value : tensor.values) {
            value = floatFromHalf(halfFromFloat(value));
            if (!std::isfinite(value)) {
                return fail("diverged",
                            LearningText::tr("Training broke off: a weight is not a number any more."),
                            LearningText::tr("Lower the learning rate."));
            }
        }
    }
    auto golden = referenceGolden(package);
    if (!golden)
        return fail(golden.error());
    package.golden = std::move(*golden);
    auto val = measure(package, control);
    if (!val)
        return fail(val.error());
    m_outcome.val = *val;
    package.temperature = val->temperature;
    TrainingPlan plan = m_run.plan;
    for (QString* file : {&plan.start, &plan.teacher}) // where they lay is nobody's business
        *file = QFileInfo(*file).fileName();
    QJsonArray epochs;
    for (const EpochReport& report : tuned.epochs)
        epochs.append(report.toJson());
    // The last epoch's weights are kept, whatever val said of the others.
    QJsonArray chosen;
    if (val->photos > 0)
        chosen.append(QStringLiteral("temperature"));
    LearntPhotos learnt = start.learnt;
    for (const TrainingPhoto& photo : m_run.set.photos) {
        if (photo.part == Part::Train)
            learnt.add(photo.sha256);
    }
    package.manifest = {{QStringLiteral("created"), QDateTime::currentDateTimeUtc().toString(Qt::ISODate)},
                        {QStringLiteral("parent"), start.name},
                        {QStringLiteral("parent_fingerprint"), start.fingerprint},
                        {QStringLiteral("training"),
                         QJsonObject{{QStringLiteral("plan"), plan.toJson()},
                                     {QStringLiteral("seed"), static_cast<qint64>(plan.seed)},
                                     {QStringLiteral("data_fingerprint"), m_run.set.fingerprint()},
                                     {QStringLiteral("learnt_from"), learnt.toText()},
                                     {QStringLiteral("photos"), tuned.photos},
                                     {QStringLiteral("seconds"), tuned.seconds},
                                     {QStringLiteral("chosen_on_val"), chosen},
                                     {QStringLiteral("processor"), cpu::name()},
                                     {QStringLiteral("epochs"), epochs}}}};
    if (val->photos > 0)
        package.manifest.insert(QStringLiteral("metrics"),
                                QJsonObject{{QStringLiteral("val"), val->toJson()}});
    if (!start.parts.isEmpty())
        package.manifest.insert(QStringLiteral("parts"), start.parts);
    return package;
}

Result<ValFigures> TrainJob::measure(const ModelPackage& package, Control& control)
{
    const auto backend = createBackend(BackendKind::Torch, package, QThread::idealThreadCount());
    if (!backend)
        return fail(backend.error());
    std::vector<std::size_t> photos;
    for (std::size_t i = 0; i < m_run.set.photos.size(); ++i) {
        if (m_run.set.photos[i].part == Part::Val)
            photos.push_back(i);
    }
    const ViewPictures pictures(m_run.set, m_run.plan, package.preprocessing, {});
    const int side = package.preprocessing.crop;
    const std::size_t numbers = shapeAt(Boundary::Pictures, side).numbers();
    std::vector<float> logits;
    std::vector<int> labels;
    for (std::size_t begin = 0; begin < photos.size(); begin += kAtOnce) {
        if (control.stopRequested())
            return fail(cancelledError());
        const std::size_t count = std::min(kAtOnce, photos.size() - begin);
        std::vector<std::vector<float>> made(count);
        std::vector<std::optional<Error>> unreadable(count);
        forEachParallel(count, m_run.plan.threads, [&](std::size_t i) {
            const int plain = ViewRef::kPlain;
            const auto views = pictures.make(photos[begin + i], std::span(&plain, 1), side);
            if (views) {
                made[i].resize(numbers);
                normalise(views->front(), package.preprocessing, made[i].data());
            } else {
                unreadable[i] = views.error();
            }
        });
        for (std::size_t i = 0; i < count; ++i) {
            const QString& file = m_run.set.photos[photos[begin + i]].file;
            if (!unreadable[i] || m_outcome.failed.contains(file))
                continue;
            m_outcome.failed.append(file);
            if (m_callbacks.warning)
                m_callbacks.warning(file, *unreadable[i]);
        }
        std::vector<float> input;
        int rows = 0;
        for (std::size_t i = 0; i < count; ++i) {
            if (made[i].empty())
                continue;
            input.insert(input.end(), made[i].begin(), made[i].end());
            labels.push_back(m_run.set.photos[photos[begin + i]].label);
            ++rows;
        }
        if (control.stopRequested())
            return fail(cancelledError());
        if (rows == 0)
            continue;
        const auto output = (*backend)->run(input, rows);
        if (!output)
            return fail(output.error());
        logits.insert(logits.end(), output->logits.begin(), output->logits.end());
    }
    return measureVal(logits, labels);
}

void TrainJob::finish(const Result<void>& result)
{
    if (!m_callbacks.done)
        return;
    if (result)
        m_callbacks.done(m_outcome);
    else
        m_callbacks.done(fail(result.error()));
}

} // namespace goodsight
