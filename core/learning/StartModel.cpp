#include "core/learning/StartModel.h"

#include "core/learning/LearningText.h"
#include "core/model/ResNet18Weights.h"
#include "core/model/Safetensors.h"
#include "core/model/StateDictReader.h"

#include <QCryptographicHash>
#include <QFileInfo>

namespace goodsight {

namespace {

Error wrong(const QString& path, const std::string& name)
{
    return {QStringLiteral("wrong-architecture"),
            LearningText::tr("Training cannot start from %1: %2 is missing or has another shape.")
                .arg(quotedName(path), QString::fromStdString(name)),
            LearningText::tr("Start from a ResNet-18.")};
}

/// Folded weights of which layer4 may lack convolutions.
Result<void> readIncomplete(SafetensorsFile& file, StartModel& start)
{
    std::map<std::string, std::vector<int64_t>> shapes;
    for (const auto& [name, info] : file.tensors())
        shapes[name] = info.shape;
    std::vector<std::string> wanted;
    const auto takes = [&](const std::string& name, const std::vector<int64_t>& shape) {
        const auto found = shapes.find(name);
        if (found == shapes.end() || found->second != shape)
            return false;
        wanted.push_back(name);
        return true;
    };
    for (const resnet18::Convolution& conv : resnet18::kConvolutions) {
        const std::string name(conv.name);
        if (name.starts_with("layer4.") && !shapes.contains(name + ".weight") &&
            !shapes.contains(name + ".bias")) {
            start.missing.insert(name);
            continue;
        }
        if (!takes(name + ".weight", {conv.out, conv.in, conv.kernel, conv.kernel}))
            return fail(wrong(file.path(), name + ".weight"));
        if (!takes(name + ".bias", {conv.out}))
            return fail(wrong(file.path(), name + ".bias"));
    }
    const auto head = shapes.find("fc.bias");
    if (head != shapes.end() && head->second.size() == 1 &&
        takes("fc.weight", {head->second.front(), resnet18::kEmbeddingSize}))
        wanted.emplace_back("fc.bias");
    auto weights = file.read(wanted);
    if (!weights)
        return fail(weights.error());
    start.weights = std::move(*weights);
    return resnet18::checkFinite(start.weights, file.path());
}

Result<void> readWeights(TensorSource& source, StartModel& start)
{
    auto weights = resnet18::foldedWeights(source);
    if (!weights)
        return fail(weights.error());
    start.weights = std::move(*weights);
    return {};
}

QString fingerprintOf(const std::map<std::string, Tensor>& weights)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const auto& [name, tensor] : weights)
        hash.addData(QByteArrayView(reinterpret_cast<const char*>(tensor.values.data()),
                                    static_cast<qsizetype>(tensor.values.size() * sizeof(float))));
    return QString::fromLatin1(hash.result().toHex());
}

Result<StartModel> fromPackage(const QString& path)
{
    auto package = ModelPackage::load(path);
    if (!package)
        return fail(package.error());
    StartModel start;
    start.name = package->name;
    start.fingerprint = package->fingerprint;
    start.licence = package->licence;
    start.parts = package->manifest.value(QLatin1String("parts")).toArray();
    start.learnt = LearntPhotos::fromManifest(package->manifest);
    start.preprocessing = package->preprocessing;
    start.classes = package->classes;
    start.weights = std::move(package->weights);
    return start;
}

} // namespace

Result<StartModel> loadStart(const QString& path)
{
    StartModel start;
    start.name = QFileInfo(path).completeBaseName();
    if (isStateDict(path)) {
        const auto file = StateDictFile::open(path);
        if (!file)
            return fail(file.error());
        if (auto read = readWeights(**file, start); !read)
            return fail(read.error());
    } else {
        const auto file = SafetensorsFile::open(path);
        if (!file)
            return fail(file.error());
        if ((*file)->metadata().contains(ModelPackage::kManifestKey))
            return fromPackage(path);
        const bool whole = resnet18::layoutOf(**file).has_value();
        if (auto read = whole ? readWeights(**file, start) : readIncomplete(**file, start); !read)
            return fail(read.error());
        start.licence = (*file)->metadata().value(QStringLiteral("licence"));
    }
    start.fingerprint = fingerprintOf(start.weights);
    return start;
}

} // namespace goodsight
