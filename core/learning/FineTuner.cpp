#include "core/learning/FineTuner.h"

#include "core/base/Job.h"
#include "core/inference/Guard.h"
#include "core/learning/BatchMaker.h"
#include "core/learning/BatchPasses.h"
#include "core/learning/FailedPhotos.h"
#include "core/learning/FineTuneSetup.h"
#include "core/learning/HeadStage.h"
#include "core/learning/LearningText.h"
#include "core/learning/Optimiser.h"
#include "core/learning/RunKeeper.h"
#include "core/learning/StageRows.h"
#include "core/learning/TrainingCost.h"
#include "core/learning/ValPass.h"
#include "core/learning/ValScores.h"
#include "core/learning/ViewPool.h"
#include "core/model/ResNet18Weights.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>

#include <algorithm>
#include <cmath>
#include <string_view>

namespace goodsight {

namespace {

/// What random numbers are for; see Random::keyed(). StageRows has the others.
enum Purpose : quint32 { kMirror = 3, kMixup, kCrop };

constexpr std::size_t kCalibrationRows = 64;
constexpr int kAverageWarmUp = 10; ///< the average follows faster in its first steps

class FineTuner {
public:
    FineTuner(const FineTuneRequest& request, const FineTuneEvents& events)
        : m_request(request)
        , m_plan(request.plan)
        , m_set(request.set)
        , m_events(events)
        , m_pictures(request.set, request.plan, request.start.preprocessing, request.limits)
        , m_identity(identityOf(request))
        , m_keeper(request.folder, m_identity, request.checkpointSeconds, events.stopRequested)
        , m_failed(request.set, request.folder)
    {}

    Result<FineTuned> run()
    {
        m_clock.start();
        if (auto ok = checkRequest(m_request); !ok)
            return fail(ok.error());
        if (!QDir().mkpath(m_request.folder) || !QFileInfo(m_request.folder).isWritable()) {
            return fail(
                "unwritable",
                LearningText::tr("The folder %1 cannot be written to.").arg(quotedName(m_request.folder)));
        }
        m_failed.read();
        auto network = m_request.makeNetwork(specOf(m_request, m_events.stopRequested));
        if (!network)
            return fail(network.error());
        m_network = std::move(*network);
        if (auto ok = m_keeper.read(); !ok)
            return fail(ok.error());
        if (m_keeper.isLost() && m_events.notKept)
            m_events.notKept(
                {QStringLiteral("bad-checkpoint"),
                 LearningText::tr("What was kept of this training cannot be used: it begins anew."),
                 {}});
        makePools();
        const int first = m_keeper.stage().value_or(0);
        for (int stage = 0; stage < stageCount(); ++stage) {
            const TrainingStage& what = stageAt(stage);
            if (auto ok = m_network->begin(what.part, what.batchNorm); !ok)
                return fail(ok.error());
            if (stage < first)
                continue;
            m_at.stage = stage;
            if (auto ok = runStage(); !ok)
                return fail(ok.error());
        }
        return finish();
    }

private:
    [[nodiscard]] int stageCount() const { return static_cast<int>(m_plan.stages.size()); }
    [[nodiscard]] const TrainingStage& stageAt(int stage) const
    {
        return m_plan.stages[static_cast<std::size_t>(stage)];
    }
    [[nodiscard]] const TrainingStage& stage() const { return stageAt(m_at.stage); }
    [[nodiscard]] bool stopRequested() const { return m_events.stopRequested && m_events.stopRequested(); }
    [[nodiscard]] std::size_t classes() const { return static_cast<std::size_t>(m_set.classes.size()); }
    void say(qint64 done, qint64 total, const QString& what) const
    {
        if (m_events.progress)
            m_events.progress(done, total, what);
    }

    void sayStep(qint64 done, qint64 total) const
    {
        say(done, total,
            LearningText::tr("Stage %1 of %2, epoch %3 of %4")
                .arg(m_at.stage + 1)
                .arg(stageCount())
                .arg(m_at.epoch + 1)
                .arg(stage().epochs));
    }

    void photoFailed(std::size_t photo, const Error& error)
    {
        if (m_failed.add(photo) && m_events.photoFailed)
            m_events.photoFailed(m_set.photos[photo].file, error);
    }

