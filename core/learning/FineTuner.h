#pragma once

#include "core/imaging/ImageDecoder.h"
#include "core/learning/EpochReport.h"
#include "core/learning/StartModel.h"
#include "core/learning/TeacherAnswers.h"
#include "core/learning/TrainableNetwork.h"
#include "core/learning/TrainingPlan.h"
#include "core/learning/TrainingSet.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>

namespace goodsight {

/// What is to be trained, and where.
struct FineTuneRequest {
    TrainingPlan plan;
    TrainingSet set;
    StartModel start;
    std::optional<TeacherAnswers> teacher;
    QString folder; ///< of this run: checkpoints and kept activations. A run that was stopped goes on from it
    qint64 cacheBytes = qint64{6} << 30; ///< most that kept views and activations may take on the disk
    double checkpointSeconds = 60;       ///< least time between two checkpoints; 0: after every step
    DecodeLimits limits;
    /// Makes the network; TorchApi::makeTrainable.
    std::function<Result<std::unique_ptr<TrainableNetwork>>(const TrainableSpec&)> makeNetwork;
};

/// What a run says while it runs, on its thread. May all be empty.
struct FineTuneEvents {
    std::function<bool()> stopRequested; ///< asked between layers; any thread
    std::function<void(qint64 done, qint64 total, const QString& what)> progress;
    std::function<void(const EpochReport&)> epoch;
    /// A photo that cannot be read; the run goes on without it.
    std::function<void(const QString& file, const Error& error)> photoFailed;
    /// A checkpoint that could not be kept; the run goes on.
    std::function<void(const Error& error)> notKept;
    /// Called before each pass over `rows` rows; what it throws is taken as thrown by the pass.
    std::function<void(int rows)> pass;
};

/// What a run gives.
struct FineTuned {
    std::map<std::string, Tensor> weights; ///< folded, by torchvision's names, fc for the set's classes
    std::vector<EpochReport> epochs;       ///< those before a resume too
    int photos = 0;                        ///< that were trained on
    QStringList failed;                    ///< files of photos that could not be read
    double seconds = 0;                    ///< of work, those before a resume too
    int smallestPass = 0; ///< rows of a pass after memory was short; the batch where it never was
};

/// Trains a model by a plan.
///
/// What the frozen layers make of each kept view is computed once and kept on the disk in half precision; the
/// epochs run only the trained layers. Stopped by SIGKILL at any moment and called again with the same
/// request, it goes on from its last checkpoint to the same bits (on one machine with the same number of
/// threads).
///
/// Any one thread; minutes to hours. Errors: "bad-plan", "no-photos", "one-class" (nothing to tell apart),
/// "no-teacher-answers" (a view without a row, classes without a column), "diverged" (the loss is not a
/// number any more), "out-of-memory" (with a single row too), "cancelled", "backend-failed", "unwritable".
[[nodiscard]] Result<FineTuned> fineTune(const FineTuneRequest& request, const FineTuneEvents& events);

} // namespace goodsight
