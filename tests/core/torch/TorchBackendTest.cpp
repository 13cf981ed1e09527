#include "core/imaging/Preprocess.h"
#include "core/inference/Backend.h"
#include "core/inference/GoldenReplay.h"
#include "core/inference/Recognizer.h"
#include "core/inference/TorchLibrary.h"
#include "core/model/ResNet18Weights.h"
#include "tests/core/inference/FormulaModel.h"
#include "tests/support/TestSupport.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

#include <gtest/gtest.h>

#include <cmath>
#include <thread>

using namespace goodsight;
using namespace goodsight::testsupport;

namespace {

constexpr double kTolerance = 1e-3;

QJsonArray referencePhotos(const QString& file)
{
    QFile json(sourceDir() + QStringLiteral("/tests/core/torch/") + file);
    EXPECT_TRUE(json.open(QIODevice::ReadOnly)) << qPrintable(json.fileName());
    return QJsonDocument::fromJson(json.readAll()).object()[QStringLiteral("photos")].toArray();
}

std::unique_ptr<Backend> torchBackend(const ModelPackage& package, int threads = 2)
{
    auto backend = createBackend(BackendKind::Torch, package, threads);
    EXPECT_TRUE(backend) << qPrintable(backend ? QString() : backend.error().message);
    return backend ? std::move(*backend) : nullptr;
}

} // namespace

TEST(TorchBackend, GivesTorchvisionsLogitsFromAPictureInMemory)
{
    const ModelPackage package = formulaModel();
    const auto backend = torchBackend(package);
    ASSERT_TRUE(backend);
    const QJsonArray photos = referencePhotos(QStringLiteral("resnet18_logits.json"));
    ASSERT_EQ(photos.size(), 3);
    for (const auto& value : photos) {
        const QJsonObject photo = value.toObject();
        const QImage picture =
            formulaPhoto(photo[QStringLiteral("width")].toInt(), photo[QStringLiteral("height")].toInt());
        const auto output = backend->run(preprocess(picture, package.preprocessing), 1);
        ASSERT_TRUE(output) << qPrintable(output.error().message);
        EXPECT_EQ(output->batch, 1);
        EXPECT_EQ(output->embeddingSize, 512);
        const QJsonArray logits = photo[QStringLiteral("logits")].toArray();
        ASSERT_EQ(output->classes, logits.size());
        for (qsizetype i = 0; i < logits.size(); ++i)
            EXPECT_NEAR(static_cast<double>(output->logits[static_cast<std::size_t>(i)]),
                        logits[i].toDouble(), kTolerance);
        const QJsonArray embedding = photo[QStringLiteral("embedding")].toArray();
        for (qsizetype i = 0; i < embedding.size(); ++i) {
            EXPECT_NEAR(static_cast<double>(output->embeddings[static_cast<std::size_t>(64 * i)]),
                        embedding[i].toDouble(), kTolerance);
        }
    }
}

TEST(TorchBackend, GivesTorchvisionsLogitsFromAModelFileAndAPngFile)
{
    const QTemporaryDir folder;
    const QString modelFile = folder.filePath(QStringLiteral("formula.safetensors"));
    ASSERT_TRUE(formulaModel().save(modelFile, false));
    const auto recognizer = Recognizer::open(modelFile, BackendKind::Torch, 2);
    ASSERT_TRUE(recognizer) << qPrintable(recognizer.error().message);
    EXPECT_EQ((*recognizer)->backendName(), QStringLiteral("torch"));
    for (const auto& value : referencePhotos(QStringLiteral("resnet18_logits.json"))) {
        const QJsonObject photo = value.toObject();
        PhotoSource source;
        source.path =
            folder.filePath(QStringLiteral("图 %1.png").arg(photo[QStringLiteral("width")].toInt()));
        ASSERT_TRUE(
            formulaPhoto(photo[QStringLiteral("width")].toInt(), photo[QStringLiteral("height")].toInt())
                .save(source.path));
        const auto answer = (*recognizer)->recognize(source, {});
        ASSERT_TRUE(answer) << qPrintable(answer.error().message);
        const QJsonArray logits = photo[QStringLiteral("logits")].toArray();
        ASSERT_EQ(answer->logits.size(), static_cast<std::size_t>(logits.size()));
        qsizetype best = 0;
        for (qsizetype i = 0; i < logits.size(); ++i) {
            EXPECT_NEAR(static_cast<double>(answer->logits[static_cast<std::size_t>(i)]),
                        logits[i].toDouble(), kTolerance);
            if (logits[i].toDouble() > logits[best].toDouble())
                best = i;
        }
        EXPECT_EQ(answer->top.first().id, QStringLiteral("product-%1").arg(best));
    }
}

