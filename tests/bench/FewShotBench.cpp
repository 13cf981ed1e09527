// goodsight_few_shot_bench FILE [--no-flip]   new products from 1, 3, 5 and 10 photos, beside those known
// before FILE is goodsight_embed's, of a network that never saw the photos: its first folder is learnt from,
// its second held out. For each of five seeds 20 classes are new: head and metric are made from the others'
// photos, the new ones taught, and all classes scored jointly on the second folder and on the new products'
// other photos in the first. "head fitted anew" is one for known and new products alike, alone or in the
// place of the head beside the prototypes. The weights of the fusion are chosen by rehearsal on known
// products only, on one half of the second folder for the photos of the other. "nearest mean" is the nearest
// class mean by cosine. Prints a table in Markdown: means over the seeds, and their spread.

#include "core/inference/CalibrationError.h"
#include "core/inference/TemperatureScaling.h"
#include "core/learning/Fusion.h"
#include "core/learning/LinearHead.h"
#include "core/learning/Shuffle.h"
#include "core/model/Safetensors.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <numeric>

using namespace goodsight;

namespace {

constexpr int kWidth = 512;
constexpr int kNew = 20;
constexpr std::uint64_t kSeeds[] = {1, 2, 3, 4, 5};
constexpr int kTaught[] = {1, 3, 5, 10};
constexpr int kMostTaught = 10;

using Row = std::vector<float>;

struct Photos {
    std::vector<Row> embeddings;
    std::vector<Row> both; ///< with the mirrored photo's, each of length 1 before
    std::vector<int> labels;
    std::vector<int> part;
    int classes = 0;
};

Row direction(const Row& row)
{
    const float length = std::sqrt(std::inner_product(row.begin(), row.end(), row.begin(), 0.0F));
    Row unit = row;
    for (float& value : unit)
        value /= length;
    return unit;
}

Result<Photos> read(const QString& path)
{
    auto file = SafetensorsFile::open(path);
    if (!file)
        return fail(file.error());
    auto tensors = (*file)->read({"embeddings", "flipped", "labels", "part"});
    if (!tensors)
        return fail(tensors.error());
    Photos photos;
    const auto row = [&](const char* name, std::size_t i) {
        const auto from = (*tensors)[name].values.begin() + static_cast<std::ptrdiff_t>(i * kWidth);
        return Row(from, from + kWidth);
    };
    for (std::size_t i = 0; i < (*tensors)["labels"].values.size(); ++i) {
        photos.embeddings.push_back(row("embeddings", i));
        Row sum = direction(photos.embeddings.back());
        const Row flipped = direction(row("flipped", i));
        std::transform(sum.begin(), sum.end(), flipped.begin(), sum.begin(), std::plus<>());
        photos.both.push_back(std::move(sum));
        photos.labels.push_back(static_cast<int>((*tensors)["labels"].values[i]));
        photos.part.push_back(static_cast<int>((*tensors)["part"].values[i]));
        photos.classes = std::max(photos.classes, photos.labels.back() + 1);
    }
    return photos;
}

QString idOf(int label)
{
    return QStringLiteral("%1").arg(label, 4, 10, QLatin1Char('0'));
}

/// Counts of right answers.
struct Tally {
    int photos = 0;
    int first = 0;
    int three = 0;

    std::vector<ConfidentAnswer> answers; ///< empty where a method has no confidence

