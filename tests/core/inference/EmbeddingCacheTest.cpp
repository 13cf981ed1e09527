#include "core/inference/EmbeddingCache.h"
#include "core/inference/BatchRecognitionJob.h"
#include "core/inference/GoldenReplay.h"
#include "core/inference/TemperatureScaling.h"
#include "core/inference/TopK.h"
#include "tests/support/TestModels.h"
#include "tests/support/TestSupport.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <gtest/gtest.h>

#include <cmath>

using namespace goodsight;

namespace {

const QString kKey = QStringLiteral("key");

std::vector<float> vectorOf(float value)
{
    return std::vector<float>(4, value);
}

QString shippedModel()
{
    return testsupport::sourceDir() + QStringLiteral("/resources/models/groceries.safetensors");
}

} // namespace

TEST(EmbeddingCache, KeepsTheMostRecentlyUsed)
{
    EmbeddingCache cache(2);
    cache.insert(QStringLiteral("a"), kKey, vectorOf(1));
    cache.insert(QStringLiteral("b"), kKey, vectorOf(2));
    EXPECT_EQ(cache.find(QStringLiteral("a"), kKey), vectorOf(1));
    cache.insert(QStringLiteral("c"), kKey, vectorOf(3));
    EXPECT_EQ(cache.size(), 2U);
    EXPECT_FALSE(cache.find(QStringLiteral("b"), kKey));
    EXPECT_EQ(cache.find(QStringLiteral("a"), kKey), vectorOf(1));
    EXPECT_FALSE(cache.find(QStringLiteral("a"), QStringLiteral("another")));
    EXPECT_FALSE(cache.find({}, kKey));
}

TEST(EmbeddingCache, AsksWhatKeepsMoreAndTellsIt)
{
    int asked = 0;
    QStringList kept;
    EmbeddingCache cache(
        10, {[&](const QString& sha256, const QString&) -> std::optional<std::vector<float>> {
                 ++asked;
                 return sha256 == u"old" ? std::optional(vectorOf(7)) : std::nullopt;
             },
             [&](const QString& sha256, const QString&, const std::vector<float>&) { kept += sha256; }});
    EXPECT_EQ(cache.find(QStringLiteral("old"), kKey), vectorOf(7));
    EXPECT_EQ(cache.find(QStringLiteral("old"), kKey), vectorOf(7));
    EXPECT_EQ(asked, 1);
    EXPECT_FALSE(cache.find(QStringLiteral("new"), kKey));
    cache.insert(QStringLiteral("new"), kKey, vectorOf(8));
    EXPECT_EQ(kept, QStringList{QStringLiteral("new")});
}

TEST(EmbeddingCache, TheKeyHoldsEverythingThatAnEmbeddingDependsOn)
{
    ModelPackage package;
    EXPECT_TRUE(embeddingKey(package, QStringLiteral("torch"), false).isEmpty()) << "an unknown backbone";
    package.backbone = QStringLiteral("b");
    const auto key = [&] { return embeddingKey(package, QStringLiteral("torch"), false); };
    const QString plain = key();
    EXPECT_NE(plain, embeddingKey(package, QStringLiteral("onednn-int8"), false));
    EXPECT_NE(plain, embeddingKey(package, QStringLiteral("torch"), true));
    package.preprocessing.resize = 232;
    EXPECT_NE(plain, key());
    package.preprocessing = {};
    package.preprocessing.mean[1] += 0.001F;
    EXPECT_NE(plain, key());
    package.preprocessing = {};
    package.temperature = 3;
    package.fingerprint = QStringLiteral("another head");
    EXPECT_EQ(plain, key());
}

TEST(EmbeddingCache, TheKeyOf8BitEmbeddingsHoldsTheScales)
{
    ModelPackage package;
    package.backbone = QStringLiteral("b");
    package.int8.emplace();
    const auto key = [&](const char* engine) { return embeddingKey(package, QLatin1String(engine), false); };
    const QString before = key("onednn-int8");
    const QString fp32 = key("onednn-fp32");
    package.int8->goldenLogits = {{1.0F}};
    package.int8->report.insert(QStringLiteral("photos"), 3);
    EXPECT_EQ(key("onednn-int8"), before) << "these do not change an embedding";
    package.int8->blocks[3].out = 0.5F;
    EXPECT_NE(key("onednn-int8"), before);
    EXPECT_EQ(key("onednn-fp32"), fp32);
}

