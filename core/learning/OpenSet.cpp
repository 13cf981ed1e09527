#include "core/learning/OpenSet.h"

#include "core/learning/LearningText.h"
#include "core/learning/LogisticMix.h"
#include "core/model/Safetensors.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace goodsight {

namespace {

constexpr int kFolds = 4;
constexpr int kFormat = 2;
constexpr QLatin1String kKey{"goodsight.open-set"};

constexpr std::size_t kWidth = OpenSetEvidence::kWidth;

/// The photos whose class is (or is not) in the fold, with the remaining classes numbered anew.
struct Fold {
    std::vector<float> embeddings;
    std::vector<int> labels;
    std::size_t classes = 0;

    Fold(const LabelledEmbeddings& all, std::size_t allClasses, int without)
    {
        std::vector<int> number(allClasses, -1);
        for (std::size_t i = 0; i < allClasses; ++i) {
            if (static_cast<int>(i % kFolds) != without)
                number[i] = static_cast<int>(classes++);
        }
        for (std::size_t i = 0; i < all.labels.size(); ++i) {
            const int label = number[static_cast<std::size_t>(all.labels[i])];
            if (label < 0)
                continue;
            labels.push_back(label);
            const auto own = all.embeddings.subspan(i * kWidth, kWidth);
            embeddings.insert(embeddings.end(), own.begin(), own.end());
        }
    }
};

/// log Φ(x), to four digits where it matters (below -8 by the leading term of its expansion).
double logNormalTail(double x)
{
    constexpr double kFar = -8;
    if (x < kFar)
        return -x * x / 2 - std::log(-x) - std::log(2 * std::numbers::pi) / 2;
    return std::log(std::erfc(-x / std::numbers::sqrt2) / 2);
}

bool fits(const LabelledEmbeddings& set, std::size_t classes)
{
    return set.embeddings.size() == set.labels.size() * kWidth &&
           std::all_of(set.labels.begin(), set.labels.end(),
                       [&](int label) { return label >= 0 && static_cast<std::size_t>(label) < classes; }) &&
           std::all_of(set.embeddings.begin(), set.embeddings.end(),
                       [](float number) { return std::isfinite(number); });
}

bool enough(const LabelledEmbeddings& train, const LabelledEmbeddings& val, std::size_t classes)
{
    std::vector<bool> taught(classes);
    for (const int label : train.labels)
        taught[static_cast<std::size_t>(label)] = true;
    std::array<bool, kFolds> measured{};
    for (const int label : val.labels)
        measured[static_cast<std::size_t>(label % kFolds)] = true;
    return classes >= kFolds && std::all_of(taught.begin(), taught.end(), [](bool one) { return one; }) &&
           std::all_of(measured.begin(), measured.end(), [](bool one) { return one; });
}

QJsonArray toJson(const EvidenceValues& values)
{
    QJsonArray array;
    for (const double value : values)
        array.append(value);
    return array;
}

bool fromJson(const QJsonValue& json, EvidenceValues& values)
{
    const QJsonArray array = json.toArray();
    if (array.size() != static_cast<qsizetype>(values.size()))
        return false;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (!array[static_cast<qsizetype>(i)].isDouble())
            return false;
        values[i] = array[static_cast<qsizetype>(i)].toDouble();
    }
    return true;
}

tl::unexpected<Error> bad(const QString& file)
{
    return fail("bad-model",
                LearningText::tr("“%1” does not hold what tells unknown products.").arg(quotedName(file)),
                LearningText::tr("Let Goodsight make it again from the project's photos."));
}

/// The statistics of a file whose tensors fit each other; nothing where they do not.
std::optional<OpenSetEvidence::Statistics> statisticsOf(std::map<std::string, Tensor>& tensors)
{
    OpenSetEvidence::Statistics read;
    read.mean = std::move(tensors["mean"].values);
    read.classMeans = std::move(tensors["class_means"].values);
    read.whitening = std::move(tensors["whitening"].values);
    read.samples = std::move(tensors["samples"].values);
    read.samplesPerClass = std::move(tensors["samples_per_class"].values);
    read.classes = read.samplesPerClass.size();
    double samples = 0;
    for (const float count : read.samplesPerClass) {
        if (!(count >= 1) || count > OpenSetEvidence::kSamplesOfAClass || count != std::floor(count))
            return std::nullopt;
        samples += static_cast<double>(count);
    }
    const auto finite = [](const std::vector<float>& numbers) {
        return std::all_of(numbers.begin(), numbers.end(),
                           [](float number) { return std::isfinite(number); });
    };
    const bool sizes = read.classes >= 2 && read.mean.size() == kWidth &&
                       read.classMeans.size() == read.classes * kWidth &&
                       read.whitening.size() == kWidth * kWidth &&
                       read.samples.size() == static_cast<std::size_t>(samples) * kWidth;
    if (!sizes || !finite(read.mean) || !finite(read.classMeans) || !finite(read.whitening) ||
        !finite(read.samples))
        return std::nullopt;
    return read;
}

} // namespace

