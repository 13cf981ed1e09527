#include "core/model/ModelImport.h"

#include "core/model/ClassList.h"
#include "core/model/ModelErrors.h"
#include "core/model/ResNet18Weights.h"
#include "core/model/Safetensors.h"
#include "core/model/StateDictReader.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QFileInfo>

#include <algorithm>

namespace goodsight {

namespace {

constexpr int kSteps = 4;

bool isHalf(const TensorSource& source)
{
    return std::all_of(source.tensors().begin(), source.tensors().end(),
                       [](const auto& tensor) { return tensor.second.type == ElementType::F16; });
}

class Importer {
public:
    Importer(const ModelLibrary& library, const ImportRequest& request, Job::Control& control)
        : m_library(library)
        , m_request(request)
        , m_control(control)
    {}

    Result<InstalledModel> run()
    {
        if (!m_request.name.isEmpty()) {
            if (auto name = m_library.checkNewName(m_request.name); !name)
                return fail(name.error());
        }
        say(0, QCoreApplication::translate("goodsight::Model", "Reading %1").arg(quotedName(m_request.file)));
        if (isStateDict(m_request.file)) {
            const auto file = StateDictFile::open(m_request.file);
            return file ? fromWeights(**file) : fail(file.error());
        }
        const auto file = SafetensorsFile::open(m_request.file);
        if (!file)
            return fail(file.error());
        if ((*file)->metadata().contains(ModelPackage::kManifestKey))
            return fromPackage(isHalf(**file));
        return fromWeights(**file);
    }

private:
    void say(int step, const QString& what) { m_control.progress(step, kSteps, what); }

    Result<InstalledModel> fromPackage(bool half)
    {
        if (!m_request.labelsFile.isEmpty()) {
            return fail("labels-not-needed",
                        QCoreApplication::translate("goodsight::Model",
                                                    "%1 is a Goodsight model and names its classes itself.")
                            .arg(quotedName(m_request.file)),
                        QCoreApplication::translate("goodsight::Model", "Import it without --labels."));
        }
        auto package = ModelPackage::load(m_request.file);
        if (!package)
            return fail(package.error());
        return install(*package, half, package->name);
    }

    Result<InstalledModel> fromWeights(TensorSource& source)
    {
        const auto layout = resnet18::layoutOf(source);
        if (!layout)
            return fail(layout.error());
        const auto classes = classList(m_request.labelsFile, layout->classes, m_request.file);
        if (!classes)
            return fail(classes.error());
        say(1, QCoreApplication::translate("goodsight::Model", "Converting the weights"));
        auto weights = resnet18::foldedWeights(source);
        if (!weights)
            return fail(weights.error());
        if (m_control.stopRequested())
            return fail(cancelledError());

        const QString base = QFileInfo(m_request.file).completeBaseName();
        ModelPackage package;
        package.name = m_request.name.isEmpty() ? m_library.freeName(base) : m_request.name;
        package.titleZh = m_request.titleZh.isEmpty() ? base : m_request.titleZh;
        package.titleEn = m_request.titleEn.isEmpty() ? base : m_request.titleEn;
        package.architecture = resnet18::kArchitecture;
        package.classes = *classes;
        package.licence = m_request.licence;
        package.weights = std::move(*weights);
        package.manifest = {
            {QStringLiteral("created"), QDateTime::currentDateTimeUtc().toString(Qt::ISODate)},
            {QStringLiteral("parent"), QFileInfo(m_request.file).fileName()},
            {QStringLiteral("parts"), m_request.parts}};
        if (m_request.golden) {
            say(2, QCoreApplication::translate("goodsight::Model", "Computing the check values"));
            auto golden = m_request.golden(package);
            if (!golden)
                return fail(golden.error());
            package.golden = std::move(*golden);
        }
        return install(package, isHalf(source) && layout->form == resnet18::Form::Folded, package.name);
    }

    Result<InstalledModel> install(ModelPackage& package, bool half, const QString& wish)
    {
        if (m_control.stopRequested())
            return fail(cancelledError());
        package.name = m_request.name.isEmpty() ? m_library.freeName(wish) : m_request.name;
        say(3, QCoreApplication::translate("goodsight::Model", "Installing %1").arg(package.name));
        auto installed = m_library.install(package, half);
        if (installed && m_control.stopRequested()) {
            // Whoever asked to stop is told that it was stopped, so nothing may have happened.
            if (auto removed = m_library.remove(package.name); !removed)
                return fail(removed.error());
            return fail(cancelledError());
        }
        return installed;
    }

    const ModelLibrary& m_library;
    const ImportRequest& m_request;
    Job::Control& m_control;
};

} // namespace

Result<InstalledModel> importModel(const ModelLibrary& library, const ImportRequest& request,
                                   Job::Control& control)
{
    return Importer(library, request, control).run();
}

ImportModelJob::ImportModelJob(ModelLibrary library, ImportRequest request,
                               std::function<void(const Result<InstalledModel>&)> done)
    : m_library(std::move(library))
    , m_request(std::move(request))
    , m_done(std::move(done))
{}

QString ImportModelJob::title() const
{
    return QCoreApplication::translate("goodsight::Model", "Importing %1").arg(quotedName(m_request.file));
}

Result<void> ImportModelJob::process(Control& control)
{
    auto installed = importModel(m_library, m_request, control);
    if (!installed)
        return fail(installed.error());
    m_model = std::move(*installed);
    return {};
}

void ImportModelJob::finish(const Result<void>& result)
{
    if (!m_done)
        return;
    if (result)
        m_done(m_model);
    else
        m_done(fail(result.error()));
}

} // namespace goodsight