TEST(TorchBackend, ABatchGivesEachPictureWhatItGivesAlone)
{
    const ModelPackage package = formulaModel();
    const auto backend = torchBackend(package);
    ASSERT_TRUE(backend);
    std::vector<float> joined;
    std::vector<BackendOutput> alone;
    for (const QSize size : {QSize(301, 257), QSize(640, 480), QSize(256, 256)}) {
        const auto input = preprocess(formulaPhoto(size.width(), size.height()), package.preprocessing);
        joined.insert(joined.end(), input.begin(), input.end());
        alone.push_back(*backend->run(input, 1));
    }
    const auto together = backend->run(joined, 3);
    ASSERT_TRUE(together);
    ASSERT_EQ(together->logits.size(), 3U * 40U);
    ASSERT_EQ(together->embeddings.size(), 3U * 512U);
    for (std::size_t photo = 0; photo < 3; ++photo) {
        for (std::size_t i = 0; i < 40; ++i)
            EXPECT_NEAR(static_cast<double>(together->logits[photo * 40 + i]),
                        static_cast<double>(alone[photo].logits[i]), kTolerance);
        for (std::size_t i = 0; i < 512; ++i)
            EXPECT_NEAR(static_cast<double>(together->embeddings[photo * 512 + i]),
                        static_cast<double>(alone[photo].embeddings[i]), kTolerance);
    }
}

TEST(TorchBackend, AnyNumberOfThreadsGivesTheSameAnswer)
{
    const ModelPackage package = formulaModel();
    const auto backend = torchBackend(package, 1);
    ASSERT_TRUE(backend);
    const auto input = goldenInput(7, package.preprocessing);
    const auto one = backend->run(input, 1);
    for (const int threads : {2, 0, -3, 1000}) {
        backend->setThreads(threads);
        const auto other = backend->run(input, 1);
        ASSERT_TRUE(other);
        for (std::size_t i = 0; i < one->logits.size(); ++i)
            EXPECT_NEAR(static_cast<double>(one->logits[i]), static_cast<double>(other->logits[i]),
                        kTolerance)
                << threads;
    }
}

TEST(TorchBackend, WorksOnAThreadOtherThanTheOneThatMadeIt)
{
    const ModelPackage package = formulaModel();
    const auto backend = torchBackend(package);
    ASSERT_TRUE(backend);
    const auto input = goldenInput(1, package.preprocessing);
    bool ran = false;
    std::thread([&] { ran = backend->run(input, 1).has_value(); }).join();
    EXPECT_TRUE(ran);
}

TEST(TorchBackend, RefusesInputOfAnotherSize)
{
    const ModelPackage package = formulaModel();
    const auto backend = torchBackend(package);
    ASSERT_TRUE(backend);
    const auto input = goldenInput(1, package.preprocessing);
    for (const int batch : {0, -1, 2}) {
        const auto output = backend->run(input, batch);
        ASSERT_FALSE(output) << batch;
        EXPECT_EQ(output.error().code, QStringLiteral("bad-input"));
    }
    EXPECT_EQ(backend->run({}, 1).error().code, QStringLiteral("bad-input"));
}

TEST(TorchBackend, RefusesATensorThatIsMissingOrOfAnotherShape)
{
    ModelPackage package = formulaModel();
    package.weights.erase("layer3.0.downsample.0.bias");
    auto backend = createBackend(BackendKind::Torch, package, 1);
    ASSERT_FALSE(backend);
    EXPECT_EQ(backend.error().code, QStringLiteral("wrong-architecture"));
    EXPECT_TRUE(backend.error().message.contains(QStringLiteral("layer3.0.downsample.0.bias")));

    package = formulaModel();
    package.classes.removeLast();
    backend = createBackend(BackendKind::Auto, package, 1);
    ASSERT_FALSE(backend);
    EXPECT_EQ(backend.error().code, QStringLiteral("wrong-architecture"));

    // The library itself checks too: it must not read past a tensor that is too short.
    const auto api = torchlibrary::load();
    ASSERT_TRUE(api);
    EXPECT_EQ((*api)->makeBackend(package, 1).error().code, QStringLiteral("wrong-architecture"));
}

TEST(TorchBackend, GoldenOutputsAreReproducedAndFalseOnesRefuseTheBackend)
{
    ModelPackage package = formulaModel();
    const auto backend = torchBackend(package);
    ASSERT_TRUE(backend);
    const auto golden = makeGolden(*backend, package);
    ASSERT_TRUE(golden);
    package.golden = *golden;
    package.golden.tolerance = 1e-3F;
    EXPECT_TRUE(createBackend(BackendKind::Auto, package, 2));

    package.golden.logits[1][5] += 0.002F;
    const auto refused = createBackend(BackendKind::Torch, package, 2);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, QStringLiteral("backend-mismatch"));
    EXPECT_TRUE(refused.error().message.contains(QStringLiteral("torch")));
}

TEST(TorchBackend, WeightsThatAreNotNumbersAreAnErrorAndNoAnswer)
{
    ModelPackage package = formulaModel();
    package.weights["layer2.0.conv1.weight"].values[0] = std::nanf("");
    auto backend = torchBackend(package);
    ASSERT_TRUE(backend);
    EXPECT_EQ(makeGolden(*backend, package).error().code, QStringLiteral("bad-model"));
    Recognizer recognizer(package, std::move(backend), 2);
    PhotoSource source;
    source.image = formulaPhoto(300, 300);
    const auto answer = recognizer.recognize(source, {});
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, QStringLiteral("backend-failed"));
}
