#include "app/cli/EmbedCommand.h"

#include "app/cli/Command.h"
#include "app/cli/Output.h"
#include "core/base/Paths.h"
#include "core/base/Settings.h"
#include "core/learning/EmbedPhotos.h"
#include "core/learning/FolderTrainingSet.h"
#include "core/model/ClassNames.h"
#include "core/model/ModelLibrary.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace goodsight::cli {

namespace {

/// What became of the photos.
struct Outcome {
    QString file;
    KnownPhotos known;
    qsizetype failed = 0;
};

/// Says which products of `set` the model lacks.
void noteUnknown(const TrainingSet& set, const ModelPackage& model)
{
    const ClassNames names(model.classes);
    QStringList unknown;
    for (const ModelClass& one : set.classes) {
        if (names.find(one.id) < 0)
            unknown.append(one.id);
    }
    if (!unknown.isEmpty())
        printNote(QStringLiteral("left out, since the model does not know them: ") +
                  unknown.join(QStringLiteral(", ")));
}

void warn(const QString& file, const Error& error)
{
    printNote(file + QStringLiteral(": ") + error.message);
}

Result<Outcome> embed(const QString& modelFile, const QString& folder, const QString& val)
{
    const Settings settings(paths::settingsFile());
    const auto set = folderTrainingSet(folder, val, warn);
    if (!set)
        return fail(set.error());
    const auto recognizer = Recognizer::open(modelFile, BackendKind::OneDnnFp32, settings.threads());
    if (!recognizer)
        return fail(recognizer.error());
    noteUnknown(*set, (*recognizer)->model());
    Outcome outcome;
    DecodeLimits limits;
    limits.maxMegapixels = settings.maxMegapixels();
    Progress progress;
    EmbedEvents events;
    events.progress = [&](qint64 done, qint64 total) { progress(done, total, QStringLiteral("embedding")); };
    events.photoFailed = [&](const QString& file, const Error& error) {
        ++outcome.failed;
        warn(file, error);
    };
    events.rehearsing = [] { printNote(QStringLiteral("rehearsing how new products are taught")); };
    auto known = embedPhotos(**recognizer, *set, limits, events);
    if (!known && known.error().code == u"no-photos") {
        return fail("no-photos",
                    QCoreApplication::translate("goodsight::Cli", "%1 has no photo of the model's products.")
                        .arg(quotedName(folder)),
                    QCoreApplication::translate("goodsight::Cli",
                                                "A photo's folder must be named after its product."));
    }
    if (!known)
        return fail(known.error());
    outcome.known = std::move(*known);
    outcome.file = ModelLibrary::embeddingsFile(modelFile);
    if (const auto saved = outcome.known.save(outcome.file); !saved)
        return fail(saved.error());
    return outcome;
}

} // namespace

int embedModel(const QString& name, const QString& photos, const QString& val, bool json)
{
    const auto found = ModelLibrary().find(name);
    const auto outcome = found ? embed(found->path, photos, val) : Result<Outcome>(fail(found.error()));
    if (!outcome) {
        if (json)
            printErrorJson(QStringLiteral("entry"), name, outcome.error());
        else
            printError(outcome.error());
        return SomeFailed;
    }
    const KnownPhotos& known = outcome->known;
    const auto train = static_cast<qint64>(known.train.labels.size());
    const auto held = static_cast<qint64>(known.val.labels.size());
    if (json) {
        printJson(
            {{QStringLiteral("name"), name},
             {QStringLiteral("path"), outcome->file},
             {QStringLiteral("bytes"), QFileInfo(outcome->file).size()},
             {QStringLiteral("train"), train},
             {QStringLiteral("val"), held},
             {QStringLiteral("fusion"), QJsonObject{{QStringLiteral("sharpness"), known.weights.sharpness},
                                                    {QStringLiteral("head"), known.weights.head},
                                                    {QStringLiteral("new_product"), known.weights.newProduct},
                                                    {QStringLiteral("elsewhere"), known.weights.elsewhere},
                                                    {QStringLiteral("unseen"), known.weights.unseen}}}});
    } else {
        printLine(QStringLiteral("%1: embeddings of %2 photos to learn from and %3 held out, in %4")
                      .arg(name)
                      .arg(train)
                      .arg(held)
                      .arg(outcome->file));
    }
    return outcome->failed == 0 ? AllDone : SomeFailed;
}

} // namespace goodsight::cli