    void makePools()
    {
        std::vector<ViewRef> trainRows;
        std::vector<ViewRef> valRows;
        for (std::size_t i = 0; i < m_set.photos.size(); ++i) {
            const Part part = m_set.photos[i].part;
            if (part == Part::Val)
                valRows.push_back({i, ViewRef::kPlain});
            if (part != Part::Train)
                continue;
            m_photos.push_back(i);
            for (int view = 0; view < m_plan.viewsPerPhoto; ++view)
                trainRows.push_back({i, m_pictures.kept(view)});
        }
        ViewPool::Options options;
        options.folder = m_request.folder;
        options.threads = m_plan.threads;
        options.key = m_identity.left(16).toULongLong(nullptr, 16);
        options.stopRequested = m_events.stopRequested;
        options.failed = [this](std::size_t photo, const Error& error) { photoFailed(photo, error); };
        const auto preparing = [this](int side) {
            return [this, side, before = qint64{0}](qint64 done, qint64 total) mutable {
                m_workHere += static_cast<double>(std::max<qint64>(0, done - before)) * preparingCost(side);
                before = done;
                say(done, total, LearningText::tr("Preparing the photos"));
            };
        };
        options.name = QStringLiteral("val");
        options.side = m_request.start.preprocessing.crop;
        options.progress = preparing(options.side);
        options.maxBytes = m_request.cacheBytes / 4;
        m_val = std::make_unique<ViewPool>(m_pictures, std::move(valRows), options);
        options.name = QStringLiteral("train");
        options.side = m_plan.side;
        options.progress = preparing(options.side);
        options.maxBytes = m_request.cacheBytes - m_request.cacheBytes / 4;
        options.coarse = true;
        m_train = std::make_unique<ViewPool>(m_pictures, std::move(trainRows), options);
    }

    /// Keeps what this and later stages read.
    Result<void> prepare()
    {
        const KeptForStages kept = keptFrom(m_plan, m_at.stage);
        if (auto ok = m_val->prepare(*m_network, kept.val); !ok)
            return ok;
        if (auto ok = m_train->prepare(*m_network, kept.train); !ok)
            return ok;
        m_alive.clear();
        for (std::size_t i = 0; i < m_photos.size(); ++i) {
            if (!m_failed.contains(m_photos[i]))
                m_alive.push_back(i);
        }
        if (m_alive.empty())
            return fail(noPhotos());
        return {};
    }

    [[nodiscard]] static Error noPhotos()
    {
        return {
            QStringLiteral("no-photos"), LearningText::tr("None of the photos to train on can be read."), {}};
    }

    [[nodiscard]] qint64 stepsPerEpoch(int stage) const
    {
        const TrainingStage& what = stageAt(stage);
        const auto rows = static_cast<double>(m_alive.size()) * what.viewsPerEpoch;
        return std::max<qint64>(1, std::llround(rows / what.batch));
    }

    Result<std::vector<float>> inputOf(std::span<const EpochRow> slots)
    {
        const Boundary boundary = boundaryOf(stage().part);
        if (stage().freshViews) {
            std::vector<ViewRef> views;
            for (const EpochRow& slot : slots)
                views.push_back({m_photos[slot.photo], slot.view});
            return m_train->make(*m_network, views, boundary);
        }
        std::vector<std::size_t> rows;
        for (const EpochRow& slot : slots)
            rows.push_back(slot.photo * static_cast<std::size_t>(m_plan.viewsPerPhoto) +
                           static_cast<std::size_t>(slot.view));
        return m_train->fetch(*m_network, rows, boundary);
    }

