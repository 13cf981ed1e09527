#include "app/cli/TrainCommand.h"

#include "app/cli/Command.h"
#include "app/cli/ModelChoice.h"
#include "app/cli/Output.h"
#include "core/base/JobRunner.h"
#include "core/base/Paths.h"
#include "core/base/Settings.h"
#include "core/learning/TrainJob.h"
#include "core/learning/TrainingSources.h"
#include "core/learning/ViewWriter.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDateTime>
#include <QFileInfo>

#include <atomic>
#include <csignal>

namespace goodsight::cli {

namespace {

std::atomic_bool g_stop = false;

int wrongUsage(const QString& reason)
{
    printNote(reason);
    printNote(QStringLiteral("usage: goodsight-cli ") + QString::fromUtf8(kTrainUsage));
    return WrongUsage;
}

/// Prints progress when its line or its percentage changed.
class Progress {
public:
    void operator()(qint64 done, qint64 total, const QString& what)
    {
        const qint64 tenth = total > 0 ? done * 10 / total : 0;
        if (what == m_what && tenth == m_tenth)
            return;
        m_what = what;
        m_tenth = tenth;
        printNote(total > 0 ? QStringLiteral("%1: %2 %").arg(what).arg(tenth * 10) : what);
    }

private:
    QString m_what;
    qint64 m_tenth = -1;
};

void warn(const QString& file, const Error& error)
{
    if (file.isEmpty())
        printError(error);
    else
        printErrorJson(QStringLiteral("file"), file, error);
}

Result<TrainingPlan> planOf(const QCommandLineParser& words)
{
    const QString file = words.value(QStringLiteral("plan"));
    auto plan = file.isEmpty() ? TrainingPlan::fromPreset(words.value(QStringLiteral("preset")))
                               : TrainingPlan::fromFile(file);
    if (!plan)
        return plan;
    if (words.isSet(QStringLiteral("threads")))
        plan->threads = words.value(QStringLiteral("threads")).toInt();
    if (words.isSet(QStringLiteral("seed")))
        plan->seed = words.value(QStringLiteral("seed")).toUInt();
    if (words.isSet(QStringLiteral("teacher")))
        plan->teacher = QFileInfo(words.value(QStringLiteral("teacher"))).absoluteFilePath();
    if (words.isSet(QStringLiteral("start")))
        plan->start = words.value(QStringLiteral("start"));
    return plan;
}

Result<TrainingSet> setOf(const QCommandLineParser& words)
{
    const QString project = words.value(QStringLiteral("project"));
    if (project.isEmpty())
        return folderTrainingSet(words.value(QStringLiteral("folder")), words.value(QStringLiteral("val")),
                                 warn);
    if (!DatasetStore::exists(project)) {
        return fail(
            "not-found",
            QCoreApplication::translate("goodsight::Cli", "There is no project in %1.")
                .arg(quotedName(project)),
            QCoreApplication::translate("goodsight::Cli", "Make one with “goodsight-cli project init”."));
    }
    const auto store = DatasetStore::open(project, DatasetStore::Access::ReadOnly);
    return store ? projectTrainingSet(**store) : Result<TrainingSet>(fail(store.error()));
}

/// A run from the words, kept in its folder so that it can be resumed.
Result<TrainRun> newRun(const QCommandLineParser& words)
{
    auto plan = planOf(words);
    if (!plan)
        return fail(plan.error());
    const auto start = modelFile(plan->start);
    if (!start)
        return fail(start.error());
    auto set = setOf(words);
    if (!set)
        return fail(set.error());
    TrainRun run;
    const ModelLibrary library;
    const QString wish = words.value(QStringLiteral("name"));
    if (!wish.isEmpty()) {
        if (auto ok = library.checkNewName(wish); !ok)
            return fail(ok.error());
    }
    run.name = wish.isEmpty()
                   ? library.freeName(plan->preset.isEmpty() ? QStringLiteral("trained") : plan->preset)
                   : wish;
    run.plan = std::move(*plan);
    run.set = std::move(*set);
    run.start = QFileInfo(*start).absoluteFilePath();
    run.folder = words.value(QStringLiteral("work"));
    if (run.folder.isEmpty()) {
        const QString project = words.value(QStringLiteral("project"));
        run.folder = (project.isEmpty() ? paths::dataDir() : project) + QStringLiteral("/runs/") + run.name +
                     QDateTime::currentDateTimeUtc().toString(QStringLiteral("-yyyyMMdd-HHmmss"));
    }
    return run;
}

int writeViewsOnly(const TrainRun& run, const QString& folder, int side)
{
    const auto start = loadStart(run.start);
    if (!start) {
        printError(start.error());
        return SomeFailed;
    }
    bool failed = false;
    Progress progress;
    const auto written = writeViews(
        run.plan, run.set, start->preprocessing, side, folder, {},
        [&progress](qint64 done, qint64 total) {
            progress(done, total, QStringLiteral("writing views"));
            return !g_stop;
        },
        [&failed](const QString& file, const Error& error) {
            failed = true;
            warn(file, error);
        });
    if (!written) {
        printError(written.error());
        return SomeFailed;
    }
    printJson({{QStringLiteral("views"), *written}, {QStringLiteral("folder"), folder}});
    return failed ? SomeFailed : AllDone;
}

} // namespace

int train(const QStringList& arguments)
{
    QCommandLineParser parser;
    const auto option = [&parser](const char* name, const char* value, const char* standard = "") {
        parser.addOption({QString::fromLatin1(name), QString(), QString::fromLatin1(value),
                          QString::fromLatin1(standard)});
    };
    for (const char* name : {"project", "folder", "val", "resume", "work", "write-views"})
        option(name, "DIR");
    for (const char* name : {"plan", "start", "teacher"})
        option(name, "FILE");
    for (const char* name : {"name", "threads", "seed"})
        option(name, "N");
    option("preset", "NAME", "quick");
    option("view-side", "N", "0");
    parser.addOption({QStringLiteral("json"), QString()}); // what is printed is JSON anyway
    if (!parser.parse(QStringList{QStringLiteral("train")} + arguments))
        return wrongUsage(parser.errorText());
    const int sources = (parser.isSet(QStringLiteral("project")) ? 1 : 0) +
                        (parser.isSet(QStringLiteral("folder")) ? 1 : 0) +
                        (parser.isSet(QStringLiteral("resume")) ? 1 : 0);
    if (sources != 1 || !parser.positionalArguments().isEmpty())
        return wrongUsage(QStringLiteral("train needs one of --project, --folder and --resume."));
    for (const char* name : {"threads", "seed", "view-side"}) {
        bool isNumber = true;
        const QString word = parser.value(QString::fromLatin1(name));
        if (!word.isEmpty())
            word.toUInt(&isNumber);
        if (!isNumber)
            return wrongUsage(QStringLiteral("--%1 takes a number from 0 on.").arg(QLatin1String(name)));
    }

    const bool resumes = parser.isSet(QStringLiteral("resume"));
    auto run = resumes ? TrainRun::load(parser.value(QStringLiteral("resume"))) : newRun(parser);
    if (!run) {
        printError(run.error());
        return run.error().code == u"unknown-preset" || run.error().code == u"bad-plan" ? WrongUsage
                                                                                        : SomeFailed;
    }
    g_stop = false;
    std::signal(SIGINT, [](int) { g_stop = true; });
    std::signal(SIGTERM, [](int) { g_stop = true; });
    if (parser.isSet(QStringLiteral("write-views")))
        return writeViewsOnly(*run, parser.value(QStringLiteral("write-views")),
                              parser.value(QStringLiteral("view-side")).toInt());
    if (!resumes) {
        if (auto kept = run->save(); !kept) {
            printError(kept.error());
            return SomeFailed;
        }
    }
    printNote(QStringLiteral("run: %1").arg(run->folder));
    bool failed = false;
    TrainJob::Callbacks callbacks;
    callbacks.epoch = [](const EpochReport& report) { printJson(report.toJson()); };
    callbacks.warning = [&failed](const QString& file, const Error& error) {
        failed = failed || !file.isEmpty();
        warn(file, error);
    };
    callbacks.done = [](const Result<TrainOutcome>& outcome) {
        if (!outcome)
            return;
        QJsonObject val = outcome->val.toJson();
        val.insert(QStringLiteral("temperature"), outcome->val.temperature);
        printJson({{QStringLiteral("model"), outcome->model.name},
                   {QStringLiteral("file"), outcome->model.path},
                   {QStringLiteral("fingerprint"), outcome->model.fingerprint},
                   {QStringLiteral("photos"), outcome->photos},
                   {QStringLiteral("failed"), outcome->failed.size()},
                   {QStringLiteral("seconds"), outcome->seconds},
                   {QStringLiteral("val"), val}});
    };
    TrainJob job(ModelLibrary(), *run, callbacks);
    Progress progress;
    const auto result = runInline(
        job, [&progress](qint64 done, qint64 total, const QString& what) { progress(done, total, what); },
        &g_stop);
    if (!result) {
        printError(result.error());
        if (result.error().code == u"cancelled")
            printNote(QStringLiteral("go on with: goodsight-cli train --resume %1").arg(run->folder));
        return SomeFailed;
    }
    return failed ? SomeFailed : AllDone;
}

} // namespace goodsight::cli
