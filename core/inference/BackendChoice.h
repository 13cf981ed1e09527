#pragma once

#include "core/inference/Backend.h"
#include "core/inference/Engines.h"

#include <QJsonObject>

#include <span>

namespace goodsight {

/// Which engine "auto" means on this computer: the fastest of those that reproduce the model's golden
/// outputs, found by timing a few runs once and remembered in a file.
///
/// What is remembered holds for one processor, number of threads, model and its 8-bit scales, and program
/// version; anything else is timed anew. The reference engine is timed only on processors without AVX2, where
/// it may win, and used wherever no other one passes: loading LibTorch only to see that it is slower would
/// cost every first start half a second and 150 MB that are never given back. The others are made, timed and
/// let go one after another, and the winner is made again: two at once would be a first start's peak of
/// memory.
class BackendChoice {
public:
    /// `file` (JSON) need not exist, and nothing is lost when it cannot be written.
    explicit BackendChoice(QString file);
    /// With other engines, for tests.
    BackendChoice(QString file, std::span<const Engine> engines);

    /// The chosen engine, checked. Any thread. Errors: the last engine's.
    [[nodiscard]] Result<std::unique_ptr<Backend>> make(const ModelPackage& package, int threads) const;

    /// What is remembered for the model: {"engine": name, "ms": {name: milliseconds of one photo}}; empty
    /// when nothing is.
    [[nodiscard]] QJsonObject remembered(const ModelPackage& package, int threads) const;

    /// `<cacheDir>/engines.json`
    [[nodiscard]] static QString defaultFile();

private:
    [[nodiscard]] QString key(const ModelPackage& package, int threads) const;
    void remember(const QString& key, const QJsonObject& choice) const;

    QString m_file;
    std::span<const Engine> m_engines;
};

} // namespace goodsight
