#pragma once

#include "core/base/Job.h"
#include "core/learning/FineTuner.h"
#include "core/learning/ValFigures.h"
#include "core/model/ModelLibrary.h"

#include <functional>

namespace goodsight {

/// A run of training, from a plan and photos to an installed model.
struct TrainRun {
    TrainingPlan plan;
    TrainingSet set;
    QString start;   ///< file of the model to start from
    QString name;    ///< of the new model; ModelLibrary::freeName() gives one
    QString titleZh; ///< empty: the name
    QString titleEn;
    /// Of the run, its own. Deleted when the model is installed, when the run fails before its first
    /// checkpoint or where another try would end the same way (its numbers grew beyond all bounds); kept when
    /// it is stopped. One that fails otherwise keeps its checkpoints, not its rows.
    QString folder;

    /// Keeps the run as `folder`/run.json: the photos as they are now, so that a run goes on with them though
    /// the project was edited since. Errors: "disk-full", "unwritable".
    [[nodiscard]] Result<void> save() const;
    /// Whether `folder` holds a run, or what one kept of itself.
    [[nodiscard]] static bool isIn(const QString& folder);
    /// What save() kept. Errors: "not-found", "bad-run", "bad-plan".
    [[nodiscard]] static Result<TrainRun> load(const QString& folder);
};

/// What a finished run made.
struct TrainOutcome {
    InstalledModel model;
    ValFigures val;
    int photos = 0; ///< that were trained on
    QStringList failed;
    double seconds = 0;
};

/// Trains, checks and installs a model: weights in half precision, temperature fitted on val, golden outputs
/// of the reference, and a manifest with parent, licence, plan, seed, data fingerprint and figures. The model
/// that was in use stays in use. A name that was taken meanwhile gets a number. Errors: also "run-in-use"
/// where another process works on the run's folder.
class TrainJob final : public Job {
public:
    struct Callbacks {
        std::function<void(const EpochReport&)> epoch; ///< worker thread
        /// Worker thread: a photo that is passed over, or a checkpoint ("file" is empty) that was not kept.
        std::function<void(const QString& file, const Error& error)> warning;
        std::function<void(const Result<TrainOutcome>&)> done; ///< by finish(), on the starting thread
    };

    TrainJob(ModelLibrary library, TrainRun run, Callbacks callbacks);

    [[nodiscard]] QString title() const override;
    Result<void> process(Control& control) override;
    void finish(const Result<void>& result) override;
    /// What a process() that succeeded has made.
    [[nodiscard]] const TrainOutcome& outcome() const { return m_outcome; }

private:
    [[nodiscard]] Result<void> keepWhatIsWorthIt(Control& control);
    [[nodiscard]] Result<void> train(Control& control);
    [[nodiscard]] Result<void> install(ModelPackage package);
    [[nodiscard]] Result<ModelPackage> packageOf(const StartModel& start, FineTuned tuned, Control& control);
    [[nodiscard]] Result<ValFigures> measure(const ModelPackage& package, Control& control);

    const ModelLibrary m_library;
    const TrainRun m_run;
    const Callbacks m_callbacks;
    TrainOutcome m_outcome;
};

} // namespace goodsight
