// goodsight_frozen_heads FILE [--seed N]   what heads get out of a network that stays as it is
// FILE is goodsight_embed's: its first folder is learnt from, its second scored. Prints two JSON lines:
// prototypes alone (no fusion with a head), and the linear head, whose penalty cross-validation on the first
// folder chooses. The seed is that of its folds; nothing else here is random.

#include "core/learning/LinearHead.h"
#include "core/learning/PrototypeIndex.h"
#include "core/learning/ValScores.h"
#include "core/model/Safetensors.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QJsonDocument>
#include <QJsonObject>

#include <cstdio>
#include <limits>
#include <numeric>

using namespace goodsight;

namespace {

constexpr std::size_t kWidth = 512;

struct Photos {
    std::vector<float> embeddings;
    std::vector<int> labels;

    [[nodiscard]] std::span<const float> row(std::size_t i) const
    {
        return std::span(embeddings).subspan(i * kWidth, kWidth);
    }
};

int failed(const Error& error)
{
    std::fprintf(stderr, "%s\n", qPrintable(error.message));
    return 1;
}

/// Scores `photos` by what `logits` says of an embedding, and prints it.
template <typename Logits>
void score(const QString& step, const Photos& photos, std::size_t classes, double seconds, Logits&& logits)
{
    ValScores scores(classes);
    for (std::size_t i = 0; i < photos.labels.size(); ++i)
        scores.add(logits(photos.row(i)), static_cast<std::size_t>(photos.labels[i]));
    EpochReport report;
    scores.fill(report);
    const QJsonObject line{{QStringLiteral("step"), step},
                           {QStringLiteral("top1"), report.valTop1},
                           {QStringLiteral("top3"), report.valTop3},
                           {QStringLiteral("seconds"), seconds}};
    std::printf("%s\n", QJsonDocument(line).toJson(QJsonDocument::Compact).constData());
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication app(argc, argv);
    QCommandLineParser words;
    words.addOption({QStringLiteral("seed"), QString(), QStringLiteral("seed"), QStringLiteral("1")});
    words.process(app);
    if (words.positionalArguments().size() != 1) {
        std::fputs("usage: goodsight_frozen_heads FILE [--seed N]\n", stderr);
        return 2;
    }
    const auto file = SafetensorsFile::open(words.positionalArguments().first());
    if (!file)
        return failed(file.error());
    const auto tensors = (*file)->read({"embeddings", "labels", "part"});
    if (!tensors)
        return failed(tensors.error());
    const std::vector<float>& all = tensors->at("embeddings").values;
    Photos train;
    Photos val;
    std::size_t classes = 0;
    for (std::size_t i = 0; i < tensors->at("labels").values.size(); ++i) {
        Photos& part = tensors->at("part").values[i] > 0 ? val : train;
        part.labels.push_back(static_cast<int>(tensors->at("labels").values[i]));
        classes = std::max(classes, static_cast<std::size_t>(part.labels.back()) + 1);
        const auto from = all.begin() + static_cast<std::ptrdiff_t>(i * kWidth);
        part.embeddings.insert(part.embeddings.end(), from, from + kWidth);
    }

    QElapsedTimer timer;
    const auto seconds = [&timer] { return static_cast<double>(timer.nsecsElapsed()) / 1e9; };
    timer.start();
    auto metric = EmbeddingMetric::learn(train.embeddings, static_cast<int>(kWidth), train.labels);
    if (!metric)
        return failed(metric.error());
    PrototypeIndex index(std::make_shared<EmbeddingMetric>(std::move(*metric)));
    std::vector<TaughtPhoto> lessons;
    for (std::size_t i = 0; i < train.labels.size(); ++i) {
        const std::span<const float> row = train.row(i);
        lessons.push_back({QString::number(i), QString::number(train.labels[i]), {row.begin(), row.end()}});
    }
    index.rebuild(lessons);
    score(QStringLiteral("prototypes"), val, classes, seconds(), [&](std::span<const float> embedding) {
        std::vector<float> logits(classes, -std::numeric_limits<float>::max());
        for (const PrototypeScore& product : index.scores(embedding))
            logits[product.labelId.toUInt()] = static_cast<float>(product.evidence);
        return logits;
    });

    timer.start();
    LinearHeadOptions options;
    options.seed = words.value(QStringLiteral("seed")).toULongLong();
    const auto head = fitLinearHead(train.embeddings, static_cast<int>(kWidth), train.labels,
                                    static_cast<int>(classes), options);
    if (!head)
        return failed(head.error());
    score(QStringLiteral("linear head"), val, classes, seconds(), [&](std::span<const float> embedding) {
        std::vector<float> logits = head->bias;
        for (std::size_t c = 0; c < classes; ++c) {
            const auto from = head->weight.begin() + static_cast<std::ptrdiff_t>(c * kWidth);
            logits[c] = std::inner_product(embedding.begin(), embedding.end(), from, logits[c]);
        }
        return logits;
    });
    return 0;
}
