#include "core/base/Job.h"
#include "core/learning/Fusion.h"
#include "core/learning/LearningText.h"
#include "core/learning/Shuffle.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace goodsight {

namespace {

constexpr int kTaught[] = {1, 3, 5, 10};

/// log softmax of the logits of `classes`.
std::vector<double> logShares(std::span<const float> logits, std::span<const int> classes)
{
    double largest = -std::numeric_limits<double>::infinity();
    for (const int c : classes)
        largest = std::max(largest, static_cast<double>(logits[static_cast<std::size_t>(c)]));
    double sum = 0;
    for (const int c : classes)
        sum += std::exp(static_cast<double>(logits[static_cast<std::size_t>(c)]) - largest);
    std::vector<double> shares;
    for (const int c : classes)
        shares.push_back(static_cast<double>(logits[static_cast<std::size_t>(c)]) - largest - std::log(sum));
    return shares;
}

/// Ids whose order is that of the numbers.
QString idOf(int label)
{
    return QStringLiteral("%1").arg(label, 8, 10, QLatin1Char('0'));
}

/// One time that some classes were hidden.
class Rehearsal {
public:
    /// Classes that are in neither list stay unheard of.
    Rehearsal(const LabelledEmbeddings& train, int dimensions, std::vector<int> known,
              std::vector<int> taught)
        : m_train(train)
        , m_width(static_cast<std::size_t>(dimensions))
        , m_known(std::move(known))
        , m_taught(std::move(taught))
    {
        std::sort(m_known.begin(), m_known.end());
        std::sort(m_taught.begin(), m_taught.end());
    }

    Result<void> learnMetric()
    {
        std::vector<float> embeddings;
        std::vector<int> labels;
        for (std::size_t i = 0; i < m_train.labels.size(); ++i) {
            if (!isKnown(m_train.labels[i]))
                continue;
            const auto one = embedding(m_train, i);
            embeddings.insert(embeddings.end(), one.begin(), one.end());
            labels.push_back(m_train.labels[i]);
        }
        auto metric = EmbeddingMetric::learn(embeddings, static_cast<int>(m_width), labels);
        if (!metric)
            return fail(metric.error());
        m_metric = std::make_shared<EmbeddingMetric>(std::move(*metric));
        return {};
    }

