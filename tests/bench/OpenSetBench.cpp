// How well OpenSet tells held-out products and foreign photos from known products:
// build/release/bin/goodsight_open_set_bench MODEL GROCERY FOREIGN [KEPT]
// build/release/bin/goodsight_open_set_bench --held-out
//
// MODEL: a model file whose backbone has not seen the products; or, with %1 for the seed, files of which each
// was trained without that seed's twenty (open_set_fine_tuned.py makes them). GROCERY: a folder with
// train.txt and val.txt, lines of "file, class, group". FOREIGN: a folder of photos that show no groceries.
// KEPT: a file for the embeddings (with %1 where MODEL has it), read where it is there. Five seeds hold out
// 20 products each; known are val photos of the others, held-out are val photos of the twenty, which no part
// of the model has seen. --held-out prints them, a line for each seed.

#include "core/inference/BatchRecognitionJob.h"
#include "core/inference/PhotoFiles.h"
#include "core/learning/OpenSet.h"

#include <QCoreApplication>
#include <QFile>

#include <algorithm>
#include <cstdio>
#include <numeric>

using namespace goodsight;

namespace {

constexpr int kProducts = 81;
constexpr int kHeldOut = 20;
constexpr std::array<quint32, 5> kSeeds{1, 2, 3, 4, 5};
constexpr std::size_t kWidth = OpenSetEvidence::kWidth;

struct Photos {
    QStringList files;
    std::vector<int> labels;
};

Photos listed(const QString& folder, const QString& list)
{
    Photos photos;
    QFile file(folder + u'/' + list);
    if (!file.open(QIODevice::ReadOnly))
        return photos;
    for (const QString& line : QString::fromUtf8(file.readAll()).split(u'\n', Qt::SkipEmptyParts)) {
        const QStringList fields = line.split(u',');
        photos.files.append(folder + u'/' + fields[0].trimmed());
        photos.labels.push_back(fields.value(1).trimmed().toInt());
    }
    return photos;
}

bool embed(const QString& model, const QStringList& files, const QString& kept, std::vector<float>& out)
{
    const auto size = static_cast<qint64>(files.size()) * static_cast<qint64>(kWidth * sizeof(float));
    QFile file(kept);
    if (!kept.isEmpty() && file.size() == size && file.open(QIODevice::ReadOnly)) {
        out.resize(static_cast<std::size_t>(files.size()) * kWidth);
        return file.read(reinterpret_cast<char*>(out.data()), size) == size;
    }
    const auto recognizer = Recognizer::open(model, BackendKind::OneDnnFp32, 0);
    if (!recognizer)
        return false;
    bool all = true;
    recognizeFiles(**recognizer, files, {}, [&](const BatchItem& item) {
        all = all && item.result;
        if (item.result)
            out.insert(out.end(), item.result->embedding.begin(), item.result->embedding.end());
    });
    if (all && !kept.isEmpty() && file.open(QIODevice::WriteOnly))
        file.write(reinterpret_cast<const char*>(out.data()), size);
    return all;
}

/// Which products a seed holds out: the first twenty of a shuffled list.
std::vector<bool> heldOut(quint32 seed)
{
    std::vector<int> order(kProducts);
    std::iota(order.begin(), order.end(), 0);
    quint32 state = seed;
    for (std::size_t i = order.size() - 1; i > 0; --i) {
        state = state * 1664525U + 1013904223U;
        std::swap(order[i], order[(state >> 8) % (i + 1)]);
    }
    std::vector<bool> held(kProducts);
    for (int i = 0; i < kHeldOut; ++i)
        held[static_cast<std::size_t>(order[static_cast<std::size_t>(i)])] = true;
    return held;
}

int printHeldOut()
{
    for (const quint32 seed : kSeeds) {
        std::printf("%u:", seed);
        const std::vector<bool> held = heldOut(seed);
        for (std::size_t i = 0; i < held.size(); ++i) {
            if (held[i])
                std::printf(" %zu", i);
        }
        std::printf("\n");
    }
    return 0;
}

struct Quality {
    double auroc = 0;
    double fpr = 0; ///< unknown photos taken for known where 95 % of the known are
};

Quality qualityOf(std::vector<double> known, const std::vector<double>& unknown)
{
    std::sort(known.begin(), known.end());
    Quality quality;
    const double threshold = known[known.size() / 20];
    for (const double score : unknown) {
        const auto above = known.end() - std::upper_bound(known.begin(), known.end(), score);
        const auto equal = known.end() - std::lower_bound(known.begin(), known.end(), score) - above;
        quality.auroc += static_cast<double>(above) + static_cast<double>(equal) / 2;
        quality.fpr += score >= threshold ? 1 : 0;
    }
    quality.auroc /= static_cast<double>(known.size() * unknown.size());
    quality.fpr /= static_cast<double>(unknown.size());
    return quality;
}

/// Photos of a part whose product is held out or is not, with the latter numbered anew.
struct Side {
    std::vector<float> embeddings;
    std::vector<int> labels;