    void count(const std::vector<int>& ranking, int truth, double confidence)
    {
        ++photos;
        if (confidence > 0)
            answers.push_back({confidence, ranking.front() == truth});
        const auto end = ranking.begin() + std::min<std::ptrdiff_t>(3, std::ssize(ranking));
        const auto at = std::find(ranking.begin(), end, truth);
        three += at != end ? 1 : 0;
        first += !ranking.empty() && ranking.front() == truth ? 1 : 0;
    }
    [[nodiscard]] double top1() const { return 100.0 * first / std::max(1, photos); }
    [[nodiscard]] double top3() const { return 100.0 * three / std::max(1, photos); }
    [[nodiscard]] double ece() const { return answers.empty() ? 0 : 100 * calibrationError(answers); }
};

/// What is measured of one method.
struct Figures {
    Tally fresh;    ///< new products, all photos
    Tally freshVal; ///< those of the second folder
    Tally known;
};

/// One seed's world.
class World {
public:
    World(const Photos& photos, std::uint64_t seed, bool flip)
        : m_photos(photos)
        , m_flip(flip)
        , m_random(seed)
    {
        std::vector<int> order(static_cast<std::size_t>(photos.classes));
        std::iota(order.begin(), order.end(), 0);
        shuffle(order, m_random);
        m_fresh.assign(order.begin(), order.begin() + kNew);
        std::sort(m_fresh.begin(), m_fresh.end());
        for (int c = 0; c < photos.classes; ++c) {
            if (!isFresh(c)) {
                m_number.push_back(static_cast<int>(m_known.size()));
                m_known.push_back(c);
                m_headClasses.append(idOf(c));
            } else {
                m_number.push_back(-1);
            }
        }
        for (std::size_t i = 0; i < photos.labels.size(); ++i) {
            if (photos.part[i] > 0)
                m_test.push_back(i);
            else if (!isFresh(photos.labels[i]))
                m_train.push_back(i);
        }
        shuffle(m_test, m_random); // the even ones are one half
        for (const int c : m_fresh) {
            std::vector<std::size_t> own;
            for (std::size_t i = 0; i < photos.labels.size(); ++i) {
                if (photos.part[i] == 0 && photos.labels[i] == c)
                    own.push_back(i);
            }
            shuffle(own, m_random);
            const auto taught = own.begin() + std::min<std::ptrdiff_t>(kMostTaught, std::ssize(own));
            m_taught.emplace_back(own.begin(), taught);
            m_test.insert(m_test.end(), taught, own.end());
        }
    }

    /// False where something failed.
    bool learn()
    {
        const auto [embeddings, labels] = flat(m_train);
        const auto head = fitLinearHead(embeddings, kWidth, labels, static_cast<int>(m_known.size()));
        auto metric = EmbeddingMetric::learn(embeddings, kWidth, labels);
        if (!head || !metric)
            return false;
        m_metric = std::make_shared<EmbeddingMetric>(std::move(*metric));
        for (const std::size_t photo : m_test)
            m_logits.push_back(logits(*head, m_photos.embeddings[photo]));
        for (std::size_t half = 0; half < 2; ++half) {
            std::vector<std::size_t> val;
            std::vector<float> valLogits;
            for (std::size_t i = 0; i < m_test.size(); ++i) {
                if (i % 2 == half || isFresh(m_photos.labels[m_test[i]]))
                    continue;
                val.push_back(m_test[i]);
                valLogits.insert(valLogits.end(), m_logits[i].begin(), m_logits[i].end());
            }
            const auto [valEmbeddings, valLabels] = flat(val);
            const auto samples = rehearse({embeddings, labels}, {valEmbeddings, valLabels}, kWidth, valLogits,
                                          static_cast<int>(m_known.size()), 1);
            if (!samples)
                return false;
            m_weights[half] = chooseFusion(*samples);
            const FusionWeights& weights = m_weights[half];
            std::fprintf(stderr, "sharpness %.2f, head %.2f, new products %+.2f, elsewhere %+.2f\n",
                         weights.sharpness, weights.head, weights.newProduct, weights.elsewhere);
        }
        return true;
    }

    Figures head() const
    {
        return measure([&](std::size_t i, double& confidence) {
            const std::vector<double> shares = softmax(m_logits[i]);
            confidence = *std::max_element(shares.begin(), shares.end());
            std::vector<int> order(m_known.size());
            std::iota(order.begin(), order.end(), 0);
            std::stable_sort(order.begin(), order.end(), [&](int a, int b) {
                return m_logits[i][static_cast<std::size_t>(a)] > m_logits[i][static_cast<std::size_t>(b)];
            });
            for (int& number : order)
                number = m_known[static_cast<std::size_t>(number)];
            return order;
        });
    }

    Figures fused(int taught) const
    {
        const auto index = taughtIndex(taught);
        return measure([&](std::size_t i, double& confidence) {
            std::vector<int> order;
            for (const FusedCandidate& candidate :
                 fuse(m_headClasses, softmax(m_logits[i]), index->scores(m_photos.embeddings[m_test[i]]),
                      m_weights[i % 2])) {
                confidence = std::max(confidence, candidate.confidence);
                order.push_back(candidate.labelId.toInt());
            }
            return order;
        });
    }

