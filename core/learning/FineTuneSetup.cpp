#include "core/learning/FineTuneSetup.h"

#include "core/base/Random.h"
#include "core/learning/LearningText.h"
#include "core/model/ResNet18Weights.h"

#include <QCryptographicHash>
#include <QHash>
#include <QJsonDocument>
#include <QSet>

#include <algorithm>

namespace goodsight {

namespace {

constexpr double kHeadDeviation = 0.01;
constexpr int kImagenetClasses = 1000;
constexpr quint32 kHeadPurpose = 0x6663; ///< of a new head's random numbers

/// Whether the plan and the labels make sense.
Result<void> checkSet(const FineTuneRequest& request)
{
    if (auto ok = request.plan.check(); !ok)
        return ok;
    QSet<int> seen;
    for (const TrainingPhoto& photo : request.set.photos) {
        if (photo.label < 0 || photo.label >= request.set.classes.size())
            return fail("bad-label", LearningText::tr("%1 has a label that is not in the list of classes.")
                                         .arg(quotedName(photo.file)));
        if (photo.part == Part::Train)
            seen.insert(photo.label);
    }
    if (seen.isEmpty()) {
        return fail("no-photos", LearningText::tr("There are no labelled photos to train on."),
                    LearningText::tr("Label some photos first."));
    }
    if (seen.size() < 2) {
        return fail("one-class",
                    LearningText::tr("All photos to train on are of one product: there is "
                                     "nothing to tell apart."),
                    LearningText::tr("Label photos of at least two products."));
    }
    return {};
}

Result<void> checkTeacher(const FineTuneRequest& request)
{
    if (!request.teacher) {
        if (request.plan.teacher.isEmpty())
            return {};
        return fail("no-teacher-answers", LearningText::tr("The plan needs a teacher's answers."));
    }
    for (const ModelClass& item : request.set.classes) {
        if (!request.teacher->classes().contains(item.id)) {
            return fail("no-teacher-answers",
                        LearningText::tr("The teacher does not know the product “%1”.").arg(item.id));
        }
    }
    for (const TrainingStage& what : request.plan.stages) {
        if ((what.loss.embedding > 0 && request.teacher->embeddingWidth() == 0) ||
            (what.loss.imagenet > 0 && !request.teacher->hasImagenet()))
            return fail("no-teacher-answers",
                        LearningText::tr("The teacher's answers lack a part that the plan needs."));
    }
    for (const TrainingPhoto& photo : request.set.photos) {
        if (photo.part != Part::Train)
            continue;
        for (int view = 0; view < request.plan.viewsPerPhoto; ++view) {
            if (request.teacher->rowOf(photo.sha256, view) < 0) {
                return fail("no-teacher-answers",
                            LearningText::tr("The teacher has no answer for view %1 of %2.")
                                .arg(view)
                                .arg(quotedName(photo.file)),
                            LearningText::tr("Write the views of this plan again, and let it answer."));
            }
        }
    }
    return {};
}

/// A row for each class: the start's own where it knows the class, else near zero.
void newHead(const FineTuneRequest& request, const Tensor& weight, const Tensor& bias, Tensor& newWeight,
             Tensor& newBias)
{
    const auto classes = static_cast<std::size_t>(request.set.classes.size());
    constexpr std::size_t width = resnet18::kEmbeddingSize;
    QHash<QString, std::size_t> known;
    if (static_cast<std::size_t>(request.start.classes.size()) == bias.values.size()) {
        for (qsizetype i = 0; i < request.start.classes.size(); ++i)
            known.insert(request.start.classes[i].id, static_cast<std::size_t>(i));
    }
    newWeight = {{request.set.classes.size(), width}, std::vector<float>(classes * width)};
    newBias = {{request.set.classes.size()}, std::vector<float>(classes)};
    for (std::size_t c = 0; c < classes; ++c) {
        float* const row = newWeight.values.data() + c * width;
        const auto found = known.constFind(request.set.classes[static_cast<qsizetype>(c)].id);
        if (found != known.constEnd()) {
            std::copy_n(weight.values.data() + *found * width, width, row);
            newBias.values[c] = bias.values[*found];
            continue;
        }
        Random random = Random::keyed(request.plan.seed, kHeadPurpose, c);
        for (std::size_t i = 0; i < width; ++i)
            row[i] = static_cast<float>(random.normal() * kHeadDeviation);
    }
}

} // namespace

Result<void> checkRequest(const FineTuneRequest& request)
{
    if (auto ok = checkSet(request); !ok)
        return ok;
    return checkTeacher(request);
}

QString identityOf(const FineTuneRequest& request)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(QJsonDocument(request.plan.toJson()).toJson(QJsonDocument::Compact));
    hash.addData(request.set.fingerprint().toUtf8());
    hash.addData(request.start.fingerprint.toUtf8());
    if (request.teacher)
        hash.addData(request.teacher->fingerprint().toUtf8());
    return QString::fromLatin1(hash.result().toHex());
}

TrainableSpec specOf(const FineTuneRequest& request, const std::function<bool()>& stopRequested)
{
    TrainableSpec spec;
    spec.weights = request.start.weights;
    spec.missing = request.start.missing;
    spec.seed = request.plan.seed;
    spec.threads = request.plan.threads;
    spec.coarse = request.plan.precision == PassPrecision::Bfloat16;
    spec.stopRequested = stopRequested;
    spec.teacherWidth = request.teacher ? request.teacher->embeddingWidth() : 0;
    Tensor weight;
    Tensor bias;
    std::swap(weight, spec.weights["fc.weight"]);
    std::swap(bias, spec.weights["fc.bias"]);
    newHead(request, weight, bias, spec.weights["fc.weight"], spec.weights["fc.bias"]);
    if (static_cast<int>(bias.values.size()) == kImagenetClasses) {
        spec.imagenetWeight = std::move(weight);
        spec.imagenetBias = std::move(bias);
    }
    return spec;
}

} // namespace goodsight