    Result<void> runStage()
    {
        const bool resumes = m_keeper.stage().has_value();
        if (resumes) {
            if (auto ok = m_keeper.putBack(*m_network); !ok)
                return ok;
        }
        if (auto ok = prepare(); !ok)
            return ok;
        m_at.epoch = 0;
        m_at.step = 0;
        m_at.counts = {};
        m_at.rowsAtOnce = stage().batch;
        if (!resumes && stage().batchNorm == BatchNormKind::Fresh && stage().part != TrainedPart::Fc) {
            if (auto ok = calibrate(); !ok)
                return ok;
        }
        m_parameters = m_network->parameters();
        if (stage().optimiser == OptimiserKind::Lbfgs)
            return fitHead();
        std::vector<std::size_t> sizes;
        for (const TrainableParameter& parameter : m_parameters)
            sizes.push_back(parameter.value.size());
        m_optimiser.emplace(stage().optimiser, stage().momentum, sizes);
        m_average.clear();
        for (const std::span<float> values : averaged())
            m_average.emplace_back(values.begin(), values.end());
        if (resumes) {
            auto state = m_keeper.putBack(*m_network, *m_optimiser, m_average);
            if (!state)
                return fail(state.error());
            m_at = std::move(*state);
        }
        m_keeper.startClock();

        std::vector<std::size_t> alivePhotos;
        for (const std::size_t i : m_alive)
            alivePhotos.push_back(m_photos[i]);
        const BatchMaker maker(stage(), m_set, alivePhotos,
                               m_request.teacher ? &*m_request.teacher : nullptr);
        for (; m_at.epoch < stage().epochs; ++m_at.epoch, m_at.step = 0, m_at.counts = {}) {
            const std::vector<EpochRow> rows = rowsOfEpoch(m_plan, m_at.stage, m_at.epoch, m_alive);
            const qint64 steps = stepsPerEpoch(m_at.stage);
            for (; m_at.step < steps; ++m_at.step) {
                if (stopRequested())
                    return fail(cancelledError());
                keepIfDue();
                const auto bound = [&](qint64 step) {
                    return static_cast<std::size_t>(static_cast<qint64>(rows.size()) * step / steps);
                };
                const std::size_t begin = bound(m_at.step);
                const std::size_t count = std::max<std::size_t>(1, bound(m_at.step + 1) - begin);
                if (auto ok = step(maker, std::span(rows).subspan(begin, count), steps); !ok)
                    return ok;
            }
            if (auto ok = report(); !ok)
                return ok;
        }
        // The last thing that a run can lose is its end: the check and the disk that the model goes to are
        // ahead.
        if (m_at.stage + 1 == stageCount())
            keep();
        const auto values = averaged();
        for (std::size_t i = 0; i < values.size(); ++i)
            std::copy(m_average[i].begin(), m_average[i].end(), values[i].begin());
        return {};
    }

    /// A stage in one go. No checkpoint is within it: it is done again, to the same end.
    Result<void> fitHead()
    {
        sayStep(0, 1);
        std::vector<int> labels;
        for (const std::size_t photo : m_alive)
            labels.push_back(static_cast<int>(labelOf(m_photos[photo])));
        auto rows =
            headRowsOf(*m_train, *m_network, m_alive, labels, m_plan.viewsPerPhoto, m_events.stopRequested);
        if (!rows)
            return fail(rows.error());
        const auto spanOf = [this](std::string_view name) {
            return std::find_if(m_parameters.begin(), m_parameters.end(),
                                [name](const TrainableParameter& one) { return one.name == name; })
                ->value;
        };
        const std::span<float> weight = spanOf("fc.weight");
        const std::span<float> bias = spanOf("fc.bias");
        LinearHeadOptions options;
        options.seed = m_plan.seed;
        options.balanced = stage().classBalance >= 0.5;
        options.threads = m_plan.threads;
        options.stopRequested = m_events.stopRequested;
        auto fitted = fitHeadStage(*rows, weight, bias, options);
        if (!fitted)
            return fail(fitted.error());
        std::copy(fitted->weight.begin(), fitted->weight.end(), weight.begin());
        std::copy(fitted->bias.begin(), fitted->bias.end(), bias.begin());
        const auto count = static_cast<double>(rows->labels.size());
        m_at.counts = {fitted->loss * count, fitted->top1, fitted->top3, count};
        m_workHere += count * costOf(stage(), m_plan.side);
        m_average.clear();
        for (const std::span<float> values : averaged())
            m_average.emplace_back(values.begin(), values.end());
        return report();
    }

    Result<void> calibrate()
    {
        std::vector<EpochRow> rows = rowsOfEpoch(m_plan, m_at.stage, 0, m_alive);
        rows.resize(std::min(rows.size(), kCalibrationRows));
        const auto input = inputOf(rows);
        if (!input)
            return fail(input.error());
        return m_network->calibrate(
            {boundaryOf(stage().part), m_plan.side, static_cast<int>(rows.size()), *input});
    }

    /// What the moving average follows: parameters and batch norms' statistics.
    [[nodiscard]] std::vector<std::span<float>> averaged() const
    {
        std::vector<std::span<float>> out;
        for (const TrainableParameter& parameter : m_parameters)
            out.push_back(parameter.value);
        for (const std::span<float> statistic : m_network->statistics())
            out.push_back(statistic);
        return out;
    }

