#include "core/inference/BackendChoice.h"

#include "core/base/Cpu.h"
#include "core/base/Memory.h"
#include "core/base/Paths.h"
#include "core/inference/GoldenReplay.h"
#include "core/inference/OneDnnBackend.h"
#include "core/model/ModelPackage.h"

#include <QCryptographicHash>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QSaveFile>

#include <algorithm>
#include <utility>

namespace goodsight {

namespace {

constexpr int kRuns = 5;
constexpr qsizetype kRemembered = 100; ///< choices kept; more are a sign of something else than models

/// Milliseconds of the fastest of a few photos; the first run, which makes what later ones use, not counted.
Result<double> timeOf(Backend& backend, const PreprocessSpec& spec)
{
    const std::vector<float> input = goldenInput(1, spec);
    double best = 0;
    for (int run = 0; run <= kRuns; ++run) {
        QElapsedTimer timer;
        timer.start();
        if (const auto out = backend.run(input, 1); !out)
            return fail(out.error());
        const double took = static_cast<double>(timer.nsecsElapsed()) / 1e6;
        if (run > 0)
            best = run == 1 ? took : std::min(best, took);
    }
    return best;
}

QJsonObject readAll(const QString& file)
{
    QFile in(file);
    constexpr qint64 kLargest = 1 << 20;
    if (!in.open(QIODevice::ReadOnly) || in.size() > kLargest)
        return {};
    return QJsonDocument::fromJson(in.readAll()).object();
}

} // namespace

BackendChoice::BackendChoice(QString file)
    : BackendChoice(std::move(file), engines())
{}

BackendChoice::BackendChoice(QString file, std::span<const Engine> engines)
    : m_file(std::move(file))
    , m_engines(engines)
{}

QString BackendChoice::defaultFile()
{
    return paths::joined(paths::cacheDir(), QStringLiteral("engines.json"));
}

QString BackendChoice::key(const ModelPackage& package, int threads) const
{
    const QByteArray scales =
        package.int8 ? QJsonDocument(package.int8->toJson()).toJson(QJsonDocument::Compact) : QByteArray();
    const QString told = QStringList{cpu::name(),
                                     oneDnnInstructions(),
                                     QString::number(threads),
                                     package.fingerprint,
                                     QString::fromLatin1(scales.toHex()),
                                     QStringLiteral(GOODSIGHT_VERSION)}
                             .join(u'\n');
    return QString::fromLatin1(
        QCryptographicHash::hash(told.toUtf8(), QCryptographicHash::Sha256).toHex().first(32));
}

QJsonObject BackendChoice::remembered(const ModelPackage& package, int threads) const
{
    return readAll(m_file).value(key(package, threads)).toObject();
}

void BackendChoice::remember(const QString& key, const QJsonObject& choice) const
{
    QJsonObject all = readAll(m_file);
    while (all.size() >= kRemembered)
        all.erase(all.begin());
    all.insert(key, choice);
    QDir().mkpath(QFileInfo(m_file).absolutePath());
    QSaveFile out(m_file);
    if (out.open(QIODevice::WriteOnly)) {
        out.write(QJsonDocument(all).toJson());
        out.commit();
    }
}

Result<std::unique_ptr<Backend>> BackendChoice::make(const ModelPackage& package, int threads) const
{
    const QString known = remembered(package, threads).value(QLatin1String("engine")).toString();
    for (const Engine& engine : m_engines) {
        if (known == QLatin1String(engine.name)) {
            if (auto made = makeChecked(engine, package, threads))
                return made;
        }
    }

    Result<std::unique_ptr<Backend>> alive = fail("backend-unavailable", {});
    const Engine* made = nullptr; // what `alive` is
    const Engine* best = nullptr;
    double bestTime = 0;
    QJsonObject times;
    for (const Engine& engine : m_engines) {
        // The reference is the last; see the class.
        if (best != nullptr && engine.kind == BackendKind::Torch && cpu::hasAvx2())
            break;
        // Never two at once: each has the model's weights in its own form.
        alive = fail("backend-unavailable", {});
        memory::giveBack();
        auto next = makeChecked(engine, package, threads);
        const Result<double> time =
            next ? timeOf(**next, package.preprocessing) : Result<double>(fail(next.error()));
        if (!time) {
            alive = fail(time.error());
            made = nullptr;
            continue;
        }
        alive = std::move(next);
        made = &engine;
        times.insert(QLatin1String(engine.name), *time);
        if (best == nullptr || *time < bestTime) {
            best = &engine;
            bestTime = *time;
        }
    }
    if (best == nullptr)
        return alive;
    if (made != best) {
        alive = fail("backend-unavailable", {});
        memory::giveBack();
        alive = makeChecked(*best, package, threads);
    }
    if (alive) {
        remember(key(package, threads), {{QStringLiteral("engine"), QLatin1String(best->name)},
                                         {QStringLiteral("ms"), times},
                                         {QStringLiteral("model"), package.name},
                                         {QStringLiteral("processor"), cpu::name()},
                                         {QStringLiteral("threads"), threads}});
    }
    return alive;
}

} // namespace goodsight
