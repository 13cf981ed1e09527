#include "core/inference/Backend.h"

#include "core/inference/BackendChoice.h"
#include "core/inference/Engines.h"
#include "core/inference/GoldenReplay.h"
#include "core/inference/InferenceText.h"
#include "core/inference/OneDnnBackend.h"
#include "core/inference/ResNet18Graph.h"
#include "core/inference/TorchLibrary.h"

#include <array>

namespace goodsight {

namespace {

using Made = Result<std::unique_ptr<Backend>>;

Made makeTorch(const ModelPackage& package, int threads)
{
    const auto torch = torchlibrary::load();
    if (!torch)
        return fail(torch.error());
    return (*torch)->makeBackend(package, threads);
}

template <OneDnnPrecision kPrecision>
Made makeOneDnn(const ModelPackage& package, int threads)
{
    return makeOneDnnBackend(package, threads, kPrecision);
}

constexpr std::array<Engine, 3> kEngines{{
    {BackendKind::OneDnnInt8, "onednn-int8", makeOneDnn<OneDnnPrecision::Int8>},
    {BackendKind::OneDnnFp32, "onednn-fp32", makeOneDnn<OneDnnPrecision::Fp32>},
    {BackendKind::Torch, "torch", makeTorch},
}};

} // namespace

std::span<const Engine> engines()
{
    return kEngines;
}

Made makeChecked(const Engine& engine, const ModelPackage& package, int threads)
{
    auto backend = engine.make(package, threads);
    if (!backend)
        return backend;
    const bool eightBit = engine.kind == BackendKind::OneDnnInt8;
    const auto difference =
        eightBit ? replayInt8Golden(**backend, package) : replayGolden(**backend, package);
    if (!difference)
        return fail(difference.error());
    if (*difference > (eightBit ? kInt8Tolerance : static_cast<double>(package.golden.tolerance))) {
        return fail("backend-mismatch",
                    InferenceText::tr("The engine “%1” does not reproduce the model “%2” on this computer: "
                                      "it is off by %3.")
                        .arg(QLatin1String(engine.name), package.name)
                        .arg(*difference, 0, 'g', 3),
                    InferenceText::tr("Choose another engine, or install the model again."));
    }
    return backend;
}

Result<BackendKind> backendKindFromName(const QString& name)
{
    if (name == QLatin1String("auto"))
        return BackendKind::Auto;
    for (const Engine& engine : kEngines) {
        if (name == QLatin1String(engine.name))
            return engine.kind;
    }
    return fail("unknown-backend", InferenceText::tr("There is no engine “%1”.").arg(name),
                InferenceText::tr("Engines are auto, torch, onednn-fp32 and onednn-int8."));
}

Result<std::unique_ptr<Backend>> createBackend(BackendKind kind, const ModelPackage& package, int threads)
{
    if (auto ok = resnet18::checkRunnable(package); !ok)
        return fail(ok.error());
    if (kind == BackendKind::Auto)
        return BackendChoice(BackendChoice::defaultFile()).make(package, threads);
    for (const Engine& engine : kEngines) {
        if (kind == engine.kind)
            return makeChecked(engine, package, threads);
    }
    return fail("backend-unavailable", {});
}

} // namespace goodsight