    /// Samples of `val` after `photosEach` of each taught class.
    void sample(int photosEach, const LabelledEmbeddings& val, std::span<const float> headLogits, int classes,
                std::mt19937_64& random, std::vector<FusionSample>& samples) const
    {
        std::vector<std::size_t> order(m_train.labels.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        shuffle(order, random);
        std::vector<int> left(static_cast<std::size_t>(classes), photosEach);
        std::vector<TaughtPhoto> photos;
        for (const std::size_t i : order) {
            const int label = m_train.labels[i];
            if (!isKnown(label) && (!isTaught(label) || left[static_cast<std::size_t>(label)]-- <= 0))
                continue;
            const auto one = embedding(m_train, i);
            photos.push_back({QString::number(i), idOf(label), {one.begin(), one.end()}});
        }
        PrototypeIndex index(m_metric);
        index.rebuild(photos);
        for (std::size_t i = 0; i < val.labels.size(); ++i) {
            std::vector<double> evidence(static_cast<std::size_t>(classes),
                                         -std::numeric_limits<double>::infinity());
            for (const PrototypeScore& score : index.scores(embedding(val, i)))
                evidence[static_cast<std::size_t>(score.labelId.toInt())] = score.evidence;
            FusionSample sample;
            sample.known = logShares(
                headLogits.subspan(i * static_cast<std::size_t>(classes), static_cast<std::size_t>(classes)),
                m_known);
            for (const int c : m_known)
                sample.evidence.push_back(evidence[static_cast<std::size_t>(c)]);
            for (const int c : m_taught)
                sample.fresh.push_back(evidence[static_cast<std::size_t>(c)]);
            const auto place = [&](const std::vector<int>& in) {
                return static_cast<int>(std::lower_bound(in.begin(), in.end(), val.labels[i]) - in.begin());
            };
            if (isKnown(val.labels[i]))
                sample.truth = place(m_known);
            else if (isTaught(val.labels[i]))
                sample.truth = static_cast<int>(m_known.size()) + place(m_taught);
            else
                sample.truth = FusionSample::kNeither;
            samples.push_back(std::move(sample));
        }
    }

private:
    [[nodiscard]] bool isKnown(int label) const
    {
        return std::binary_search(m_known.begin(), m_known.end(), label);
    }
    [[nodiscard]] bool isTaught(int label) const
    {
        return std::binary_search(m_taught.begin(), m_taught.end(), label);
    }
    [[nodiscard]] std::span<const float> embedding(const LabelledEmbeddings& of, std::size_t photo) const
    {
        return of.embeddings.subspan(photo * m_width, m_width);
    }

    const LabelledEmbeddings& m_train;
    const std::size_t m_width;
    std::vector<int> m_known;
    std::vector<int> m_taught;
    std::shared_ptr<const EmbeddingMetric> m_metric;
};

bool fits(const LabelledEmbeddings& set, int dimensions, int classes)
{
    return set.embeddings.size() == set.labels.size() * static_cast<std::size_t>(dimensions) &&
           std::all_of(set.labels.begin(), set.labels.end(),
                       [classes](int label) { return label >= 0 && label < classes; });
}

} // namespace

Result<std::vector<FusionSample>> rehearse(const LabelledEmbeddings& train, const LabelledEmbeddings& val,
                                           int dimensions, std::span<const float> headLogits, int classes,
                                           std::uint64_t seed, const std::function<bool()>& stopRequested)
{
    constexpr int kTimes = 4;
    if (dimensions < 1 || classes < 1 || !fits(train, dimensions, classes) ||
        !fits(val, dimensions, classes) ||
        headLogits.size() != val.labels.size() * static_cast<std::size_t>(classes)) {
        return fail("bad-input",
                    LearningText::tr("%1 labels came with %2 numbers.")
                        .arg(static_cast<qulonglong>(train.labels.size() + val.labels.size()))
                        .arg(static_cast<qulonglong>(train.embeddings.size() + val.embeddings.size() +
                                                     headLogits.size())));
    }
    std::vector<int> present(train.labels.begin(), train.labels.end());
    std::sort(present.begin(), present.end());
    present.erase(std::unique(present.begin(), present.end()), present.end());

    // Photos of classes that nobody taught say nothing about teaching.
    std::vector<float> embeddings;
    std::vector<int> labels;
    std::vector<float> logits;
    for (std::size_t i = 0; i < val.labels.size(); ++i) {
        if (!std::binary_search(present.begin(), present.end(), val.labels[i]))
            continue;
        const auto append = [i](std::vector<float>& to, std::span<const float> from, int width) {
            const auto one =
                from.subspan(i * static_cast<std::size_t>(width), static_cast<std::size_t>(width));
            to.insert(to.end(), one.begin(), one.end());
        };
        append(embeddings, val.embeddings, dimensions);
        append(logits, headLogits, classes);
        labels.push_back(val.labels[i]);
    }

    std::mt19937_64 random(seed);
    std::vector<FusionSample> samples;
    const auto quarter = std::ssize(present) / 4;
    for (int time = 0; quarter > 0 && time < kTimes; ++time) {
        shuffle(present, random);
        const auto taughtEnd = present.begin() + quarter;
        Rehearsal rehearsal(train, dimensions, {taughtEnd + quarter, present.end()},
                            {present.begin(), taughtEnd});
        if (const auto learnt = rehearsal.learnMetric(); !learnt)
            return fail(learnt.error());
        for (const int taught : kTaught) {
            if (stopRequested && stopRequested())
                return fail(cancelledError());
            rehearsal.sample(taught, {embeddings, labels}, logits, classes, random, samples);
        }
    }
    return samples;
}

} // namespace goodsight
