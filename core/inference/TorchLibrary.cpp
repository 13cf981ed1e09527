#include "core/inference/TorchLibrary.h"

#include "core/inference/InferenceText.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QLibrary>
#include <QMutex>

namespace goodsight::torchlibrary {

namespace {

// OpenMP's threads otherwise spin while they wait for each other. With anything else running on the same
// cores that made a pass over two threads 16 times slower (1600 ms against 100 ms), and saves nothing on idle
// ones. OpenMP reads the variable once, when it is loaded: this is for the one that a LibTorch may bring
// along; for our own see PatientThreads.h. Set before main: later, setenv would race other threads' getenv.
[[maybe_unused]] const bool kThreadsSleepWhileTheyWait = qEnvironmentVariableIsSet("OMP_WAIT_POLICY") ||
                                                         qEnvironmentVariableIsSet("GOMP_SPINCOUNT") ||
                                                         qputenv("OMP_WAIT_POLICY", "PASSIVE");

QString fileName()
{
#if defined(Q_OS_WIN)
    return QStringLiteral("goodsight_torch.dll");
#elif defined(Q_OS_MACOS)
    return QStringLiteral("libgoodsight_torch.dylib");
#else
    return QStringLiteral("libgoodsight_torch.so");
#endif
}

tl::unexpected<Error> unavailable(const QString& reason)
{
    return fail("backend-unavailable", InferenceText::tr("LibTorch could not be loaded: %1").arg(reason),
                InferenceText::tr("Install Goodsight again, or choose another engine."));
}

Result<TorchApi*> open(const QString& path)
{
    QLibrary library(path);
    // Never unloaded: LibTorch's threads and thread-local objects outlive every handle.
    library.setLoadHints(QLibrary::PreventUnloadHint);
    if (!library.load())
        return unavailable(library.errorString());
    const auto function = reinterpret_cast<TorchApiFunction>(library.resolve(kTorchApiSymbol));
    TorchApi* const api = function ? function() : nullptr;
    if (!api || api->version() != TorchApi::kVersion)
        return unavailable(
            InferenceText::tr("%1 belongs to another version of Goodsight.").arg(quotedName(path)));
    return api;
}

} // namespace

QStringList candidates()
{
    const QString chosen = qEnvironmentVariable("GOODSIGHT_TORCH_LIBRARY");
    if (!chosen.isEmpty())
        return {chosen};
    const QString beside = QCoreApplication::applicationDirPath();
    QStringList files;
    for (const char* folder : {"", "/../lib", "/../lib/goodsight"})
        files += QDir::cleanPath(beside + QLatin1String(folder)) + u'/' + fileName();
    return files;
}

Result<TorchApi*> load()
{
    static QMutex mutex;
    static TorchApi* loaded = nullptr;
    const QMutexLocker lock(&mutex);
    if (loaded)
        return loaded;
    const QStringList files = candidates();
    for (const QString& file : files) {
        if (!QFileInfo::exists(file))
            continue;
        auto api = open(file);
        if (api)
            loaded = *api;
        return api;
    }
    return unavailable(InferenceText::tr("%1 is not in %2.").arg(fileName(), QFileInfo(files.last()).path()));
}

} // namespace goodsight::torchlibrary