    /// What enters the layers for `slots`, without those whose photo could not be read: fresh views meet that
    /// here first.
    Result<std::vector<float>> readableInputOf(std::vector<EpochRow>& slots)
    {
        for (;;) {
            auto input = inputOf(slots);
            const auto failed = [this](const EpochRow& slot) {
                return m_failed.contains(m_photos[slot.photo]);
            };
            if (!input || std::erase_if(slots, failed) == 0 || slots.empty())
                return input;
        }
    }

    [[nodiscard]] bool isAnyReadable() const
    {
        return std::any_of(m_alive.begin(), m_alive.end(),
                           [this](std::size_t i) { return !m_failed.contains(m_photos[i]); });
    }

    Result<void> step(const BatchMaker& maker, std::span<const EpochRow> wanted, qint64 steps)
    {
        std::vector<EpochRow> slots(wanted.begin(), wanted.end());
        auto input = readableInputOf(slots);
        if (!input)
            return fail(input.error());
        if (slots.empty())
            return isAnyReadable() ? Result<void>() : fail(noPhotos());
        const Boundary boundary = boundaryOf(stage().part);
        const BoundaryShape shape = shapeAt(boundary, m_plan.side);
        std::vector<ViewRef> views;
        for (const EpochRow& slot : slots)
            views.push_back({m_photos[slot.photo], slot.view});
        BatchTargets targets = maker.targets(views);
        Random coin = Random::keyed(m_plan.seed, kMirror, m_at.stage, m_at.epoch, m_at.step);
        maker.mirror(*input, shape, coin);
        int side = m_plan.side;
        if (boundary == Boundary::Layer2 || boundary == Boundary::Layer3) {
            Random places = Random::keyed(m_plan.seed, kCrop, m_at.stage, m_at.epoch, m_at.step);
            side = side / shape.side * maker.crop(*input, shape, places);
        }
        Random mixer = Random::keyed(m_plan.seed, kMixup, m_at.stage, m_at.epoch, m_at.step);
        maker.mix(*input, targets, mixer);

        const BatchPasses passes(*m_network, m_parameters, stage().loss, m_events.pass);
        auto pass =
            passes.run({boundary, side, static_cast<int>(slots.size()), *input}, targets, m_at.rowsAtOnce);
        if (!pass)
            return fail(pass.error());
        m_at.smallestPass =
            m_at.smallestPass == 0 ? m_at.rowsAtOnce : std::min(m_at.smallestPass, m_at.rowsAtOnce);
        if (!std::isfinite(pass->loss)) {
            return fail(
                "diverged",
                LearningText::tr("Training broke off: in stage %1, epoch %2, the loss is not a number "
                                 "any more.")
                    .arg(m_at.stage + 1)
                    .arg(m_at.epoch + 1),
                LearningText::tr("Lower the learning rate of this stage."));
        }
        const double share = scheduleAt(stage().schedule, stage().warmup, m_at.epoch * steps + m_at.step,
                                        stage().epochs * steps);
        m_optimiser->beginStep();
        for (std::size_t i = 0; i < m_parameters.size(); ++i) {
            const TrainableParameter& parameter = m_parameters[i];
            const double rate = stage().learningRate * share *
                                std::pow(stage().earlierFactor, parameter.depth) *
                                (parameter.isHead ? stage().headFactor : 1);
            m_optimiser->update(i, {rate, parameter.decays ? stage().weightDecay : 0}, parameter.value,
                                parameter.gradient);
        }
        const auto done = static_cast<double>(m_optimiser->steps());
        const double keep = std::min(stage().averageDecay, done / (done + kAverageWarmUp));
        const auto values = averaged();
        for (std::size_t i = 0; i < values.size(); ++i)
            moveAverage(m_average[i], values[i], keep);

        const auto rows = static_cast<double>(slots.size());
        m_at.counts.loss += pass->loss * rows;
        m_at.counts.rows += rows;
        for (std::size_t i = 0; i < slots.size(); ++i) {
            const int rank =
                ValScores::rankOf(std::span<const float>(pass->logits).subspan(i * classes(), classes()),
                                  labelOf(m_photos[slots[i].photo]));
            m_at.counts.top1 += rank < 1 ? 1 : 0;
            m_at.counts.top3 += rank < 3 ? 1 : 0;
        }
        m_workHere += rows * costOf(stage(), m_plan.side);
        sayStep(m_at.epoch * steps + m_at.step + 1, stage().epochs * steps);
        return {};
    }

