#pragma once

#include "core/base/Job.h"
#include "core/learning/EpochReport.h"
#include "core/model/ModelPackage.h"

#include <QDateTime>
#include <QStringList>

#include <cmath>
#include <functional>
#include <limits>
#include <memory>

namespace goodsight {

/// What a person asks for.
struct TrainingWish {
    QString preset;     ///< "quick", "thorough", "classic"
    QString projectDir; ///< whose photos are learnt from
    QString startModel; ///< name of the model to start from
    int photos = 0;     ///< labelled ones, when it was asked
    int products = 0;
    /// Where the run keeps what it needs to go on after a stop; its own. TrainingController names it.
    QString folder;
};

/// A product that a run does not know well yet.
struct WeakProduct {
    QString id;
    double recall = std::numeric_limits<double>::quiet_NaN(); ///< share right of its val photos, 0..1
    int photos = 0;                                           ///< that the run learns from
};

/// One run, asked for, under way or over.
struct TrainingRun {
    enum class State { Waiting, Running, Done, Failed, Cancelled };

    qint64 id = 0; ///< rising with time
    TrainingWish wish;
    State state = State::Waiting;
    QDateTime asked;
    QDateTime begun;
    QDateTime ended;           ///< while it runs, its last epoch's
    double before = 0;         ///< seconds of its parts before it was stopped and went on
    QList<EpochReport> epochs; ///< the last one is how the run stands
    QList<WeakProduct> worst;  ///< worst first
    int photos = 0;            ///< that it learns from, once it has looked; 0 before
    QString model;             ///< name of the model that it made; empty before
    Error error;               ///< why it failed; empty code: it did not
    int lost = 0;              ///< photos that it could not use
    Error warning;             ///< the first of what it met and went on after; empty code: nothing

    /// Whether its last epoch was measured on val photos.
    [[nodiscard]] bool validated() const { return !epochs.isEmpty() && std::isfinite(epochs.last().valTop1); }
    [[nodiscard]] bool over() const { return state != State::Waiting && state != State::Running; }
    /// What it learns from, as far as it is known.
    [[nodiscard]] int learntFrom() const { return photos > 0 ? photos : wish.photos; }
    /// Seconds that it took, as far as they are known.
    [[nodiscard]] double seconds() const
    {
        return before + (begun.isValid() ? static_cast<double>(begun.msecsTo(ended)) / 1000 : 0);
    }
};

/// What a training job says while it runs. All may be called with any of them empty by a test.
struct TrainingCallbacks {
    /// Once, before the first epoch: the classes, and of each how many photos are learnt from; any thread.
    std::function<void(const QList<ModelClass>& classes, const QList<int>& photos)> onClasses;
    std::function<void(const EpochReport& report)> onEpoch; ///< after each epoch; any thread
    /// A photo that is passed over, or a checkpoint ("file" is empty) that was not kept; any thread.
    std::function<void(const QString& file, const Error& error)> onWarning;
    /// At the end, on the thread that started the job: the new model's name, or why there is none
    /// ("cancelled" where it was stopped).
    std::function<void(const Result<QString>& model)> onFinished;
};

/// Makes the job of a run: one that goes on where the wish's folder holds a run, and begins one there
/// otherwise. UI thread.
using TrainingJobFactory = std::function<std::unique_ptr<Job>(const TrainingWish&, TrainingCallbacks)>;

} // namespace goodsight
