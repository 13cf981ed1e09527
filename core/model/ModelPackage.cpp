#include "core/model/ModelPackage.h"

#include "core/model/ModelErrors.h"
#include "core/model/ModelManifest.h"
#include "core/model/ResNet18Weights.h"
#include "core/model/Safetensors.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QJsonDocument>

#include <algorithm>

namespace goodsight {

namespace {

/// Everything but the weights, with the weights' names and shapes checked against it.
Result<ModelPackage> readManifest(const SafetensorsFile& file)
{
    const QString manifest = file.metadata().value(ModelPackage::kManifestKey);
    if (manifest.isEmpty()) {
        Error error = modelerrors::bad(
            file.path(), QCoreApplication::translate("goodsight::Model", "it has no Goodsight manifest"));
        error.hint = QCoreApplication::translate("goodsight::Model",
                                                 "A file of plain weights has to be imported first.");
        return fail(error);
    }
    ModelPackage package;
    if (auto read = modelmanifest::read(manifest.toUtf8(), file.path(), package); !read)
        return fail(read.error());
    const auto layout = resnet18::layoutOf(file);
    if (!layout)
        return fail(layout.error());
    if (layout->form != resnet18::Form::Folded) {
        return fail(modelerrors::wrongArchitecture(
            file.path(), QCoreApplication::translate("goodsight::Model", "its batch norm is not folded")));
    }
    if (layout->classes != package.classes.size()) {
        return fail(modelerrors::bad(
            file.path(), QCoreApplication::translate("goodsight::Model",
                                                     "it names %1 classes but its weights tell %2 apart")
                             .arg(package.classes.size())
                             .arg(layout->classes)));
    }
    package.fingerprint = file.metadata().value(ModelPackage::kFingerprintKey);
    package.backbone = file.metadata().value(ModelPackage::kBackboneKey);
    return package;
}

enum class Part { All, Backbone };

bool isHead(const std::string& name)
{
    return name.starts_with("fc.");
}

/// What save() is about to write, hashed as load() will hash what it reads.
QString fingerprintOf(const std::map<std::string, Tensor>& weights, bool half, Part part)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    std::vector<uint16_t> halves;
    for (const auto& [name, tensor] : weights) {
        if (part == Part::Backbone && isHead(name))
            continue;
        if (half) {
            halves.resize(tensor.values.size());
            std::transform(tensor.values.begin(), tensor.values.end(), halves.begin(), halfFromFloat);
            hash.addData(QByteArrayView(reinterpret_cast<const char*>(halves.data()),
                                        static_cast<qsizetype>(halves.size() * sizeof(uint16_t))));
        } else {
            hash.addData(QByteArrayView(reinterpret_cast<const char*>(tensor.values.data()),
                                        static_cast<qsizetype>(tensor.values.size() * sizeof(float))));
        }
    }
    return QString::fromLatin1(hash.result().toHex());
}

/// The tensors of a package that is in memory, as a source whose layout can be checked.
class InMemory final : public TensorSource {
public:
    InMemory(QString path, const std::map<std::string, Tensor>& weights)
        : m_path(std::move(path))
    {
        for (const auto& [name, tensor] : weights)
            m_tensors.emplace_back(name, TensorInfo{ElementType::F32, tensor.shape});
    }
    [[nodiscard]] QString path() const override { return m_path; }
    [[nodiscard]] const std::vector<std::pair<std::string, TensorInfo>>& tensors() const override
    {
        return m_tensors;
    }
    [[nodiscard]] Result<std::map<std::string, Tensor>> read(const std::vector<std::string>&) override
    {
        return {};
    }

private:
    QString m_path;
    std::vector<std::pair<std::string, TensorInfo>> m_tensors;
};

} // namespace

Result<ModelPackage> ModelPackage::loadManifest(const QString& path)
{
    const auto file = SafetensorsFile::open(path);
    if (!file)
        return fail(file.error());
    return readManifest(**file);
}

Result<ModelPackage> ModelPackage::load(const QString& path)
{
    const auto file = SafetensorsFile::open(path);
    if (!file)
        return fail(file.error());
    auto package = readManifest(**file);
    if (!package)
        return package;

    const std::map<std::string, TensorInfo> infos((*file)->tensors().begin(), (*file)->tensors().end());
    QCryptographicHash hash(QCryptographicHash::Sha256);
    QCryptographicHash backbone(QCryptographicHash::Sha256);
    for (const auto& [name, info] : infos) {
        const auto bytes = (*file)->bytes(name);
        if (!bytes)
            return fail(bytes.error());
        hash.addData(*bytes);
        if (package->backbone.isEmpty() && !isHead(name))
            backbone.addData(*bytes);
        const auto count = static_cast<std::size_t>(elementCount(info.shape));
        Tensor tensor{info.shape, std::vector<float>(count)};
        convertToFloat(info.type, bytes->constData(), count, tensor.values.data());
        package->weights.emplace(name, std::move(tensor));
    }
    const QString actual = QString::fromLatin1(hash.result().toHex());
    if (!package->fingerprint.isEmpty() && package->fingerprint != actual) {
        return fail(modelerrors::bad(
            path, QCoreApplication::translate("goodsight::Model",
                                              "its weights are not those it was saved with: it is damaged")));
    }
    package->fingerprint = actual;
    if (package->backbone.isEmpty())
        package->backbone = QString::fromLatin1(backbone.result().toHex());
    if (auto finite = resnet18::checkFinite(package->weights, path); !finite)
        return fail(finite.error());
    return package;
}

Result<void> ModelPackage::save(const QString& path, bool half) const
{
    const QByteArray json = QJsonDocument(modelmanifest::write(*this)).toJson(QJsonDocument::Compact);
    ModelPackage check;
    if (auto read = modelmanifest::read(json, path, check); !read)
        return read;
    const auto layout = resnet18::layoutOf(InMemory(path, weights));
    if (!layout)
        return fail(layout.error());
    if (layout->form != resnet18::Form::Folded || layout->classes != classes.size()) {
        return fail(modelerrors::bad(
            path,
            QCoreApplication::translate("goodsight::Model", "its weights do not fit its list of classes")));
    }
    if (auto finite = resnet18::checkFinite(weights, path); !finite)
        return finite;
    return writeSafetensors(path,
                            {{kManifestKey, QString::fromUtf8(json)},
                             {kFingerprintKey, fingerprintOf(weights, half, Part::All)},
                             {kBackboneKey, fingerprintOf(weights, half, Part::Backbone)}},
                            weights, half);
}

} // namespace goodsight