TEST(EmbeddingCache, APhotoSeenBeforeIsNotDecodedAgain)
{
    QTemporaryDir folder;
    QStringList files;
    for (const QString& name : QDir(testsupport::sourceDir() + QStringLiteral("/resources/samples"))
                                   .entryList({QStringLiteral("*.jpg"), QStringLiteral("*.png")}))
        files += testsupport::sourceDir() + QStringLiteral("/resources/samples/") + name;
    ASSERT_GE(files.size(), 4);
    auto recognizer = Recognizer::open(shippedModel(), BackendKind::OneDnnFp32, 2);
    ASSERT_TRUE(recognizer) << qPrintable(recognizer.error().message);
    BatchOptions options;
    options.cache = std::make_shared<EmbeddingCache>(100);
    std::vector<Recognition> first;
    std::vector<Recognition> again;
    recognizeFiles(**recognizer, files, options,
                   [&](const BatchItem& item) { first.push_back(*item.result); });
    EXPECT_EQ(options.cache->size(), static_cast<std::size_t>(files.size()));
    recognizeFiles(**recognizer, files, options,
                   [&](const BatchItem& item) { again.push_back(*item.result); });
    ASSERT_EQ(first.size(), again.size());
    for (std::size_t i = 0; i < first.size(); ++i) {
        EXPECT_GT(first[i].times.decode, 0.0);
        EXPECT_EQ(again[i].times.decode, 0.0);
        EXPECT_EQ(again[i].times.network, 0.0);
        EXPECT_EQ(again[i].sha256, first[i].sha256);
        EXPECT_EQ(again[i].embedding, first[i].embedding);
        ASSERT_EQ(again[i].top.size(), first[i].top.size());
        for (qsizetype rank = 0; rank < first[i].top.size(); ++rank) {
            EXPECT_EQ(again[i].top[rank].id, first[i].top[rank].id);
            EXPECT_NEAR(again[i].top[rank].confidence, first[i].top[rank].confidence, 1e-4);
        }
    }
}

TEST(Head, RanksAsTheNetworkAnswers)
{
    const ModelPackage package = *ModelPackage::load(shippedModel());
    auto backend = createBackend(BackendKind::OneDnnFp32, package, 2);
    ASSERT_TRUE(backend);
    std::vector<float> input;
    for (quint32 seed = 1; seed <= 3; ++seed) {
        const auto one = goldenInput(seed, package.preprocessing);
        input.insert(input.end(), one.begin(), one.end());
    }
    const auto out = (*backend)->run(input, 3);
    ASSERT_TRUE(out);
    const Head head(package);
    const std::vector<float> logits = head.logits(out->embeddings);
    ASSERT_EQ(logits.size(), out->logits.size());
    for (std::size_t i = 0; i < logits.size(); ++i)
        ASSERT_NEAR(logits[i], out->logits[i], 1e-4);
    const std::vector<Ranked> ranked = rankAll(head, package.temperature, out->embeddings, 3, 2);
    ASSERT_EQ(ranked.size(), 9U);
    for (std::size_t photo = 0; photo < 3; ++photo) {
        const auto shares = softmax(std::span(logits).subspan(photo * 81, 81), package.temperature);
        const std::vector<int> best = topK(shares, 3);
        for (std::size_t rank = 0; rank < 3; ++rank) {
            EXPECT_EQ(ranked[photo * 3 + rank].index, best[rank]);
            EXPECT_NEAR(ranked[photo * 3 + rank].confidence, shares[static_cast<std::size_t>(best[rank])],
                        1e-5);
        }
    }
}

TEST(Head, AHundredThousandAreRankedWhateverTheThreads)
{
    const Head head(testsupport::randomModel(30));
    constexpr std::size_t kPhotos = 100'000;
    std::vector<float> embeddings(kPhotos * 512);
    for (std::size_t i = 0; i < embeddings.size(); ++i)
        embeddings[i] = static_cast<float>(i * 2654435761U % 1000) / 500.0F;
    const auto one = rankAll(head, 1.5, embeddings, 3, 1);
    const auto two = rankAll(head, 1.5, embeddings, 3, 2);
    ASSERT_EQ(one.size(), kPhotos * 3);
    for (std::size_t i = 0; i < one.size(); ++i)
        ASSERT_EQ(one[i].index, two[i].index);
    EXPECT_TRUE(rankAll(head, 1.5, {}, 3, 2).empty());
}
