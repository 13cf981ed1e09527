#include "app/cli/EvaluateCommand.h"

#include "app/cli/Command.h"
#include "app/cli/ModelChoice.h"
#include "app/cli/Output.h"
#include "core/base/Paths.h"
#include "core/base/Settings.h"
#include "core/evaluation/Metrics.h"
#include "core/inference/BatchRecognitionJob.h"
#include "core/inference/Guard.h"
#include "core/inference/PhotoFiles.h"
#include "core/model/ClassNames.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QHash>
#include <QJsonArray>

namespace goodsight::cli {

namespace {

QJsonObject toJson(const Metrics& metrics, const ModelPackage& model, const QString& backend)
{
    QJsonArray classes;
    for (const ClassMetrics& one : metrics.classes) {
        const ModelClass& names = model.classes[one.label];
        classes.append(QJsonObject{{QStringLiteral("id"), names.id},
                                   {QStringLiteral("zh"), names.zh},
                                   {QStringLiteral("en"), names.en},
                                   {QStringLiteral("n"), one.photos},
                                   {QStringLiteral("right"), one.right},
                                   {QStringLiteral("precision"), one.precision},
                                   {QStringLiteral("recall"), one.recall},
                                   {QStringLiteral("f1"), one.f1}});
    }
    return {{QStringLiteral("model"), model.name},  {QStringLiteral("backend"), backend},
            {QStringLiteral("n"), metrics.photos},  {QStringLiteral("top1"), metrics.top1},
            {QStringLiteral("top3"), metrics.top3}, {QStringLiteral("macro_f1"), metrics.macroF1},
            {QStringLiteral("ece"), metrics.ece},   {QStringLiteral("classes"), classes}};
}

void printForAPerson(const Metrics& metrics, const ModelPackage& model)
{
    printLine(QStringLiteral("%1: %2 photos, top-1 %3 %, top-3 %4 %, macro F1 %5, calibration error %6")
                  .arg(model.name)
                  .arg(metrics.photos)
                  .arg(metrics.top1 * 100, 0, 'f', 1)
                  .arg(metrics.top3 * 100, 0, 'f', 1)
                  .arg(metrics.macroF1, 0, 'f', 3)
                  .arg(metrics.ece, 0, 'f', 3));
    for (const ClassMetrics& one : metrics.classes) {
        const ModelClass& names = model.classes[one.label];
        printLine(QStringLiteral("  %1 of %2  %3  %4")
                      .arg(one.right, 4)
                      .arg(one.photos, 4)
                      .arg(names.zh, names.en));
    }
}

int wrongUsage(const QString& reason)
{
    printNote(reason);
    printNote(QStringLiteral("usage: goodsight-cli ") + QString::fromUtf8(kEvaluateUsage));
    return WrongUsage;
}

Error unknownLabel(const QString& folder)
{
    return {QStringLiteral("unknown-label"),
            QCoreApplication::translate("goodsight::Cli", "The model knows no product “%1”.").arg(folder),
            QCoreApplication::translate("goodsight::Cli", "Name the folder after a product's id or name.")};
}

} // namespace

int evaluate(const QStringList& arguments)
{
    QCommandLineParser parser;
    parser.addOptions({{QStringLiteral("json"), QString()},
                       {QStringLiteral("exact"), QString()},
                       {QStringLiteral("model"), QString(), QStringLiteral("NAME|FILE")},
                       {QStringLiteral("backend"), QString(), QStringLiteral("NAME"),
                        Settings(paths::settingsFile()).backend()},
                       {QStringLiteral("threads"), QString(), QStringLiteral("N"), QStringLiteral("0")}});
    if (!parser.parse(QStringList{QStringLiteral("evaluate")} + arguments))
        return wrongUsage(parser.errorText());
    if (parser.positionalArguments().size() != 1)
        return wrongUsage(QStringLiteral("evaluate needs one folder."));
    bool isNumber = false;
    const int threads = parser.value(QStringLiteral("threads")).toInt(&isNumber);
    if (!isNumber || threads < 0)
        return wrongUsage(QStringLiteral("--threads takes a number from 1 on."));
    const auto kind = backendKindFromName(parser.value(QStringLiteral("backend")));
    if (!kind)
        return wrongUsage(kind.error().message + u' ' + kind.error().hint);

    const bool json = parser.isSet(QStringLiteral("json"));
    bool failed = false;
    const auto failure = [&](const QString& key, const QString& subject, const Error& error) {
        failed = true;
        if (json)
            printErrorJson(key, subject, error);
        else
            printError(error);
    };
    const Settings settings(paths::settingsFile());
    const QString folder = parser.positionalArguments().first();
    const auto found = photosIn(folder);
    if (!found) {
        failure(QStringLiteral("file"), folder, found.error());
        return SomeFailed;
    }
    for (const QString& unreadable : found->unreadable)
        failure(QStringLiteral("file"), unreadable, unreadableFolder(unreadable));
    const QString model = parser.value(QStringLiteral("model"));
    const auto file = modelFile(model);
    const auto recognizer = file ? guarded([&] {
        return Recognizer::open(*file, *kind, threads == 0 ? settings.threads() : threads);
    })
                                 : Result<std::unique_ptr<Recognizer>>(fail(file.error()));
    if (!recognizer) {
        failure(QStringLiteral("entry"), model.isEmpty() ? settings.model() : model, recognizer.error());
        return SomeFailed;
    }
    const QList<ModelClass>& classes = (*recognizer)->model().classes;
    const ClassNames numbers(classes);
    QHash<QString, int> ids;
    for (int i = 0; i < classes.size(); ++i)
        ids.insert(classes[i].id, i);
    QStringList known;
    for (const QString& photo : found->photos) {
        if (numbers.ofFolder(photo) >= 0)
            known += photo;
        else
            failure(QStringLiteral("file"), photo, unknownLabel(folderName(photo)));
    }

    BatchOptions options;
    options.recognize.topCount = 3;
    options.recognize.exact = parser.isSet(QStringLiteral("exact"));
    options.recognize.hash = false;
    options.recognize.limits.maxMegapixels = settings.maxMegapixels();
    std::vector<ScoredPhoto> scored;
    recognizeFiles(**recognizer, known, options, [&](const BatchItem& item) {
        if (!item.result) {
            failure(QStringLiteral("file"), item.file, item.result.error());
            return;
        }
        ScoredPhoto photo;
        photo.truth = numbers.ofFolder(item.file);
        for (const Candidate& candidate : item.result->top)
            photo.ranking.push_back(ids.value(candidate.id));
        photo.confidence = item.result->top.first().confidence;
        scored.push_back(std::move(photo));
    });
    const Metrics metrics = measure(scored);
    if (json)
        printJson(toJson(metrics, (*recognizer)->model(), (*recognizer)->backendName()));
    else
        printForAPerson(metrics, (*recognizer)->model());
    return failed ? SomeFailed : AllDone;
}

} // namespace goodsight::cli
