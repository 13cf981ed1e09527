#include "core/learning/KnownPhotos.h"

#include "core/inference/EmbeddingCache.h"
#include "core/labels/LabelId.h"
#include "core/learning/LearningText.h"
#include "core/model/Safetensors.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>

#include <algorithm>
#include <cmath>

namespace goodsight {

namespace {

constexpr QLatin1String kDescription{"goodsight.known-photos"};
constexpr std::uint64_t kSeed = 1;
const QString kId = QStringLiteral("id");
const QString kTrain = QStringLiteral("train");
const QString kVal = QStringLiteral("val");

tl::unexpected<Error> bad(const QString& file)
{
    return fail(
        "bad-model",
        LearningText::tr("“%1” does not hold the embeddings of a model's photos.").arg(quotedName(file)),
        LearningText::tr("Make it again: goodsight-cli model embed NAME --photos FOLDER"));
}

QJsonObject toJson(const FusionWeights& weights)
{
    return {{QStringLiteral("sharpness"), weights.sharpness},
            {QStringLiteral("head"), weights.head},
            {QStringLiteral("new_product"), weights.newProduct},
            {QStringLiteral("elsewhere"), weights.elsewhere},
            {QStringLiteral("unseen"), weights.unseen}};
}

/// Nothing where a number is missing or makes no sense.
std::optional<FusionWeights> weightsFrom(const QJsonObject& json)
{
    constexpr double kMost = 1e6;
    FusionWeights weights;
    for (const auto& [name, number] :
         {std::pair("sharpness", &weights.sharpness), std::pair("head", &weights.head),
          std::pair("new_product", &weights.newProduct), std::pair("elsewhere", &weights.elsewhere),
          std::pair("unseen", &weights.unseen)}) {
        const QJsonValue value = json.value(QLatin1String(name));
        if (!value.isDouble() || !(std::abs(value.toDouble()) <= kMost))
            return std::nullopt;
        *number = value.toDouble();
    }
    return weights.sharpness > 0 && weights.head >= 0 ? std::optional(weights) : std::nullopt;
}

/// Adds `count` photos of class `label`; false where that is no number of photos, or more than `most`.
bool addLabels(std::vector<int>& labels, const QJsonValue& count, int label, std::size_t most)
{
    const double number = count.toDouble(-1);
    if (!(number >= 0) || number != std::floor(number) || number > static_cast<double>(most - labels.size()))
        return false;
    labels.insert(labels.end(), static_cast<std::size_t>(number), label);
    return true;
}

/// A direction that prototypes can be made of.
bool isUsable(std::span<const float> embedding)
{
    float squares = 0;
    for (const float value : embedding)
        squares += value * value;
    return std::isfinite(squares) && squares > 0;
}

} // namespace

QString KnownPhotos::keyOf(const ModelPackage& model)
{
    return embeddingKey(model, QStringLiteral("onednn-fp32"), false);
}

Result<FusionWeights> KnownPhotos::rehearsedWeights(std::span<const float> headLogits,
                                                    const std::function<bool()>& stopRequested) const
{
    const auto samples = rehearse(train.view(), val.view(), kWidth, headLogits,
                                  static_cast<int>(classes.size()), kSeed, stopRequested);
    if (!samples)
        return fail(samples.error());
    return samples->empty() ? weights : chooseFusion(*samples);
}

Result<void> KnownPhotos::rehearseWeights(std::span<const float> headLogits)
{
    const auto chosen = rehearsedWeights(headLogits);
    if (!chosen)
        return fail(chosen.error());
    weights = *chosen;
    return {};
}

Result<void> KnownPhotos::save(const QString& file) const
{
    Q_ASSERT(std::is_sorted(train.labels.begin(), train.labels.end()));
    Q_ASSERT(std::is_sorted(val.labels.begin(), val.labels.end()));
    QJsonArray counts;
    for (int label = 0; label < classes.size(); ++label) {
        const auto photos = [label](const Part& part) {
            return static_cast<qint64>(std::count(part.labels.begin(), part.labels.end(), label));
        };
        counts.append(QJsonObject{{kId, classes[label]}, {kTrain, photos(train)}, {kVal, photos(val)}});
    }
    const QJsonObject described{{QStringLiteral("format"), kFormat},
                                {QStringLiteral("key"), key},
                                {QStringLiteral("classes"), counts},
                                {QStringLiteral("fusion"), toJson(weights)}};
    const auto tensor = [](const Part& part) {
        return Tensor{{static_cast<int64_t>(part.labels.size()), kWidth}, part.embeddings};
    };
    return writeSafetensors(
        file, {{kDescription, QString::fromUtf8(QJsonDocument(described).toJson(QJsonDocument::Compact))}},
        {{"train", tensor(train)}, {"val", tensor(val)}}, true);
}

Result<KnownPhotos> KnownPhotos::load(const QString& file, const ModelPackage& model)
{
    const auto opened = SafetensorsFile::open(file);
    if (!opened)
        return fail(opened.error());
    const QJsonObject described =
        QJsonDocument::fromJson((*opened)->metadata().value(kDescription).toUtf8()).object();
    if (described.value(QStringLiteral("format")).toInt() > kFormat) {
        return fail("newer-version",
                    LearningText::tr("“%1” was made by a newer Goodsight.").arg(quotedName(file)),
                    LearningText::tr("Install the newest version."));
    }
    KnownPhotos known;
    known.key = described.value(QStringLiteral("key")).toString();
    const auto weights = weightsFrom(described.value(QStringLiteral("fusion")).toObject());
    if (described.value(QStringLiteral("format")).toInt() != kFormat || known.key.isEmpty() || !weights)
        return bad(file);
    if (known.key != keyOf(model)) {
        return fail("another-model", LearningText::tr("“%1” belongs to another model.").arg(quotedName(file)),
                    LearningText::tr("Make it again: goodsight-cli model embed NAME --photos FOLDER"));
    }
    known.weights = *weights;
    auto tensors = (*opened)->read({"train", "val"});
    if (!tensors)
        return fail(tensors.error());
    QSet<QString> ids;
    const auto take = [&](const char* name, Part& part, std::size_t& photos) {
        Tensor& tensor = tensors->at(name);
        photos = tensor.values.size() / kWidth;
        part.embeddings = std::move(tensor.values);
        if (tensor.shape.size() != 2 || tensor.shape[1] != kWidth)
            return false;
        for (std::size_t i = 0; i < photos; ++i) {
            if (!isUsable(std::span(part.embeddings).subspan(i * kWidth, kWidth)))
                return false;
        }
        return true;
    };
    std::size_t trainPhotos = 0;
    std::size_t valPhotos = 0;
    if (!take("train", known.train, trainPhotos) || !take("val", known.val, valPhotos))
        return bad(file);
    const QJsonArray classes = described.value(QStringLiteral("classes")).toArray();
    for (const QJsonValue& one : classes) {
        const QString id = one[kId].toString();
        const auto label = static_cast<int>(known.classes.size());
        if (!isValidLabelId(id) || ids.contains(id) ||
            !addLabels(known.train.labels, one[kTrain], label, trainPhotos) ||
            !addLabels(known.val.labels, one[kVal], label, valPhotos))
            return bad(file);
        ids.insert(id);
        known.classes.append(id);
    }
    if (known.train.labels.size() != trainPhotos || known.val.labels.size() != valPhotos)
        return bad(file);
    return known;
}

} // namespace goodsight