    Side(std::span<const float> all, std::span<const int> truth, const std::vector<bool>& held, bool wanted)
    {
        for (std::size_t i = 0; i < truth.size(); ++i) {
            const auto label = static_cast<std::size_t>(truth[i]);
            if (held[label] != wanted)
                continue;
            labels.push_back(static_cast<int>(
                std::count(held.begin(), held.begin() + static_cast<std::ptrdiff_t>(label), false)));
            const auto own = all.subspan(i * kWidth, kWidth);
            embeddings.insert(embeddings.end(), own.begin(), own.end());
        }
    }
};

/// The kinds of evidence, then the score.
std::vector<std::vector<double>> scores(const OpenSetModel& model, std::span<const float> embeddings)
{
    std::vector<std::vector<double>> all(kEvidences + 1);
    for (std::size_t i = 0; i < embeddings.size(); i += kWidth) {
        const auto one = embeddings.subspan(i, kWidth);
        const EvidenceValues values = model.evidence().of(one);
        for (std::size_t k = 0; k < kEvidences; ++k)
            all[k].push_back(values[k]);
        all[kEvidences].push_back(model.score(one));
    }
    return all;
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication app(argc, argv);
    const QStringList words = QCoreApplication::arguments();
    if (words.value(1) == QLatin1String("--held-out"))
        return printHeldOut();
    if (words.size() < 4)
        return 2;
    const Photos train = listed(words[2], QStringLiteral("train.txt"));
    const Photos val = listed(words[2], QStringLiteral("val.txt"));
    const auto foreign = photosIn(words[3]);
    if (train.files.isEmpty() || val.files.isEmpty() || !foreign)
        return 1;
    std::vector<float> embeddings;
    std::vector<Quality> products(kEvidences + 1);
    std::vector<Quality> strangers(kEvidences + 1);
    double refusedKnown = 0;
    double refusedForeign = 0;
    for (const quint32 seed : kSeeds) {
        const auto ofSeed = [&](QString file) {
            return file.replace(QStringLiteral("%1"), QString::number(seed));
        };
        if (embeddings.empty() || ofSeed(words[1]) != words[1]) {
            embeddings.clear();
            if (!embed(ofSeed(words[1]), train.files + val.files + foreign->photos, ofSeed(words.value(4)),
                       embeddings))
                return 1;
        }
        const std::span<const float> all(embeddings);
        const auto trainPart = all.first(train.labels.size() * kWidth);
        const auto valPart = all.subspan(trainPart.size(), val.labels.size() * kWidth);
        const auto foreignPart = all.subspan(trainPart.size() + valPart.size());
        const std::vector<bool> held = heldOut(seed);
        const Side taught(trainPart, train.labels, held, false);
        const Side known(valPart, val.labels, held, false);
        const Side unknown(valPart, val.labels, held, true);
        const auto model = OpenSetModel::fit({taught.embeddings, taught.labels},
                                             {known.embeddings, known.labels}, kProducts - kHeldOut, {});
        if (!model)
            return 1;
        const auto knownScores = scores(*model, known.embeddings);
        const auto unknownScores = scores(*model, unknown.embeddings);
        const auto foreignScores = scores(*model, foreignPart);
        for (std::size_t k = 0; k <= kEvidences; ++k) {
            const Quality a = qualityOf(knownScores[k], unknownScores[k]);
            const Quality b = qualityOf(knownScores[k], foreignScores[k]);
            products[k].auroc += a.auroc / kSeeds.size();
            products[k].fpr += a.fpr / kSeeds.size();
            strangers[k].auroc += b.auroc / kSeeds.size();
            strangers[k].fpr += b.fpr / kSeeds.size();
            if (k == kEvidences)
                std::printf("seed %u: held-out %.3f, foreign %.3f\n", seed, a.auroc, b.auroc);
        }
        const auto below = [&](const std::vector<double>& some) {
            return static_cast<double>(std::count_if(some.begin(), some.end(),
                                                     [&](double one) { return one < model->threshold(); })) /
                   static_cast<double>(some.size()) / kSeeds.size();
        };
        refusedKnown += below(knownScores[kEvidences]);
        refusedForeign += below(foreignScores[kEvidences]);
    }
    constexpr std::array<const char*, kEvidences + 1> kNames{
        "five neighbours",  "distance",       "relative distance",
        "max softmax",      "entropy",        "margin",
        "cosine",           "cosine softmax", "whitened nearest",
        "whitened gap",     "likelihood",     "likelihood margin",
        "likelihood share", "score"};
    std::printf("%-18s %17s %17s\n%-18s %8s %8s %8s %8s\n", "", "held-out", "foreign", "", "AUROC", "FPR95",
                "AUROC", "FPR95");
    for (std::size_t k = 0; k <= kEvidences; ++k)
        std::printf("%-18s %8.3f %8.3f %8.3f %8.3f\n", kNames[k], products[k].auroc, products[k].fpr,
                    strangers[k].auroc, strangers[k].fpr);
    std::printf("refused at the threshold: %.1f %% of the known, %.1f %% of the foreign\n",
                refusedKnown * 100, refusedForeign * 100);
    return 0;
}
