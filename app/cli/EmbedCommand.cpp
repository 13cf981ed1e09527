#include "app/cli/EmbedCommand.h"

#include "app/cli/Command.h"
#include "app/cli/Output.h"
#include "core/base/Paths.h"
#include "core/base/Settings.h"
#include "core/inference/BatchRecognitionJob.h"
#include "core/learning/FolderTrainingSet.h"
#include "core/learning/KnownPhotos.h"
#include "core/model/ClassNames.h"
#include "core/model/ModelLibrary.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <algorithm>

namespace goodsight::cli {

namespace {

struct Photo {
    Part part = Part::Train;
    int label = 0; ///< the model's class
    QString file;
};

/// What became of the photos.
struct Outcome {
    QString file;
    KnownPhotos known;
    qsizetype failed = 0;
};

/// The photos whose product the model knows, by part and class.
std::vector<Photo> photosOf(const TrainingSet& set, const ModelPackage& model)
{
    const ClassNames names(model.classes);
    QStringList unknown;
    std::vector<int> numbers;
    for (const ModelClass& one : set.classes) {
        numbers.push_back(names.find(one.id));
        if (numbers.back() < 0)
            unknown.append(one.id);
    }
    if (!unknown.isEmpty())
        printNote(QStringLiteral("left out, since the model does not know them: ") +
                  unknown.join(QStringLiteral(", ")));
    std::vector<Photo> photos;
    for (const TrainingPhoto& photo : set.photos) {
        if (const int label = numbers[static_cast<std::size_t>(photo.label)]; label >= 0)
            photos.push_back({photo.part, label, photo.file});
    }
    std::stable_sort(photos.begin(), photos.end(), [](const Photo& a, const Photo& b) {
        return std::pair(a.part, a.label) < std::pair(b.part, b.label);
    });
    return photos;
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
    const ModelPackage& model = (*recognizer)->model();
    const std::vector<Photo> photos = photosOf(*set, model);
    if (photos.empty()) {
        return fail("no-photos",
                    QCoreApplication::translate("goodsight::Cli", "%1 has no photo of the model's products.")
                        .arg(quotedName(folder)),
                    QCoreApplication::translate("goodsight::Cli",
                                                "A photo's folder must be named after its product."));
    }
    QStringList files;
    for (const Photo& photo : photos)
        files.append(photo.file);

    Outcome outcome;
    KnownPhotos& known = outcome.known;
    known.key = KnownPhotos::keyOf(model);
    for (const ModelClass& one : model.classes)
        known.classes.append(one.id);
    std::vector<float> logits;
    BatchOptions options;
    options.recognize.limits.maxMegapixels = settings.maxMegapixels();
    options.recognize.hash = false;
    Progress progress;
    outcome.failed = recognizeFiles(**recognizer, files, options, [&](const BatchItem& item) {
        progress(item.index + 1, files.size(), QStringLiteral("embedding"));
        if (!item.result) {
            warn(item.file, item.result.error());
            return;
        }
        const Photo& photo = photos[static_cast<std::size_t>(item.index)];
        KnownPhotos::Part& part = photo.part == Part::Train ? known.train : known.val;
        part.labels.push_back(photo.label);
        part.embeddings.insert(part.embeddings.end(), item.result->embedding.begin(),
                               item.result->embedding.end());
        if (photo.part != Part::Train) {
            for (const float logit : item.result->logits)
                logits.push_back(static_cast<float>(static_cast<double>(logit) / model.temperature));
        }
    });
    printNote(QStringLiteral("rehearsing how new products are taught"));
    if (const auto chosen = known.rehearseWeights(logits); !chosen)
        return fail(chosen.error());
    outcome.file = ModelLibrary::embeddingsFile(modelFile);
    if (const auto saved = known.save(outcome.file); !saved)
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
