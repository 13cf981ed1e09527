// goodsight_instant_bench MODEL VAL TEACH ASK   what teaching new products does to those that a model knows
// A photo's product is the name of its folder. MODEL has its embeddings beside it (goodsight-cli model
// embed); VAL holds photos of its products, TEACH and ASK different photos of products that it does not know.
// Prints a table in Markdown: the model's products on VAL and the new ones on ASK, by the head alone, with
// one photo of a known product taught, and with 1, 3 and 5 photos of each new one; then what one lesson
// takes, and how the 8-bit engine's embeddings of VAL compare with float32's.

#include "core/dataset/DatasetStore.h"
#include "core/inference/BatchRecognitionJob.h"
#include "core/inference/PhotoFiles.h"
#include "core/learning/OpenSet.h"
#include "core/learning/ProjectLessons.h"
#include "core/model/ClassNames.h"
#include "core/model/ModelLibrary.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QTemporaryDir>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <utility>

using namespace goodsight;

namespace {

struct Photo {
    QString product;
    std::vector<float> embedding;
};

Result<std::vector<Photo>> embed(Recognizer& recognizer, const QString& folder)
{
    const auto found = photosIn(folder);
    if (!found)
        return fail(found.error());
    std::vector<Photo> photos;
    recognizeFiles(recognizer, found->photos, {}, [&](const BatchItem& item) {
        if (item.result)
            photos.push_back({folderName(item.file), item.result->embedding});
    });
    return photos;
}

/// Percents of photos.
struct Score {
    double first = 0;  ///< whose product is the first candidate
    double among = 0;  ///< one of three
    double asking = 0; ///< of which a person is asked to check the answer
};

Score score(const Recognizer& recognizer, const std::vector<Photo>& photos)
{
    int first = 0;
    int among = 0;
    int asking = 0;
    for (const Photo& photo : photos) {
        const auto answer = recognizer.recognizeEmbedding(photo.embedding, {}, {});
        if (!answer)
            continue;
        const auto is = [&](const Candidate& one) { return one.id == photo.product; };
        asking += answer->needsReview;
        first += is(answer->top.first());
        among += std::any_of(answer->top.begin(), answer->top.end(), is);
    }
    const double all = std::max<double>(1, static_cast<double>(photos.size())) / 100;
    return {first / all, among / all, asking / all};
}

double cosine(const std::vector<float>& a, const std::vector<float>& b)
{
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        ab += static_cast<double>(a[i]) * static_cast<double>(b[i]);
        aa += static_cast<double>(a[i]) * static_cast<double>(a[i]);
        bb += static_cast<double>(b[i]) * static_cast<double>(b[i]);
    }
    return ab / std::sqrt(aa * bb);
}

Result<void> compareEngines(const QString& model, const QString& folder, const std::vector<Photo>& exact)
{
    const auto recognizer = Recognizer::open(model, BackendKind::OneDnnInt8, 0);
    if (!recognizer)
        return fail(recognizer.error());
    const auto coarse = embed(**recognizer, folder);
    if (!coarse)
        return fail(coarse.error());
    std::vector<double> cosines;
    for (std::size_t i = 0; i < std::min(coarse->size(), exact.size()); ++i)
        cosines.push_back(cosine((*coarse)[i].embedding, exact[i].embedding));
    std::sort(cosines.begin(), cosines.end());
    double sum = 0;
    for (const double one : cosines)
        sum += one;
    std::printf("\n8-bit and float32 embeddings of %zu photos: cosine %.4f on average, %.4f at worst\n",
                cosines.size(), sum / static_cast<double>(cosines.size()), cosines.front());
    return {};
}