Result<OpenSetModel> OpenSetModel::fit(const LabelledEmbeddings& train, const LabelledEmbeddings& val,
                                       std::size_t classes, const QString& backbone, double acceptance)
{
    if (!fits(train, classes) || !fits(val, classes))
        return fail("bad-embeddings", LearningText::tr("The photos' embeddings do not fit their labels."),
                    LearningText::tr("Let Goodsight compute the embeddings again."));
    if (!enough(train, val, classes))
        return fail("too-few-photos",
                    LearningText::tr("There are too few photos to tell unknown products by."),
                    LearningText::tr("Four products are needed, each with photos to learn from and some to "
                                     "measure on."));
    std::vector<EvidenceValues> points;
    std::vector<bool> known;
    for (int fold = 0; fold < kFolds; ++fold) {
        const Fold part(train, classes, fold);
        const auto evidence = OpenSetEvidence::fit({part.embeddings, part.labels}, part.classes);
        for (std::size_t i = 0; i < val.labels.size(); ++i) {
            points.push_back(evidence.of(val.embeddings.subspan(i * kWidth, kWidth)));
            known.push_back(val.labels[i] % kFolds != fold);
        }
    }
    OpenSetModel model(OpenSetEvidence::fit(train, classes));
    const LogisticMix mix = LogisticMix::fit(points, known);
    model.m_centre = mix.centre;
    model.m_scale = mix.scale;
    model.m_weights = mix.weights;
    model.m_bias = mix.bias;
    model.m_backbone = backbone;
    std::vector<double> scores;
    for (std::size_t i = 0; i < val.labels.size(); ++i)
        scores.push_back(model.score(val.embeddings.subspan(i * kWidth, kWidth)));
    std::sort(scores.begin(), scores.end());
    const auto refused =
        static_cast<std::size_t>((1 - std::clamp(acceptance, 0.0, 1.0)) * static_cast<double>(scores.size()));
    model.m_threshold = scores[std::min(refused, scores.size() - 1)];
    return model;
}

double OpenSetModel::score(std::span<const float> embedding) const
{
    const EvidenceValues values = m_evidence.of(embedding);
    double score = m_bias;
    for (std::size_t i = 0; i < values.size(); ++i)
        score += m_weights[i] * (values[i] - m_centre[i]) / m_scale[i];
    constexpr auto kDistance = static_cast<std::size_t>(Evidence::Distance);
    return score + logNormalTail((values[kDistance] - m_centre[kDistance]) / m_scale[kDistance] + kTolerance);
}

Result<void> OpenSetModel::save(const QString& file) const
{
    const QJsonObject described{{QStringLiteral("format"), kFormat},
                                {QStringLiteral("backbone"), m_backbone},
                                {QStringLiteral("centre"), toJson(m_centre)},
                                {QStringLiteral("scale"), toJson(m_scale)},
                                {QStringLiteral("weights"), toJson(m_weights)},
                                {QStringLiteral("bias"), m_bias},
                                {QStringLiteral("threshold"), m_threshold}};
    const OpenSetEvidence::Statistics& all = m_evidence.statistics();
    constexpr auto width = static_cast<int64_t>(kWidth);
    const auto classes = static_cast<int64_t>(all.classes);
    return writeSafetensors(
        file, {{kKey, QString::fromUtf8(QJsonDocument(described).toJson(QJsonDocument::Compact))}},
        {{"mean", {{width}, all.mean}},
         {"class_means", {{classes, width}, all.classMeans}},
         {"whitening", {{width, width}, all.whitening}},
         {"samples", {{static_cast<int64_t>(all.samples.size()) / width, width}, all.samples}},
         {"samples_per_class", {{classes}, all.samplesPerClass}}},
        true);
}

Result<OpenSetModel> OpenSetModel::load(const QString& file)
{
    const auto opened = SafetensorsFile::open(file);
    if (!opened)
        return fail(opened.error());
    const QJsonObject described =
        QJsonDocument::fromJson((*opened)->metadata().value(kKey).toUtf8()).object();
    if (described.value(QStringLiteral("format")).toInt() > kFormat)
        return fail("newer-version",
                    LearningText::tr("“%1” was made by a newer Goodsight.").arg(quotedName(file)),
                    LearningText::tr("Install the newest version."));
    auto tensors = (*opened)->read({"mean", "class_means", "whitening", "samples", "samples_per_class"});
    if (!tensors)
        return fail(tensors.error());
    auto statistics = statisticsOf(*tensors);
    if (!statistics)
        return bad(file);
    OpenSetModel model(OpenSetEvidence(std::move(*statistics)));
    const QJsonValue bias = described.value(QStringLiteral("bias"));
    const QJsonValue threshold = described.value(QStringLiteral("threshold"));
    if (!fromJson(described.value(QStringLiteral("centre")), model.m_centre) ||
        !fromJson(described.value(QStringLiteral("scale")), model.m_scale) ||
        !fromJson(described.value(QStringLiteral("weights")), model.m_weights) || !bias.isDouble() ||
        !threshold.isDouble() ||
        !std::all_of(model.m_scale.begin(), model.m_scale.end(), [](double one) { return one > 0; }))
        return bad(file);
    model.m_bias = bias.toDouble();
    model.m_threshold = threshold.toDouble();
    model.m_backbone = described.value(QStringLiteral("backbone")).toString();
    return model;
}

QString OpenSet::name() const
{
    return QStringLiteral("unknown");
}

void OpenSet::apply(AnswerDraft& draft) const
{
    if (draft.model().backbone != m_model->backbone() || draft.embedding().size() != kWidth)
        return;
    draft.unknown = UnknownVerdict{m_model->score(draft.embedding()), m_model->threshold()};
}

} // namespace goodsight