    /// A head that is fitted anew to the known products' photos and the new ones', alone and beside the
    /// prototypes. Nothing where it cannot be fitted.
    std::optional<std::pair<Figures, Figures>> retrained(int taught) const
    {
        auto [embeddings, labels] = flat(m_train);
        QStringList classes = m_headClasses;
        for (std::size_t c = 0; c < m_fresh.size(); ++c) {
            for (std::size_t i = 0; i < std::min(m_taught[c].size(), static_cast<std::size_t>(taught)); ++i) {
                const Row& row = m_photos.embeddings[m_taught[c][i]];
                embeddings.insert(embeddings.end(), row.begin(), row.end());
                labels.push_back(static_cast<int>(classes.size()));
            }
            classes.append(idOf(m_fresh[c]));
        }
        const auto head = fitLinearHead(embeddings, kWidth, labels, static_cast<int>(classes.size()));
        if (!head)
            return std::nullopt;
        const auto index = taughtIndex(taught);
        const auto ranked = [&](bool beside) {
            return measure([&](std::size_t i, double& confidence) {
                const Row& photo = m_photos.embeddings[m_test[i]];
                std::vector<PrototypeScore> scores;
                if (beside)
                    scores = index->scores(photo);
                std::vector<int> order;
                for (const FusedCandidate& candidate :
                     fuse(classes, softmax(logits(*head, photo)), scores, m_weights[i % 2])) {
                    confidence = std::max(confidence, candidate.confidence);
                    order.push_back(candidate.labelId.toInt());
                }
                return order;
            });
        };
        return std::pair(ranked(false), ranked(true));
    }

    Figures nearestMean(int taught) const
    {
        std::map<int, Row> means;
        const auto add = [&](std::size_t photo) {
            Row& mean = means[m_photos.labels[photo]];
            mean.resize(kWidth);
            const Row unit = direction(m_photos.embeddings[photo]);
            std::transform(mean.begin(), mean.end(), unit.begin(), mean.begin(), std::plus<>());
        };
        for (const std::size_t photo : m_train)
            add(photo);
        for (const auto& own : m_taught) {
            for (std::size_t i = 0; i < std::min(own.size(), static_cast<std::size_t>(taught)); ++i)
                add(own[i]);
        }
        for (auto& [label, mean] : means)
            mean = direction(mean);
        return measure([&](std::size_t i, double&) {
            std::vector<std::pair<float, int>> near;
            const Row& photo = m_photos.embeddings[m_test[i]];
            for (const auto& [label, mean] : means)
                near.emplace_back(-std::inner_product(mean.begin(), mean.end(), photo.begin(), 0.0F), label);
            std::sort(near.begin(), near.end());
            std::vector<int> order;
            for (const auto& [distance, label] : near)
                order.push_back(label);
            return order;
        });
    }

private:
    [[nodiscard]] std::unique_ptr<PrototypeIndex> taughtIndex(int taught) const
    {
        std::vector<TaughtPhoto> lessons;
        for (const std::size_t photo : m_train)
            lessons.push_back(
                {QString::number(photo), idOf(m_photos.labels[photo]), m_photos.embeddings[photo]});
        for (const auto& own : m_taught) {
            for (std::size_t i = 0; i < std::min(own.size(), static_cast<std::size_t>(taught)); ++i)
                lessons.push_back({QString::number(own[i]), idOf(m_photos.labels[own[i]]),
                                   m_flip ? m_photos.both[own[i]] : m_photos.embeddings[own[i]]});
        }
        auto index = std::make_unique<PrototypeIndex>(m_metric);
        index->rebuild(lessons);
        return index;
    }

    [[nodiscard]] bool isFresh(int label) const
    {
        return std::binary_search(m_fresh.begin(), m_fresh.end(), label);
    }

    [[nodiscard]] std::pair<std::vector<float>, std::vector<int>>
    flat(const std::vector<std::size_t>& of) const
    {
        std::pair<std::vector<float>, std::vector<int>> out;
        for (const std::size_t photo : of) {
            const Row& row = m_photos.embeddings[photo];
            out.first.insert(out.first.end(), row.begin(), row.end());
            out.second.push_back(m_number[static_cast<std::size_t>(m_photos.labels[photo])]);
        }
        return out;
    }

    static Row logits(const LinearHead& head, const Row& embedding)
    {
        Row out = head.bias;
        for (std::size_t c = 0; c < out.size(); ++c)
            out[c] += std::inner_product(embedding.begin(), embedding.end(),
                                         head.weight.begin() + static_cast<std::ptrdiff_t>(c * kWidth), 0.0F);
        return out;
    }

