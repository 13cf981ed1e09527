#include "app/cli/TrainCommand.h"

#include "app/cli/Command.h"
#include "app/cli/ModelChoice.h"
#include "app/cli/Output.h"
#include "app/cli/ProjectPlace.h"
#include "core/base/JobRunner.h"
#include "core/base/Paths.h"
#include "core/base/Settings.h"
#include "core/dataset/SplitJob.h"
#include "core/learning/FolderTrainingSet.h"
#include "core/learning/ProjectTrainingSet.h"
#include "core/learning/TrainJob.h"
#include "core/learning/ViewWriter.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDateTime>
#include <QFileInfo>

#include <atomic>
#include <csignal>
#include <functional>

namespace goodsight::cli {

namespace {

std::atomic_bool g_stop = false;

int wrongUsage(const QString& reason)
{
    printNote(reason);
    printNote(QStringLiteral("usage: goodsight-cli ") + QString::fromUtf8(kTrainUsage));
    return WrongUsage;
}

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
        plan->setTeacher(QFileInfo(words.value(QStringLiteral("teacher"))).absoluteFilePath());
    if (words.isSet(QStringLiteral("start")))
        plan->start = words.value(QStringLiteral("start"));
    return plan;
}

/// `somePhotos`: set where some cannot be learnt from.
Result<TrainingSet> setOf(const QCommandLineParser& words, bool& somePhotos)
{
    const QString project = words.value(QStringLiteral("project"));
    if (project.isEmpty())
        return folderTrainingSet(
            words.value(QStringLiteral("folder")), words.value(QStringLiteral("val")),
            [&somePhotos](const QString& file, const Error& error) {
                somePhotos = true;
                warn(file, error);
            },
            [](qint64) { return !g_stop; });
    if (!DatasetStore::exists(project))
        return fail(noProject(project));
    auto store = DatasetStore::open(project, DatasetStore::Access::ReadWrite);
    if (store) {
        SplitJob split(**store, {}, [](const Result<void>&, const SplitReport&) {});
        Progress progress;
        if (auto done = runInline(split, std::ref(progress), &g_stop); !done)
            return fail(done.error());
    } else if (store.error().code == u"locked" || store.error().code == u"read-only") {
        // An open window does not keep anybody from training: photos without a part are learnt from.
        warn({}, store.error());
        store = DatasetStore::open(project, DatasetStore::Access::ReadOnly);
    }
    if (!store)
        return fail(store.error());
    auto found = projectTrainingSet(**store, [](qint64) { return !g_stop; });
    if (!found)
        return fail(found.error());
    somePhotos = !found->missing.isEmpty();
    for (const QString& file : std::as_const(found->missing))
        warn(asGiven(file, (*store)->dir(), project),
             {QStringLiteral("not-found"),
              QCoreApplication::translate("goodsight::Cli", "%1 is not where the project has it.")
                  .arg(quotedName(file)),
              {}});
    return std::move(found->set);
}

/// A run from the words, kept in its folder so that it can be resumed.
Result<TrainRun> newRun(const QCommandLineParser& words, bool& somePhotos)
{
    auto plan = planOf(words);
    if (!plan)
        return fail(plan.error());
    const auto start = modelFile(plan->start);
    if (!start)
        return fail(start.error());
    auto set = setOf(words, somePhotos);
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
    if (TrainRun::isIn(run.folder)) {
        return fail("run-there",
                    QCoreApplication::translate("goodsight::Cli", "%1 holds a training run already.")
                        .arg(quotedName(run.folder)),
                    QCoreApplication::translate("goodsight::Cli",
                                                "Let it go on with --resume, or choose another --work."));
    }
    return run;
}

/// The whole of it failed: a line for scripts, and one for a person.
int failed(const QString& entry, const Error& error)
{
    printErrorJson(QStringLiteral("entry"), entry, error);
    printError(error);
    return SomeFailed;
}

int writeViewsOnly(const TrainRun& run, const QString& folder, int side)
{
    const auto start = loadStart(run.start);
    if (!start)
        return failed(run.start, start.error());
    bool somePhotos = false;
    Progress progress;
    const auto written = writeViews(
        run.plan, run.set, start->preprocessing, side, folder, {},
        [&progress](qint64 done, qint64 total) {
            progress(done, total, QStringLiteral("writing views"));
            return !g_stop;
        },
        [&somePhotos](const QString& file, const Error& error) {
            somePhotos = true;
            warn(file, error);
        });
    if (!written)
        return failed(folder, written.error());
    printJson({{QStringLiteral("views"), *written}, {QStringLiteral("folder"), folder}});
    return somePhotos ? SomeFailed : AllDone;
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
    parser.addOption({QStringLiteral("show-plan"), QString()});
    if (!parser.parse(QStringList{QStringLiteral("train")} + arguments))
        return wrongUsage(parser.errorText());
    const int sources = (parser.isSet(QStringLiteral("project")) ? 1 : 0) +
                        (parser.isSet(QStringLiteral("folder")) ? 1 : 0) +
                        (parser.isSet(QStringLiteral("resume")) ? 1 : 0);
    const bool shows = parser.isSet(QStringLiteral("show-plan"));
    if (sources != (shows ? 0 : 1) || !parser.positionalArguments().isEmpty())
        return wrongUsage(QStringLiteral("train needs one of --project, --folder and --resume."));
    for (const char* name : {"threads", "seed", "view-side"}) {
        bool isNumber = true;
        const QString word = parser.value(QString::fromLatin1(name));
        if (!word.isEmpty())
            word.toInt(&isNumber);
        isNumber = isNumber && !word.startsWith(u'-');
        if (!isNumber)
            return wrongUsage(QStringLiteral("--%1 takes a number from 0 on.").arg(QLatin1String(name)));
    }
    if (shows) {
        const auto plan = planOf(parser);
        if (plan) {
            printJson(plan->toJson());
            return AllDone;
        }
        printError(plan.error());
        return WrongUsage;
    }

    const bool resumes = parser.isSet(QStringLiteral("resume"));
    for (const char* name :
         {"val", "work", "plan", "start", "teacher", "name", "threads", "seed", "preset"}) {
        if (resumes && parser.isSet(QLatin1String(name)))
            return wrongUsage(QStringLiteral("A run goes on as it began: --%1 is not for --resume.")
                                  .arg(QLatin1String(name)));
    }

    // Also while photos are split and read, which may take minutes.
    g_stop = false;
    std::signal(SIGINT, [](int) { g_stop = true; });
    std::signal(SIGTERM, [](int) { g_stop = true; });
    QString source;
    for (const char* name : {"project", "folder", "resume"})
        source += parser.value(QLatin1String(name));
    bool somePhotos = false;
    auto run = resumes ? TrainRun::load(parser.value(QStringLiteral("resume"))) : newRun(parser, somePhotos);
    if (!run) {
        if (resumes || (run.error().code != u"unknown-preset" && run.error().code != u"bad-plan"))
            return failed(source, run.error());
        printError(run.error());
        return WrongUsage;
    }
    if (parser.isSet(QStringLiteral("write-views")))
        return writeViewsOnly(*run, parser.value(QStringLiteral("write-views")),
                              parser.value(QStringLiteral("view-side")).toInt());
    if (!resumes) {
        if (auto kept = run->save(); !kept)
            return failed(source, kept.error());
    }
    printNote(QStringLiteral("run: %1").arg(run->folder));
    TrainJob::Callbacks callbacks;
    callbacks.epoch = [](const EpochReport& report) { printJson(report.toJson()); };
    callbacks.warning = [&somePhotos](const QString& file, const Error& error) {
        somePhotos = somePhotos || !file.isEmpty();
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
                   {QStringLiteral("val"), outcome->val.photos > 0 ? QJsonValue(val) : QJsonValue()}});
    };
    TrainJob job(ModelLibrary(), *run, callbacks);
    Progress progress;
    const auto result = runInline(job, std::ref(progress), &g_stop);
    if (!result) {
        const int status = failed(source, result.error());
        if (QFileInfo::exists(run->folder + QStringLiteral("/run.json")))
            printNote(QStringLiteral("go on with: goodsight-cli train --resume %1").arg(run->folder));
        return status;
    }
    return somePhotos ? SomeFailed : AllDone;
}

} // namespace goodsight::cli
