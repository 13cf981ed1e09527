// goodsight_train_bench START TRAIN VAL [--plan FILE|--preset NAME] [--photos N] [--epochs N] [--side N]
//                       [--precision auto|float32|bfloat16] [--work DIR]
// Trains as the program does, on the first N photos of each product in folder TRAIN, and prints one JSON line
// a phase: what it took, and the longest time that passed in it between two questions whether to stop (which
// is how long a cancel may take). Processor time is beside it, since a busy machine stretches the other: of
// all threads together, so that work on two cores counts twice. Then the same of keeping and reading the
// largest checkpoint that a plan may have. The model is made in DIR (a temporary folder) and nothing of it is
// kept.

#include "core/inference/PhotoFiles.h"
#include "core/learning/CheckpointStore.h"
#include "core/learning/FolderTrainingSet.h"
#include "core/learning/TrainJob.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QJsonDocument>
#include <QTemporaryDir>

#include <cstdio>
#include <ctime>
#include <map>
#include <thread>

using namespace goodsight;

namespace {

double processorSeconds()
{
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

void print(const QJsonObject& line)
{
    std::printf("%s\n", QJsonDocument(line).toJson(QJsonDocument::Compact).constData());
    std::fflush(stdout);
}

int failed(const Error& error)
{
    std::fprintf(stderr, "%s\n", qPrintable(error.message));
    return 1;
}

/// Times the phases of a job, and what lies between its questions.
class Watch {
public:
    Watch() { m_clock.start(); }

    /// From now on `phase` runs. Calls from the job's thread only.
    void enter(const QString& phase)
    {
        tick(false);
        if (!m_phases.contains(phase))
            m_order.append(phase);
        m_phase = phase;
    }
    /// Those of other threads than the job's do not count.
    void asked()
    {
        if (std::this_thread::get_id() != m_thread)
            return;
        tick(true);
        ++m_phases[m_phase].questions;
    }
    void printAll()
    {
        tick(true);
        for (const QString& name : std::as_const(m_order)) {
            const Phase& phase = m_phases.at(name);
            print({{QStringLiteral("phase"), name},
                   {QStringLiteral("seconds"), phase.seconds},
                   {QStringLiteral("cpu_seconds"), phase.processor},
                   {QStringLiteral("questions"), phase.questions},
                   {QStringLiteral("longest_gap_ms"), phase.longest * 1000},
                   {QStringLiteral("longest_gap_cpu_ms"), phase.longestProcessor * 1000}});
        }
    }

private:
    struct Phase {
        double seconds = 0;
        double processor = 0;
        double longest = 0;
        double longestProcessor = 0;
        int questions = 0;
    };

    /// Counts the time since the last call for the phase that runs; a gap goes on over phases' borders.
    void tick(bool question)
    {
        const double now = static_cast<double>(m_clock.nsecsElapsed()) / 1e9;
        const double processor = processorSeconds();
        Phase& phase = m_phases[m_phase];
        phase.seconds += now - m_at;
        phase.processor += processor - m_processorAt;
        m_at = now;
        m_processorAt = processor;
        phase.longest = std::max(phase.longest, now - m_question);
        phase.longestProcessor = std::max(phase.longestProcessor, processor - m_processorQuestion);
        if (question) {
            m_question = now;
            m_processorQuestion = processor;
        }
    }

    const std::thread::id m_thread = std::this_thread::get_id();
    QElapsedTimer m_clock;
    double m_at = 0;
    double m_processorAt = processorSeconds();
    double m_question = 0;
    double m_processorQuestion = m_processorAt;
    QString m_phase = QStringLiteral("start");
    QStringList m_order{m_phase};
    std::map<QString, Phase> m_phases;
};

class WatchedControl : public Job::Control {
public:
    explicit WatchedControl(Watch& watch)
        : m_watch(watch)
    {}
    void progress(qint64 done, qint64 total, const QString& what) override
    {
        // "Stage 1 of 2, epoch 3 of 4": the epochs of a stage are one phase. After an epoch's last step val
        // is measured.
        const bool steps = what.contains(u',');
        const QString phase = what.section(u',', 0, 0);
        const qint64 epochs = steps ? what.section(u' ', -1).toLongLong() : 1;
        m_watch.enter(steps && done % std::max<qint64>(1, total / epochs) == 0
                          ? phase + QStringLiteral(", val")
                          : phase);
    }
    [[nodiscard]] bool stopRequested() const override
    {
        m_watch.asked();
        return false;
    }

private:
    Watch& m_watch;
};

Result<TrainingPlan> planOf(const QCommandLineParser& words)
{
    const QString file = words.value(QStringLiteral("plan"));
    auto plan = file.isEmpty() ? TrainingPlan::fromPreset(words.value(QStringLiteral("preset")))
                               : TrainingPlan::fromFile(file);
    if (!plan)
        return plan;
    QJsonObject json = plan->toJson();
    if (words.isSet(QStringLiteral("precision")))
        json.insert(QStringLiteral("precision"), words.value(QStringLiteral("precision")));
    if (words.isSet(QStringLiteral("side")))
        json.insert(QStringLiteral("side"), words.value(QStringLiteral("side")).toInt());
    plan = TrainingPlan::fromJson(json);
    const int epochs = words.value(QStringLiteral("epochs")).toInt();
    if (plan && epochs > 0) {
        for (TrainingStage& stage : plan->stages)
            stage.epochs = std::min(stage.epochs, epochs);
    }
    return plan;
}

int measureCheckpoint(const QString& folder)
{
    // What the whole network, its two moments and its average are: four times its weights.
    constexpr std::size_t kTensors = 4 * 20;
    constexpr std::size_t kNumbers = 512 * 512 * 9 / 4;
    const std::vector<float> tensor(kNumbers, 0.5F);
    const std::vector<std::span<const float>> tensors(kTensors, std::span<const float>(tensor));
    const CheckpointStore store(folder);
    Watch watch;
    const auto ask = [&watch] {
        watch.asked();
        return false;
    };
    watch.enter(QStringLiteral("checkpoint, written"));
    if (auto saved = CheckpointStore(folder).save({}, tensors, ask); !saved)
        return failed(saved.error());
    watch.asked();
    watch.enter(QStringLiteral("checkpoint, read"));
    (void)store.load(ask);
    watch.asked();
    watch.printAll();
    return 0;
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication app(argc, argv);
    QCommandLineParser words;
    for (const char* name : {"plan", "photos", "epochs", "side", "precision", "work"})
        words.addOption({QString::fromLatin1(name), QString(), QString::fromLatin1(name)});
    words.addOption({QStringLiteral("preset"), QString(), QStringLiteral("preset"), QStringLiteral("quick")});
    words.process(app);
    const QStringList places = words.positionalArguments();
    if (places.size() != 3) {
        std::fputs("usage: goodsight_train_bench START TRAIN VAL [options]\n", stderr);
        return 2;
    }
    const QTemporaryDir temporary;
    const QString work =
        words.isSet(QStringLiteral("work")) ? words.value(QStringLiteral("work")) : temporary.path();
    auto plan = planOf(words);
    if (!plan)
        return failed(plan.error());
    auto set = folderTrainingSet(places[1], places[2], [](const QString&, const Error&) {});
    if (!set)
        return failed(set.error());
    if (const int most = words.value(QStringLiteral("photos")).toInt(); most > 0) {
        std::map<int, int> taken;
        std::erase_if(set->photos, [&](const TrainingPhoto& photo) {
            return photo.part == Part::Train && ++taken[photo.label] > most;
        });
    }
    TrainRun run;
    run.plan = std::move(*plan);
    run.set = std::move(*set);
    run.start = QFileInfo(places[0]).absoluteFilePath();
    run.name = QStringLiteral("measured");
    run.folder = work + QStringLiteral("/run");

    Watch watch;
    TrainJob::Callbacks callbacks;
    callbacks.epoch = [&watch](const EpochReport& report) {
        watch.enter(QStringLiteral("between epochs"));
        print(report.toJson());
    };
    callbacks.done = [](const Result<TrainOutcome>& outcome) {
        if (outcome)
            print({{QStringLiteral("seconds"), outcome->seconds},
                   {QStringLiteral("val"), outcome->val.toJson()}});
    };
    TrainJob job(ModelLibrary(work + QStringLiteral("/models"), {}), run, callbacks);
    WatchedControl control(watch);
    const auto result = job.process(control);
    job.finish(result);
    if (!result)
        return failed(result.error());
    watch.printAll();
    return measureCheckpoint(work + QStringLiteral("/checkpoint"));
}
