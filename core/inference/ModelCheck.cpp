#include "core/inference/ModelCheck.h"

#include "core/inference/GoldenReplay.h"
#include "core/inference/Guard.h"

#include <QCoreApplication>
#include <QThread>

#include <utility>

namespace goodsight {

Result<GoldenOutputs> referenceGolden(const ModelPackage& package)
{
    return guarded([&]() -> Result<GoldenOutputs> {
        const auto backend = createBackend(BackendKind::Torch, package, QThread::idealThreadCount());
        if (!backend)
            return fail(backend.error());
        return makeGolden(**backend, package);
    });
}

Result<ModelCheck> checkModel(const QString& path, const QString& name, BackendKind kind)
{
    return guarded([&]() -> Result<ModelCheck> {
        const auto package = ModelPackage::load(path);
        if (!package)
            return fail(package.error());
        if (package->golden.seeds.empty()) {
            return fail(
                "no-golden",
                QCoreApplication::translate("goodsight::ModelCheck", "The model “%1” has no check values.")
                    .arg(name),
                QCoreApplication::translate("goodsight::ModelCheck",
                                            "Import its weights again to compute them."));
        }
        const auto backend = createBackend(kind, *package, QThread::idealThreadCount());
        if (!backend)
            return fail(backend.error());
        const auto difference = replayGolden(**backend, *package);
        if (!difference)
            return fail(difference.error());
        return ModelCheck{package->fingerprint, *difference, static_cast<double>(package->golden.tolerance)};
    });
}

CheckModelJob::CheckModelJob(QString path, QString name, std::function<void(const Result<ModelCheck>&)> done)
    : m_path(std::move(path))
    , m_name(std::move(name))
    , m_done(std::move(done))
{}

QString CheckModelJob::title() const
{
    return QCoreApplication::translate("goodsight::ModelCheck", "Checking %1").arg(m_name);
}

Result<void> CheckModelJob::process(Control& control)
{
    control.progress(0, 0, title());
    auto check = checkModel(m_path, m_name, BackendKind::Torch);
    if (!check)
        return fail(check.error());
    m_check = *check;
    return {};
}

void CheckModelJob::finish(const Result<void>& result)
{
    if (result)
        m_done(m_check);
    else
        m_done(fail(result.error()));
}

} // namespace goodsight