    [[nodiscard]] std::size_t labelOf(std::size_t photo) const
    {
        return static_cast<std::size_t>(m_set.photos[photo].label);
    }

    /// Measures val by the moving average, and tells.
    Result<void> report()
    {
        EpochReport out;
        out.stage = m_at.stage;
        out.epoch = m_at.epoch;
        out.epochs = stage().epochs;
        if (m_at.counts.rows == 0)
            return fail(noPhotos());
        out.trainLoss = m_at.counts.loss / m_at.counts.rows;
        out.trainTop1 = m_at.counts.top1 / m_at.counts.rows;
        out.trainTop3 = m_at.counts.top3 / m_at.counts.rows;
        const auto values = averaged();
        std::vector<std::vector<float>> spare;
        for (std::size_t i = 0; i < values.size(); ++i) {
            spare.emplace_back(values[i].begin(), values[i].end());
            std::copy(m_average[i].begin(), m_average[i].end(), values[i].begin());
        }
        auto ok = scoreVal(*m_network, *m_val, m_set, m_failed, boundaryOf(stage().part),
                           m_events.stopRequested, out);
        for (std::size_t i = 0; i < values.size(); ++i)
            std::copy(spare[i].begin(), spare[i].end(), values[i].begin());
        if (!ok)
            return ok;
        out.secondsLeft = secondsLeft();
        m_at.reports.push_back(out);
        if (m_events.epoch)
            m_events.epoch(out);
        return {};
    }

    [[nodiscard]] double secondsLeft() const
    {
        const double left = costAfter(m_plan, m_at.stage, m_at.epoch, m_alive.size());
        const double seconds = static_cast<double>(m_clock.elapsed()) / 1000;
        return m_workHere > 0 ? seconds * left / m_workHere : -1;
    }

    void keepIfDue()
    {
        const bool first = m_at.epoch == 0 && m_at.step == 0 && m_at.stage == 0;
        if (!first && m_keeper.isDue())
            keep();
    }

    void keep()
    {
        RunState now = m_at;
        now.optimiserSteps = m_optimiser->steps();
        now.seconds = seconds();
        const auto kept = m_keeper.keep(now, *m_network, *m_optimiser, m_average);
        if (!kept && m_events.notKept && !stopRequested())
            m_events.notKept(kept.error());
    }

    [[nodiscard]] double seconds() const
    {
        return m_at.seconds + static_cast<double>(m_clock.elapsed()) / 1000;
    }

    Result<FineTuned> finish()
    {
        auto weights = m_network->folded();
        if (!weights)
            return fail(weights.error());
        if (auto finite = resnet18::checkFinite(*weights, m_request.start.name); !finite) {
            return fail("diverged",
                        LearningText::tr("Training broke off: a weight is not a number any more."),
                        LearningText::tr("Lower the learning rate."));
        }
        FineTuned out;
        out.weights = std::move(*weights);
        out.epochs = m_at.reports;
        out.photos = static_cast<int>(std::count_if(m_alive.begin(), m_alive.end(), [this](std::size_t i) {
            return !m_failed.contains(m_photos[i]);
        }));
        out.seconds = seconds();
        out.smallestPass = m_at.smallestPass;
        out.failed = m_failed.files();
        m_train->remove();
        m_val->remove();
        return out;
    }

    const FineTuneRequest& m_request;
    const TrainingPlan& m_plan;
    const TrainingSet& m_set;
    const FineTuneEvents& m_events;
    const ViewPictures m_pictures;
    const QString m_identity;
    RunKeeper m_keeper;
    std::unique_ptr<TrainableNetwork> m_network;
    std::unique_ptr<ViewPool> m_train;
    std::unique_ptr<ViewPool> m_val;
    std::vector<std::size_t> m_photos; ///< of Part::Train
    std::vector<std::size_t> m_alive;  ///< indices of m_photos that can be read
    FailedPhotos m_failed;

    RunState m_at; ///< its seconds are those before a resume
    std::vector<TrainableParameter> m_parameters;
    std::optional<Optimiser> m_optimiser;
    std::vector<std::vector<float>> m_average;

    QElapsedTimer m_clock;
    double m_workHere = 0;
};

} // namespace

Result<FineTuned> fineTune(const FineTuneRequest& request, const FineTuneEvents& events)
{
    return guarded([&] { return FineTuner(request, events).run(); });
}

} // namespace goodsight
