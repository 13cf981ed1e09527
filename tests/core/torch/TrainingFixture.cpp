#include "tests/core/torch/TrainingFixture.h"

#include "core/base/Random.h"
#include "core/inference/TorchLibrary.h"
#include "tests/support/TestModels.h"

#include <QColor>
#include <QCryptographicHash>
#include <QDir>
#include <QFile>

namespace goodsight {

namespace {

constexpr int kSide = 96;

QImage pictureOf(int label, int classes, quint64 seed)
{
    Random random(seed);
    QImage picture(kSide, kSide, QImage::Format_RGB888);
    const QColor colour = QColor::fromHsv(label * 360 / classes, 220, 210);
    for (int y = 0; y < kSide; ++y) {
        uchar* const line = picture.scanLine(y);
        for (int x = 0; x < kSide; ++x) {
            const int noise = static_cast<int>(random.below(40)) - 20;
            line[3 * x] = static_cast<uchar>(std::clamp(colour.red() + noise, 0, 255));
            line[3 * x + 1] = static_cast<uchar>(std::clamp(colour.green() + noise, 0, 255));
            line[3 * x + 2] = static_cast<uchar>(std::clamp(colour.blue() + noise, 0, 255));
        }
    }
    return picture;
}

StartModel startModel()
{
    const ModelPackage package = testsupport::randomModel(4);
    StartModel start;
    start.name = package.name;
    start.fingerprint = QStringLiteral("random");
    start.preprocessing.resize = 72;
    start.preprocessing.crop = 64;
    start.weights = package.weights;
    return start;
}

} // namespace

TrainingSet writePhotos(const QString& folder, int classes, int perClass)
{
    TrainingSet set;
    QDir().mkpath(folder);
    for (int label = 0; label < classes; ++label) {
        set.classes.append({QStringLiteral("product-%1").arg(label), QString(), QString()});
        for (int i = 0; i <= perClass; ++i) {
            const QString file = QStringLiteral("%1/%2-%3.png").arg(folder).arg(label).arg(i);
            EXPECT_TRUE(pictureOf(label, classes, static_cast<quint64>(label * 1000 + i)).save(file));
            const QByteArray hash =
                QCryptographicHash::hash(file.section(u'/', -1).toUtf8(), QCryptographicHash::Sha256);
            set.photos.push_back(
                {QString::fromLatin1(hash.toHex()), file, label, i == perClass ? Part::Val : Part::Train});
        }
    }
    return set;
}

QString digestOf(const std::map<std::string, Tensor>& weights)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const auto& [name, tensor] : weights)
        hash.addData(QByteArrayView(reinterpret_cast<const char*>(tensor.values.data()),
                                    static_cast<qsizetype>(tensor.values.size() * sizeof(float))));
    return QString::fromLatin1(hash.result().toHex());
}

FineTuneRequest smallRequest(const TrainingPlan& plan, const TrainingSet& set, const QString& folder)
{
    FineTuneRequest request;
    request.plan = plan;
    request.set = set;
    request.start = startModel();
    request.folder = folder;
    request.makeNetwork = [](const TrainableSpec& spec) -> Result<std::unique_ptr<TrainableNetwork>> {
        const auto api = torchlibrary::load();
        if (!api)
            return fail(api.error());
        return (*api)->makeTrainable(spec);
    };
    return request;
}

TrainingPlan twoStages()
{
    TrainingPlan plan;
    plan.side = 64;
    plan.threads = 1;
    TrainingStage first;
    first.part = TrainedPart::Layer4;
    first.batchNorm = BatchNormKind::Fresh;
    first.epochs = 2;
    first.batch = 6;
    first.mixup = 0.4;
    first.mirror = 0.5;
    first.averageDecay = 0.9;
    first.learningRate = 1e-4;
    TrainingStage second = first;
    second.part = TrainedPart::Layer3;
    second.batchNorm = BatchNormKind::Folded;
    second.optimiser = OptimiserKind::Sgd;
    second.epochs = 1;
    plan.stages = {first, second};
    return plan;
}

TrainingTest::TrainingTest() = default;

void TrainingTest::makePhotos(int classes, int perClass)
{
    set = writePhotos(folder.filePath(QStringLiteral("photos")), classes, perClass);
}

TrainingPlan TrainingTest::smallPlan(TrainedPart part, int epochs)
{
    TrainingPlan plan;
    plan.side = 64;
    plan.threads = 1;
    TrainingStage stage;
    stage.part = part;
    stage.epochs = epochs;
    stage.batch = 8;
    stage.learningRate = part == TrainedPart::Fc ? 0.05 : 2e-4;
    stage.labelSmoothing = 0;
    plan.stages = {stage};
    return plan;
}

FineTuneRequest TrainingTest::request(const TrainingPlan& plan)
{
    return smallRequest(plan, set, folder.filePath(QStringLiteral("run-%1").arg(m_runs++)));
}

std::unique_ptr<TrainableNetwork> TrainingTest::network(const TrainableSpec& spec)
{
    const auto api = torchlibrary::load();
    if (!api) {
        ADD_FAILURE() << qPrintable(api.error().message);
        return nullptr;
    }
    auto made = (*api)->makeTrainable(spec);
    if (!made) {
        ADD_FAILURE() << qPrintable(made.error().message);
        return nullptr;
    }
    return std::move(*made);
}

TrainableSpec TrainingTest::spec(int classes)
{
    TrainableSpec spec;
    spec.weights = testsupport::randomModel(classes).weights;
    spec.threads = 1;
    return spec;
}

} // namespace goodsight