    template <typename Rank>
    Figures measure(Rank&& rank) const
    {
        Figures figures;
        for (std::size_t i = 0; i < m_test.size(); ++i) {
            const int truth = m_photos.labels[m_test[i]];
            double confidence = 0;
            const std::vector<int> ranking = rank(i, confidence);
            (isFresh(truth) ? figures.fresh : figures.known).count(ranking, truth, confidence);
            if (isFresh(truth) && m_photos.part[m_test[i]] > 0)
                figures.freshVal.count(ranking, truth, confidence);
        }
        return figures;
    }

    const Photos& m_photos;
    const bool m_flip;
    std::mt19937_64 m_random;
    std::vector<int> m_fresh;
    std::vector<int> m_known;
    std::vector<int> m_number; ///< of each class among the known, -1 for the new
    QStringList m_headClasses;
    std::vector<std::size_t> m_train;
    std::vector<std::vector<std::size_t>> m_taught; ///< photos of each new class, in the order of teaching
    std::vector<std::size_t> m_test;
    std::vector<Row> m_logits; ///< of m_test
    std::shared_ptr<const EmbeddingMetric> m_metric;
    FusionWeights m_weights[2]; ///< for the even and the odd of m_test
};

/// "mean ± spread" of one figure over the seeds.
template <typename Figure>
QString cell(const std::vector<Figures>& seeds, Figure&& figure)
{
    double sum = 0;
    double squares = 0;
    for (const Figures& one : seeds) {
        sum += figure(one);
        squares += figure(one) * figure(one);
    }
    const auto count = static_cast<double>(seeds.size());
    const double mean = sum / count;
    const double spread = std::sqrt(std::max(0.0, squares / count - mean * mean) * count / (count - 1));
    return QStringLiteral(" %1 ± %2 |").arg(mean, 0, 'f', 1).arg(spread, 0, 'f', 1);
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication app(argc, argv);
    const QStringList words = QCoreApplication::arguments();
    if (words.size() < 2) {
        std::fputs("usage: goodsight_few_shot_bench FILE [--no-flip]\n", stderr);
        return 2;
    }
    const auto photos = read(words[1]);
    if (!photos) {
        std::fprintf(stderr, "%s\n", qPrintable(photos.error().message));
        return 1;
    }
    std::map<QString, std::vector<Figures>> rows;
    for (const std::uint64_t seed : kSeeds) {
        World world(*photos, seed, !words.contains(QStringLiteral("--no-flip")));
        if (!world.learn())
            return 1;
        rows[QStringLiteral("0 head alone")].push_back(world.head());
        rows[QStringLiteral("1 nearest mean, 0")].push_back(world.nearestMean(0));
        rows[QStringLiteral("2 Goodsight, 0")].push_back(world.fused(0));
        for (const int taught : kTaught) {
            const QString name = QStringLiteral("%1").arg(taught, 2);
            rows[QStringLiteral("1 nearest mean,") + name].push_back(world.nearestMean(taught));
            rows[QStringLiteral("2 Goodsight,") + name].push_back(world.fused(taught));
            const auto figures = world.retrained(taught);
            if (!figures)
                return 1;
            rows[QStringLiteral("3 head fitted anew,") + name].push_back(figures->first);
            rows[QStringLiteral("4 head fitted anew and prototypes,") + name].push_back(figures->second);
        }
    }
    std::printf("| taught by | new top-1 | new top-3 | new top-1, second folder | new top-3, second folder | "
                "known top-1 | known top-3 | new ECE | known ECE |\n|---|---|---|---|---|---|---|---|---|\n");
    for (const auto& [name, seeds] : rows) {
        const QString line = QStringLiteral("| ") + name.mid(2) + QStringLiteral(" |") +
                             cell(seeds, [](const Figures& f) { return f.fresh.top1(); }) +
                             cell(seeds, [](const Figures& f) { return f.fresh.top3(); }) +
                             cell(seeds, [](const Figures& f) { return f.freshVal.top1(); }) +
                             cell(seeds, [](const Figures& f) { return f.freshVal.top3(); }) +
                             cell(seeds, [](const Figures& f) { return f.known.top1(); }) +
                             cell(seeds, [](const Figures& f) { return f.known.top3(); }) +
                             cell(seeds, [](const Figures& f) { return f.fresh.ece(); }) +
                             cell(seeds, [](const Figures& f) { return f.known.ece(); });
        std::printf("%s\n", line.toUtf8().constData());
    }
    return 0;
}