Result<void> run(const QStringList& words)
{
    const QString& model = words[1];
    const auto recognizer = Recognizer::open(model, BackendKind::OneDnnFp32, 0);
    if (!recognizer)
        return fail(recognizer.error());
    const auto package = std::make_shared<const ModelPackage>((*recognizer)->model());
    auto loaded = KnownPhotos::load(ModelLibrary::embeddingsFile(model), *package);
    if (!loaded)
        return fail(loaded.error());
    const auto known = std::make_shared<const KnownPhotos>(std::move(*loaded));
    auto val = embed(**recognizer, words[2]);
    const auto teach = embed(**recognizer, words[3]);
    const auto ask = embed(**recognizer, words[4]);
    for (const Result<std::vector<Photo>>* one : {&std::as_const(val), &teach, &ask}) {
        if (!*one)
            return fail(one->error());
    }
    const ClassNames names(package->classes);
    std::erase_if(*val, [&](const Photo& photo) { return names.find(photo.product) < 0; });
    for (Photo& photo : *val)
        photo.product = package->classes[names.find(photo.product)].id;

    const QTemporaryDir folder;
    const auto store = DatasetStore::open(folder.filePath(QStringLiteral("bench.goodsight")));
    if (!store)
        return fail(store.error());
    const auto print = [&](const char* title) {
        const Score old = score(**recognizer, *val);
        const Score fresh = score(**recognizer, *ask);
        std::printf("| %s | %.1f | %.1f | %.1f | %.1f | %.1f | %.1f |\n", title, old.first, old.among,
                    old.asking, fresh.first, fresh.among, fresh.asking);
    };
    std::printf("| taught | known top-1 | top-3 | to check | new top-1 | top-3 | to check |\n"
                "|---|---|---|---|---|---|---|\n");
    print("nothing (the head)");
    double milliseconds = 0;
    int lessonsGiven = 0;
    for (const int photos : {0, 1, 3, 5}) {
        QElapsedTimer reading;
        reading.start();
        auto lessons =
            ProjectLessons::read(package, known, folder.filePath(QStringLiteral("bench.goodsight")));
        if (!lessons)
            return fail(lessons.error());
        if (photos == 0)
            std::fprintf(stderr, "lessons were read in %lld ms\n", static_cast<long long>(reading.elapsed()));
        std::map<QString, int> count;
        QElapsedTimer timer;
        timer.start();
        if (photos == 0) {
            if (const auto done =
                    lessons->teach(QStringLiteral("known"), val->front().embedding, val->front().product);
                !done)
                return done;
        }
        for (std::size_t i = 0; i < teach->size(); ++i) {
            const Photo& photo = (*teach)[i];
            if (count[photo.product]++ >= photos)
                continue;
            if (const auto done = lessons->teach(QString::number(i), photo.embedding, photo.product); !done)
                return done;
            ++lessonsGiven;
        }
        milliseconds += static_cast<double>(timer.nsecsElapsed()) / 1e6;
        QList<TaughtProduct> products;
        const QHash<QString, int> taught = lessons->taught();
        for (auto one = taught.cbegin(); one != taught.cend(); ++one)
            products.append({{one.key(), {}, one.key(), {}}, one.value()});
        (*recognizer)
            ->setSteps({std::make_shared<TaughtProducts>(package->backbone, lessons->index(),
                                                         lessons->weights(), products)});
        print(photos == 0 ? "one photo of a known product"
                          : qPrintable(QStringLiteral("%1 of each new product").arg(photos)));
    }
    std::printf("\none lesson: %.2f ms\n", milliseconds / std::max(1, lessonsGiven));
    QElapsedTimer fitting;
    fitting.start();
    const auto openSet =
        OpenSetModel::fit(known->train.view(), known->val.view(),
                          static_cast<std::size_t>(known->classes.size()), package->backbone);
    std::printf("what tells unknown products: fitted in %lld ms\n",
                static_cast<long long>(fitting.elapsed()));
    if (!openSet)
        return fail(openSet.error());
    return compareEngines(model, words[2], *embed(**recognizer, words[2]));
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication app(argc, argv);
    const QStringList words = QCoreApplication::arguments();
    if (words.size() != 5) {
        std::fputs("usage: goodsight_instant_bench MODEL VAL TEACH ASK\n", stderr);
        return 2;
    }
    const auto done = run(words);
    if (!done)
        std::fprintf(stderr, "%s\n", qPrintable(done.error().message));
    return done ? 0 : 1;
}
