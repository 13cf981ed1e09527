#pragma once

#include "ui/training/TrainingRun.h"

#include <QCoreApplication>

namespace goodsight {

/// What the training page says in several places. UI thread.
class TrainingWords {
    Q_DECLARE_TR_FUNCTIONS(goodsight::TrainingWords)
public:
    /// "Quick", "Thorough", "Classic"; the preset's own name for another one.
    [[nodiscard]] static QString preset(const QString& name);
    /// What it does and for whom, one sentence.
    [[nodiscard]] static QString presetMeaning(const QString& name);
    [[nodiscard]] static QString state(TrainingRun::State state);
    /// What the run met and went on after: how many photos it could not use, with the first reason as the
    /// hint. An empty message: nothing.
    [[nodiscard]] static Error warning(const TrainingRun& run);
    /// "3 min 20 s", rounded as far as it makes sense.
    [[nodiscard]] static QString duration(double seconds);
    /// "84.2%"; "–" for NaN.
    [[nodiscard]] static QString share(double share);
};

/// Photos of a product from which on training does well with it.
inline constexpr int kEnoughPhotos = 10;

} // namespace goodsight
