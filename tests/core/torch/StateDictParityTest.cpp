#include "core/imaging/Preprocess.h"
#include "core/inference/Backend.h"
#include "core/inference/TopK.h"
#include "core/model/ModelPackage.h"
#include "core/model/ResNet18Weights.h"
#include "core/model/StateDictReader.h"
#include "tests/core/inference/FormulaModel.h"
#include "tests/support/TestSupport.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <gtest/gtest.h>

using namespace goodsight;
using namespace goodsight::testsupport;

// A whole network as torchvision saves it: read, folded and run here, against torchvision with its own batch
// norm.
TEST(StateDictParity, AStateDictGivesTorchvisionsLogits)
{
    const QString file = shared(QStringLiteral("models/resnet18-reconstructed.pth"));
    if (file.isEmpty())
        GTEST_SKIP() << kNoShared;
    auto source = StateDictFile::open(file);
    ASSERT_TRUE(source) << qPrintable(source.error().message);
    auto weights = resnet18::foldedWeights(**source);
    ASSERT_TRUE(weights) << qPrintable(weights.error().message);
    ModelPackage package;
    package.name = QStringLiteral("state dict");
    package.architecture = resnet18::kArchitecture;
    package.weights = std::move(*weights);
    for (int i = 0; i < 1000; ++i)
        package.classes.append({QString::number(i), {}, {}});
    const auto backend = createBackend(BackendKind::Torch, package, 2);
    ASSERT_TRUE(backend) << qPrintable(backend.error().message);

    QFile json(sourceDir() + QStringLiteral("/tests/core/torch/resnet18_pth_logits.json"));
    ASSERT_TRUE(json.open(QIODevice::ReadOnly));
    const QJsonArray photos =
        QJsonDocument::fromJson(json.readAll()).object()[QStringLiteral("photos")].toArray();
    ASSERT_EQ(photos.size(), 3);
    for (const auto& value : photos) {
        const QJsonObject photo = value.toObject();
        const QImage picture =
            formulaPhoto(photo[QStringLiteral("width")].toInt(), photo[QStringLiteral("height")].toInt());
        const auto output = (*backend)->run(preprocess(picture, package.preprocessing), 1);
        ASSERT_TRUE(output) << qPrintable(output.error().message);
        ASSERT_EQ(output->classes, 1000);
        const QJsonArray logits = photo[QStringLiteral("logits")].toArray();
        for (qsizetype i = 0; i < logits.size(); ++i) {
            EXPECT_NEAR(static_cast<double>(output->logits[static_cast<std::size_t>(100 * i)]),
                        logits[i].toDouble(), 1e-3);
        }
        const QJsonArray embedding = photo[QStringLiteral("embedding")].toArray();
        for (qsizetype i = 0; i < embedding.size(); ++i) {
            EXPECT_NEAR(static_cast<double>(output->embeddings[static_cast<std::size_t>(64 * i)]),
                        embedding[i].toDouble(), 1e-3);
        }
        const std::vector<int> top =
            topK(std::vector<double>(output->logits.begin(), output->logits.end()), 5);
        const QJsonArray expected = photo[QStringLiteral("top")].toArray();
        for (qsizetype i = 0; i < expected.size(); ++i)
            EXPECT_EQ(top[static_cast<std::size_t>(i)], expected[i].toInt());
    }
}
