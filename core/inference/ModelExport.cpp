#include "core/inference/ModelExport.h"

#include "core/inference/Backend.h"
#include "core/inference/ExportTarget.h"
#include "core/inference/GoldenReplay.h"
#include "core/inference/Guard.h"
#include "core/inference/InferenceText.h"
#include "core/inference/OnnxResNet18.h"
#include "core/inference/ResNet18Graph.h"
#include "core/inference/TorchLibrary.h"
#include "core/model/ModelErrors.h"
#include "core/model/ModelManifest.h"
#include "core/model/Safetensors.h"
#include "core/model/StateDictReader.h"

#include <QCryptographicHash>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSaveFile>
#include <QThread>

#include <algorithm>
#include <cmath>

namespace goodsight {

namespace {

constexpr int kSteps = 3;

Result<void> writeBytes(const QString& path, const QByteArray& bytes)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
        return fail(modelerrors::cannotWrite(path, file));
    return {};
}

Result<QByteArray> readBytes(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(modelerrors::cannotOpen(path, file));
    QByteArray bytes = file.readAll();
    if (file.error() != QFileDevice::NoError)
        return fail(modelerrors::cannotRead(path, file.errorString()));
    return bytes;
}

QByteArray jsonText(const QJsonObject& object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

/// The reference backend for what was found in a file: the package with those weights. Not checked yet.
Result<std::unique_ptr<Backend>> backendWith(ModelPackage package,
                                             Result<std::map<std::string, Tensor>> weights)
{
    if (!weights)
        return fail(weights.error());
    const auto torch = torchlibrary::load();
    if (!torch)
        return fail(torch.error());
    package.weights = std::move(*weights);
    return (*torch)->makeBackend(package, QThread::idealThreadCount());
}

/// One format: how a model gets into a file, and how a backend comes out of it again.
class Format {
public:
    explicit Format(const ModelPackage& package)
        : m_package(package)
    {}
    virtual ~Format() = default;
    Format(const Format&) = delete;
    Format& operator=(const Format&) = delete;

    [[nodiscard]] virtual Result<void> write(const QString& path) const = 0;
    [[nodiscard]] virtual Result<std::unique_ptr<Backend>> read(const QString& path) const = 0;

protected:
    const ModelPackage& m_package;
};

class Onnx final : public Format {
public:
    using Format::Format;
    [[nodiscard]] Result<void> write(const QString& path) const override
    {
        OnnxFile file = onnxresnet18::fromPackage(m_package);
        const QJsonObject manifest = modelmanifest::write(m_package);
        for (const char* key : {"name", "title", "classes", "preprocessing", "temperature", "licence"}) {
            const QJsonValue value = manifest.value(QLatin1String(key));
            file.metadata.insert(key, textOf(value));
        }
        return writeBytes(path, file.write());
    }
    [[nodiscard]] Result<std::unique_ptr<Backend>> read(const QString& path) const override
    {
        const auto bytes = readBytes(path);
        if (!bytes)
            return fail(bytes.error());
        const auto file = OnnxFile::read(*bytes, path);
        if (!file)
            return fail(file.error());
        return backendWith(m_package, onnxresnet18::weightsOf(*file, path));
    }

private:
    /// Texts as they are, everything else as JSON.
    [[nodiscard]] static QByteArray textOf(const QJsonValue& value)
    {
        if (value.isString())
            return value.toString().toUtf8();
        if (value.isArray())
            return QJsonDocument(value.toArray()).toJson(QJsonDocument::Compact);
        if (value.isObject())
            return jsonText(value.toObject());
        return QByteArray::number(value.toDouble(), 'g', 17);
    }
};

class TorchScript final : public Format {
public:
    using Format::Format;
    [[nodiscard]] Result<void> write(const QString& path) const override
    {
        const auto torch = torchlibrary::load();
        if (!torch)
            return fail(torch.error());
        const auto script = (*torch)->makeTorchScript(m_package, jsonText(modelmanifest::write(m_package)));
        return script ? writeBytes(path, *script) : fail(script.error());
    }
    [[nodiscard]] Result<std::unique_ptr<Backend>> read(const QString& path) const override
    {
        const auto torch = torchlibrary::load();
        const auto bytes = readBytes(path);
        if (!torch || !bytes)
            return fail(torch ? bytes.error() : torch.error());
        return (*torch)->loadTorchScript(*bytes);
    }
};

class Safetensors final : public Format {
public:
    using Format::Format;
    [[nodiscard]] Result<void> write(const QString& path) const override
    {
        std::map<std::string, Tensor> tensors;
        for (StateDictEntry& entry : resnet18::stateDict(m_package.weights)) {
            if (entry.type == ElementType::F32) // counters are no weights, and are missed by nobody
                tensors.emplace(entry.name, std::move(entry.tensor));
        }
        return writeSafetensors(path,
                                {{QStringLiteral("format"), QStringLiteral("pt")},
                                 {QStringLiteral("name"), m_package.name},
                                 {QStringLiteral("licence"), m_package.licence}},
                                tensors, false);
    }
    [[nodiscard]] Result<std::unique_ptr<Backend>> read(const QString& path) const override
    {
        const auto file = SafetensorsFile::open(path);
        return file ? backendWith(m_package, resnet18::foldedWeights(**file)) : fail(file.error());
    }
};

class Pth final : public Format {
public:
    using Format::Format;
    [[nodiscard]] Result<void> write(const QString& path) const override
    {
        return writeStateDict(path, resnet18::stateDict(m_package.weights));
    }
    [[nodiscard]] Result<std::unique_ptr<Backend>> read(const QString& path) const override
    {
        const auto file = StateDictFile::open(path);
        return file ? backendWith(m_package, resnet18::foldedWeights(**file)) : fail(file.error());
    }
};

std::unique_ptr<Format> formatOf(ExportFormat format, const ModelPackage& package)
{
    switch (format) {
    case ExportFormat::Onnx:
        return std::make_unique<Onnx>(package);
    case ExportFormat::TorchScript:
        return std::make_unique<TorchScript>(package);
    case ExportFormat::Safetensors:
        return std::make_unique<Safetensors>(package);
    case ExportFormat::Pth:
        break;
    }
    return std::make_unique<Pth>(package);
}

QJsonArray shapeOf(const QList<int>& sizes)
{
    QJsonArray shape{QStringLiteral("batch")};
    for (const int size : sizes)
        shape.append(size);
    return shape;
}

/// What another program has to know to use the file.
QByteArray sidecarText(const ModelPackage& package, const ExportRequest& request, const QByteArray& file)
{
    QJsonObject json = modelmanifest::write(package);
    json.remove(QStringLiteral("format")); // of the package
    json.remove(QStringLiteral("int8"));   // scales that only Goodsight's own engine reads
    if (request.format == ExportFormat::Pth || request.format == ExportFormat::Safetensors)
        json.insert(QStringLiteral("architecture"), QStringLiteral("torchvision.models.resnet18"));
    const QByteArray hash = QCryptographicHash::hash(file, QCryptographicHash::Sha256).toHex();
    json.insert(QStringLiteral("file"),
                QJsonObject{{QStringLiteral("name"), QFileInfo(request.file).fileName()},
                            {QStringLiteral("format"), exportFormatInfo(request.format).name},
                            {QStringLiteral("bytes"), file.size()},
                            {QStringLiteral("sha256"), QString::fromLatin1(hash)}});
    const int side = resnet18::kInputSide;
    json.insert(QStringLiteral("inputs"),
                QJsonArray{QJsonObject{{QStringLiteral("name"), QStringLiteral("input")},
                                       {QStringLiteral("type"), QStringLiteral("float32")},
                                       {QStringLiteral("shape"), shapeOf({3, side, side})},
                                       {QStringLiteral("colours"), QStringLiteral("RGB")}}});
    QJsonArray outputs{
        QJsonObject{{QStringLiteral("name"), QStringLiteral("logits")},
                    {QStringLiteral("shape"), shapeOf({static_cast<int>(package.classes.size())})}}};
    if (request.format == ExportFormat::Onnx || request.format == ExportFormat::TorchScript) {
        outputs.append(QJsonObject{{QStringLiteral("name"), QStringLiteral("embedding")},
                                   {QStringLiteral("shape"), shapeOf({resnet18::kEmbeddingSize})}});
    }
    json.insert(QStringLiteral("outputs"), outputs);
    return QJsonDocument(json).toJson();
}

double largestLogit(const GoldenOutputs& golden)
{
    double largest = 0;
    for (const std::vector<float>& row : golden.logits) {
        for (const float logit : row)
            largest = std::max(largest, std::abs(static_cast<double>(logit)));
    }
    return largest;
}

class Exporter {
public:
    Exporter(const ExportRequest& request, Job::Control& control)
        : m_request(request)
        , m_control(control)
        , m_target(request.file)
    {}

    Result<ExportedModel> run()
    {
        say(0, InferenceText::tr("Reading %1").arg(quotedName(m_request.model)));
        if (auto target = m_target.check(m_request.model); !target)
            return fail(target.error());
        const auto package = ModelPackage::load(m_request.model);
        if (!package)
            return fail(package.error());
        if (m_control.stopRequested())
            return fail(cancelledError());
        auto exported = write(*package);
        if (!exported)
            return fail(m_target.named(exported.error()));
        return exported;
    }

private:
    void say(int step, const QString& what) { m_control.progress(step, kSteps, what); }

    Result<ExportedModel> write(const ModelPackage& package)
    {
        say(1, InferenceText::tr("Writing %1").arg(quotedName(m_request.file)));
        const auto format = formatOf(m_request.format, package);
        if (auto written = format->write(m_target.file()); !written)
            return fail(written.error());
        if (m_control.stopRequested())
            return fail(cancelledError());
        say(2, InferenceText::tr("Checking %1").arg(quotedName(m_request.file)));
        const auto difference = replay(package, *format);
        if (!difference)
            return fail(difference.error());
        const auto bytes = readBytes(m_target.file());
        if (!bytes)
            return fail(bytes.error());
        if (auto sidecar = writeBytes(m_target.sidecar(), sidecarText(package, m_request, *bytes)); !sidecar)
            return fail(sidecar.error());
        if (m_control.stopRequested())
            return fail(cancelledError());
        if (auto placed = m_target.place(); !placed)
            return fail(placed.error());
        return ExportedModel{m_request.file, ExportTarget::sidecarOf(m_request.file), bytes->size(),
                             *difference};
    }

    /// The largest difference of what the file gives from what the package gives.
    Result<double> replay(const ModelPackage& package, const Format& format)
    {
        const auto original = createBackend(BackendKind::Torch, package, QThread::idealThreadCount());
        if (!original)
            return fail(original.error());
        auto golden = makeGolden(**original, package);
        if (!golden)
            return fail(golden.error());
        if (m_control.stopRequested())
            return fail(cancelledError());
        const auto backend = format.read(m_target.file());
        if (!backend)
            return fail(backend.error());
        const auto fromGolden = replayGolden(**backend, package);
        if (!fromGolden)
            return fail(fromGolden.error());
        ModelPackage here = package;
        here.golden = std::move(*golden);
        const auto difference = replayGolden(**backend, here);
        if (!difference)
            return fail(difference.error());
        const double allowed = kExportTolerance * std::max(1.0, largestLogit(here.golden));
        const double goldenAllowed = static_cast<double>(package.golden.tolerance);
        if (*difference > allowed || *fromGolden > goldenAllowed) {
            return fail("export-mismatch",
                        InferenceText::tr("%1 does not give the answers of its model: it is off by %2.")
                            .arg(quotedName(m_request.file))
                            .arg(std::max(*difference, *fromGolden), 0, 'g', 2),
                        InferenceText::tr("Nothing was kept. Try again, or choose another format."));
        }
        return *difference;
    }

    const ExportRequest& m_request;
    Job::Control& m_control;
    ExportTarget m_target;
};

} // namespace

const ExportFormatInfo& exportFormatInfo(ExportFormat format)
{
    return *std::find_if(kExportFormats.begin(), kExportFormats.end(),
                         [format](const ExportFormatInfo& info) { return info.format == format; });
}

Result<ExportFormat> exportFormatFromName(const QString& name)
{
    QStringList names;
    for (const ExportFormatInfo& info : kExportFormats) {
        if (name == info.name)
            return info.format;
        names += info.name;
    }
    return fail("unknown-format", InferenceText::tr("There is no format “%1”.").arg(name),
                InferenceText::tr("Formats: %1").arg(names.join(QStringLiteral(", "))));
}

Result<ExportedModel> exportModel(const ExportRequest& request, Job::Control& control)
{
    return guarded([&] { return Exporter(request, control).run(); });
}

} // namespace goodsight
