#pragma once

#include "core/base/Job.h"
#include "core/dataset/DatasetStore.h"
#include "core/evaluation/SwitchEffects.h"
#include "core/inference/Backend.h"

#include <QCoreApplication>

#include <functional>

namespace goodsight {

class PriorReplay;
class Recognizer;

/// Labelled val photos below which figures would be luck.
inline constexpr int kMeasuredAtLeast = 30;

/// What is measured, and with what.
struct SwitchMeasurementWish {
    QString modelFile;
    BackendKind backend = BackendKind::Auto;
    int threads = 0;
    int maxMegapixels = 200;
    QString projectDir;
    /// Open for writing, to give photos without a part one; outlives the job. Null: they are left alone.
    DatasetStore* store = nullptr;
    QString priorFile;   ///< a table; empty: the project's answers
    QString priorSource; ///< kept in the outcome
};

/// Recognises a project's val photos in all their views and gathers SwitchEffects.
class SwitchMeasurementJob : public Job {
    Q_DECLARE_TR_FUNCTIONS(goodsight::SwitchMeasurementJob)
public:
    /// On the starting thread, at the end. Errors: the model's, the project's and the table's own,
    /// "too-few-photos", "cancelled".
    using OnFinished = std::function<void(const Result<SwitchEffects>& effects)>;

    SwitchMeasurementJob(SwitchMeasurementWish wish, OnFinished onFinished);

    [[nodiscard]] QString title() const override;
    Result<void> process(Control& control) override;
    void finish(const Result<void>& result) override;

private:
    [[nodiscard]] Result<QList<PhotoRow>> valPhotos(Control& control) const;
    [[nodiscard]] Result<PriorReplay> readPrior(const QList<PhotoRow>& photos) const;

    const SwitchMeasurementWish m_wish;
    const OnFinished m_onFinished;
    SwitchEffects m_effects;
};

} // namespace goodsight
