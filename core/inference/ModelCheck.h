#pragma once

#include "core/base/Job.h"
#include "core/inference/Backend.h"
#include "core/model/ModelPackage.h"

#include <functional>

namespace goodsight {

/// Golden outputs of `package` by the reference backend, for an import of weights that come without
/// (a GoldenMaker). Any thread. Errors: createBackend's and makeGolden's.
[[nodiscard]] Result<GoldenOutputs> referenceGolden(const ModelPackage& package);

/// What a check of a model found.
struct ModelCheck {
    QString fingerprint;
    double difference = 0; ///< largest of all outputs
    double tolerance = 0;  ///< the package's; a backend outside it is refused with an error
};

/// Loads the package at `path`, called `name` in messages, and replays its golden outputs through a backend
/// of `kind`. Any thread; a second or so. Errors: ModelPackage::load's, "no-golden", createBackend's
/// ("bad-model", "backend-mismatch").
[[nodiscard]] Result<ModelCheck> checkModel(const QString& path, const QString& name, BackendKind kind);

/// checkModel() by the reference backend as a Job.
class CheckModelJob final : public Job {
public:
    /// `done` is called by finish(), on the starting thread.
    CheckModelJob(QString path, QString name, std::function<void(const Result<ModelCheck>&)> done);

    [[nodiscard]] QString title() const override;
    Result<void> process(Control& control) override;
    void finish(const Result<void>& result) override;

private:
    QString m_path;
    QString m_name;
    std::function<void(const Result<ModelCheck>&)> m_done;
    ModelCheck m_check;
};

} // namespace goodsight
