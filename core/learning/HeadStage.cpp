#include "core/learning/HeadStage.h"

#include "core/base/Job.h"
#include "core/inference/Head.h"
#include "core/learning/ValScores.h"
#include "core/model/ResNet18Weights.h"

#include <algorithm>

namespace goodsight {

namespace {

constexpr std::size_t kMostRows = 200'000;
constexpr std::size_t kPhotosAtOnce = 64;
constexpr std::size_t kScoredAtOnce = 1024; ///< rows: of 10,000 classes 40 MB of logits

void score(const HeadRows& rows, HeadStage& stage)
{
    const std::size_t classes = stage.bias.size();
    const Head head(stage.weight, stage.bias);
    const std::span<const float> embeddings(rows.embeddings);
    ValScores scores(classes);
    for (std::size_t begin = 0; begin < rows.labels.size(); begin += kScoredAtOnce) {
        const std::size_t count = std::min(kScoredAtOnce, rows.labels.size() - begin);
        const std::vector<float> logits = head.logits(
            embeddings.subspan(begin * resnet18::kEmbeddingSize, count * resnet18::kEmbeddingSize));
        for (std::size_t i = 0; i < count; ++i)
            scores.add(std::span(logits).subspan(i * classes, classes),
                       static_cast<std::size_t>(rows.labels[begin + i]));
    }
    EpochReport report;
    scores.fill(report);
    const auto count = static_cast<double>(rows.labels.size());
    stage.loss = report.valLoss;
    stage.top1 = report.valTop1 * count;
    stage.top3 = report.valTop3 * count;
}

} // namespace

Result<HeadRows> headRowsOf(ViewPool& pool, TrainableNetwork& network, std::span<const std::size_t> photos,
                            std::span<const int> labels, int viewsPerPhoto,
                            const std::function<bool()>& stopRequested)
{
    const auto all = static_cast<std::size_t>(viewsPerPhoto);
    const std::size_t views = std::clamp<std::size_t>(kMostRows / photos.size(), 1, all);
    HeadRows out;
    for (std::size_t begin = 0; begin < photos.size(); begin += kPhotosAtOnce) {
        if (stopRequested && stopRequested())
            return fail(cancelledError());
        std::vector<std::size_t> rows;
        for (std::size_t i = begin; i < std::min(begin + kPhotosAtOnce, photos.size()); ++i) {
            for (std::size_t view = 0; view < views; ++view) {
                rows.push_back(photos[i] * all + view);
                out.labels.push_back(labels[i]);
                out.groups.push_back(static_cast<qint64>(i) + 1);
            }
        }
        const auto embeddings = pool.fetch(network, rows, Boundary::Embedding);
        if (!embeddings)
            return fail(embeddings.error());
        out.embeddings.insert(out.embeddings.end(), embeddings->begin(), embeddings->end());
    }
    return out;
}

Result<HeadStage> fitHeadStage(const HeadRows& rows, std::span<const float> weight,
                               std::span<const float> bias, LinearHeadOptions options)
{
    HeadStage start;
    start.weight.assign(weight.begin(), weight.end());
    start.bias.assign(bias.begin(), bias.end());
    score(rows, start);

    options.groups = rows.groups;
    auto fitted = fitLinearHead(rows.embeddings, resnet18::kEmbeddingSize, rows.labels,
                                static_cast<int>(bias.size()), options);
    if (!fitted)
        return fail(fitted.error());
    if (start.loss < fitted->heldOutLoss)
        return start;
    std::vector<float>& biases = fitted->bias;
    float least = 0;
    for (const float one : biases)
        least = one > kNoPhotosBias ? std::min(least, one) : least;
    std::replace(biases.begin(), biases.end(), kNoPhotosBias, least);
    HeadStage stage;
    stage.weight = std::move(fitted->weight);
    stage.bias = std::move(biases);
    stage.isFitted = true;
    score(rows, stage);
    return stage;
}

} // namespace goodsight
