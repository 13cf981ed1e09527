#include "core/learning/EmbedPhotos.h"

#include "core/base/Job.h"
#include "core/inference/BatchRecognitionJob.h"
#include "core/learning/LearningText.h"
#include "core/model/ClassNames.h"

#include <algorithm>

namespace goodsight {

namespace {

struct Photo {
    Part part = Part::Train;
    int label = 0; ///< the model's class
    QString file;
};

/// The photos whose product the model knows, by part and class.
std::vector<Photo> photosOf(const TrainingSet& set, const ModelPackage& model)
{
    const ClassNames names(model.classes);
    std::vector<int> numbers;
    for (const ModelClass& one : set.classes)
        numbers.push_back(names.find(one.id));
    std::vector<Photo> photos;
    for (const TrainingPhoto& photo : set.photos) {
        const int label = numbers[static_cast<std::size_t>(photo.label)];
        if (label >= 0 && photo.part != Part::Test)
            photos.push_back({photo.part, label, photo.file});
    }
    std::stable_sort(photos.begin(), photos.end(), [](const Photo& a, const Photo& b) {
        return std::pair(a.part, a.label) < std::pair(b.part, b.label);
    });
    return photos;
}

} // namespace

Result<KnownPhotos> embedPhotos(Recognizer& recognizer, const TrainingSet& set, const DecodeLimits& limits,
                                const EmbedEvents& events)
{
    const ModelPackage& model = recognizer.model();
    const std::vector<Photo> photos = photosOf(set, model);
    if (photos.empty()) {
        return fail(
            "no-photos", LearningText::tr("There is no photo of the model's products."),
            LearningText::tr("Label some photos, or import a folder with a folder for each product."));
    }
    QStringList files;
    for (const Photo& photo : photos)
        files.append(photo.file);
    KnownPhotos known;
    known.key = KnownPhotos::keyOf(model);
    for (const ModelClass& one : model.classes)
        known.classes.append(one.id);
    std::vector<float> logits;
    BatchOptions options;
    options.recognize.limits = limits;
    options.recognize.hash = false;
    options.stopRequested = events.stopRequested;
    recognizeFiles(recognizer, files, options, [&](const BatchItem& item) {
        if (events.progress)
            events.progress(item.index + 1, files.size());
        if (!item.result) {
            if (events.photoFailed)
                events.photoFailed(item.file, item.result.error());
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
    if (events.stopRequested && events.stopRequested())
        return fail(cancelledError());
    if (events.rehearsing)
        events.rehearsing();
    if (const auto chosen = known.rehearseWeights(logits); !chosen)
        return fail(chosen.error());
    return known;
}

} // namespace goodsight
