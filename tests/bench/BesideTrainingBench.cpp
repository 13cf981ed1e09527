// goodsight_beside_training MODEL START TRAIN VAL PHOTO [PRESET]
// How long an answer takes at the counter while a model is trained: PHOTO is recognised by MODEL three times
// a second, first alone, then while PRESET (quick) learns folder TRAIN in the same process as the window
// does. One JSON line for each phase: the milliseconds from the request to the answer, median, 95th of 100
// and longest. Ends with the run.

#include "core/base/JobRunner.h"
#include "core/inference/RecognitionService.h"
#include "core/learning/FolderTrainingSet.h"
#include "core/learning/TrainJob.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTimer>

#include <algorithm>
#include <cstdio>
#include <map>

using namespace goodsight;

namespace {

constexpr int kEvery = 333; ///< milliseconds
constexpr int kAlone = 60;  ///< answers before the run

class Counter {
public:
    void add(const QString& phase, double milliseconds) { m_phases[phase].push_back(milliseconds); }
    [[nodiscard]] std::size_t of(const QString& phase) { return m_phases[phase].size(); }
    void print()
    {
        for (auto& [phase, times] : m_phases) {
            std::sort(times.begin(), times.end());
            std::printf("{\"phase\": \"%s\", \"answers\": %zu, \"median_ms\": %.1f, \"p95_ms\": %.1f, "
                        "\"longest_ms\": %.1f}\n",
                        qPrintable(phase), times.size(), times[times.size() / 2],
                        times[times.size() * 95 / 100], times.back());
        }
    }

private:
    std::map<QString, std::vector<double>> m_phases;
};

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication app(argc, argv);
    const QStringList words = QCoreApplication::arguments();
    if (words.size() < 6)
        return 2;
    auto plan = TrainingPlan::fromPreset(words.value(6, QStringLiteral("quick")));
    auto set = folderTrainingSet(words[3], words[4], [](const QString&, const Error&) {});
    if (!plan || !set)
        return 1;
    const QTemporaryDir work;
    TrainRun run;
    run.plan = std::move(*plan);
    run.set = std::move(*set);
    run.start = QFileInfo(words[2]).absoluteFilePath();
    run.name = QStringLiteral("measured");
    run.folder = work.filePath(QStringLiteral("run"));

    const QString alone = QStringLiteral("alone");
    QString phase = alone;
    Counter counter;
    RecognitionService service;
    JobRunner jobs;
    QTimer clock;
    QElapsedTimer since;
    quint64 asked = 0;
    QObject::connect(&clock, &QTimer::timeout, &app, [&] {
        if (asked != 0)
            return; // still waiting: the longest tells
        PhotoSource photo;
        photo.path = words[5];
        since.start();
        asked = service.request(photo);
    });
    QObject::connect(&service, &RecognitionService::recognized, &app, [&](quint64 id) {
        if (id != asked)
            return;
        asked = 0;
        counter.add(phase, static_cast<double>(since.nsecsElapsed()) / 1e6);
        if (phase != alone || counter.of(alone) < kAlone || jobs.busy())
            return;
        TrainJob::Callbacks callbacks;
        callbacks.done = [&app](const Result<TrainOutcome>& outcome) { app.exit(outcome ? 0 : 1); };
        jobs.start(std::make_unique<TrainJob>(ModelLibrary(work.filePath(QStringLiteral("models")), {}), run,
                                              callbacks));
    });
    QObject::connect(&service, &RecognitionService::failed, &app, [&app] { app.exit(1); });
    QObject::connect(&service, &RecognitionService::modelLoaded, &app, [&clock] { clock.start(kEvery); });
    QObject::connect(
        &jobs, &JobRunner::progressed, &app,
        [&phase](const QString&, qint64, qint64, const QString& what) { phase = what.section(u',', 0, 0); });
    RecognitionConfig config;
    config.modelFile = words[1];
    service.configure(config);
    const int status = QCoreApplication::exec();
    counter.print();
    return status;
}
