#include "core/learning/FineTuner.h"

#include "core/base/Job.h"
#include "core/inference/Guard.h"
#include "core/learning/BatchMaker.h"
#include "core/learning/CheckpointStore.h"
#include "core/learning/FineTuneSetup.h"
#include "core/learning/Optimiser.h"
#include "core/learning/TrainingText.h"
#include "core/learning/ValScores.h"
#include "core/learning/ViewPool.h"
#include "core/model/ResNet18Weights.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QSet>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace goodsight {

namespace {

/// What random numbers are for; see Random::keyed().
enum Purpose : quint32 { kTurn = 1, kOrder, kMirror, kMixup };

constexpr int kFreshViews = 1 << 16; ///< numbers of fresh views start here
constexpr std::size_t kEvaluationBatch = 64;
constexpr std::size_t kCalibrationRows = 64;
constexpr int kAverageWarmUp = 10; ///< the average follows faster in its first steps

/// Cost of a view in prepare(), in the unit of costOf().
double preparingCost(int side)
{
    return 1.2 * side * side / (224.0 * 224.0);
}

/// Cost of a row through forward and backward passes of a stage, in passes of layer4 at 224 pixels; for the
/// estimate of the time left only.
double costOf(const TrainingStage& stage, int side)
{
    const double area = side * side / (224.0 * 224.0);
    const double frozen = 1.1; // of the layers before layer4, forward
    switch (stage.part) {
    case TrainedPart::Fc:
        return 0.003 + (stage.freshViews ? 1.4 * area : 0);
    case TrainedPart::Layer4:
        return (1 + (stage.freshViews ? frozen : 0)) * area;
    case TrainedPart::Layer3:
        return (2.1 + (stage.freshViews ? 0.7 : 0)) * area;
    case TrainedPart::All:
        break;
    }
    return 4.4 * area;
}

struct Counts {
    double loss = 0;
    double top1 = 0;
    double top3 = 0;
    double rows = 0;
};

class FineTuner {
public:
    FineTuner(const FineTuneRequest& request, const FineTuneEvents& events)
        : m_request(request)
        , m_plan(request.plan)
        , m_set(request.set)
        , m_events(events)
        , m_pictures(request.set, request.plan, request.start.preprocessing, request.limits)
        , m_identity(identityOf(request))
        , m_checkpoints(request.folder)
    {}

    Result<FineTuned> run()
    {
        m_clock.start();
        if (auto ok = checkRequest(m_request); !ok)
            return fail(ok.error());
        if (!QDir().mkpath(m_request.folder) || !QFileInfo(m_request.folder).isWritable()) {
            return fail(
                "unwritable",
                TrainingText::tr("The folder %1 cannot be written to.").arg(quotedName(m_request.folder)));
        }
        readFailedPhotos();
        auto network = m_request.makeNetwork(specOf(m_request, m_events.stopRequested));
        if (!network)
            return fail(network.error());
        m_network = std::move(*network);
        auto checkpoint = m_checkpoints.load();
        if (checkpoint && checkpoint->state.value(QLatin1String("run")).toString() != m_identity)
            checkpoint.reset();
        makePools();
        const int first = checkpoint ? checkpoint->state.value(QLatin1String("stage")).toInt() : 0;
        for (int stage = 0; stage < stageCount(); ++stage) {
            const TrainingStage& what = stageAt(stage);
            if (auto ok = m_network->begin(what.part, what.batchNorm); !ok)
                return fail(ok.error());
            if (stage < first)
                continue;
            m_stage = stage;
            if (auto ok = runStage(stage == first && checkpoint ? &*checkpoint : nullptr); !ok)
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
    [[nodiscard]] const TrainingStage& stage() const { return stageAt(m_stage); }
    [[nodiscard]] bool stopRequested() const { return m_events.stopRequested && m_events.stopRequested(); }
    [[nodiscard]] std::size_t classes() const { return static_cast<std::size_t>(m_set.classes.size()); }
    void say(qint64 done, qint64 total, const QString& what) const
    {
        if (m_events.progress)
            m_events.progress(done, total, what);
    }

    // Photos that could not be read are remembered in the run's folder, so that a resumed run leaves out the
    // same ones.
    [[nodiscard]] QString failedFile() const
    {
        return m_request.folder + QStringLiteral("/unreadable-photos.txt");
    }
    void readFailedPhotos()
    {
        QFile file(failedFile());
        if (!file.open(QIODevice::ReadOnly))
            return;
        const QStringList known = QString::fromUtf8(file.readAll()).split(u'\n', Qt::SkipEmptyParts);
        for (std::size_t i = 0; i < m_set.photos.size(); ++i) {
            if (known.contains(m_set.photos[i].sha256))
                m_failed.insert(i);
        }
    }
    void photoFailed(std::size_t photo, const Error& error)
    {
        if (m_failed.contains(photo))
            return;
        m_failed.insert(photo);
        QFile file(failedFile());
        if (file.open(QIODevice::Append))
            file.write(m_set.photos[photo].sha256.toUtf8() + '\n');
        if (m_events.photoFailed)
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
                say(done, total, TrainingText::tr("Preparing the photos"));
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

    /// How often, before `stage`, layers before `boundary` were trained.
    [[nodiscard]] int generationOf(Boundary boundary, int stage) const
    {
        return static_cast<int>(std::count_if(
            m_plan.stages.begin(), m_plan.stages.begin() + stage,
            [boundary](const TrainingStage& earlier) { return boundaryOf(earlier.part) < boundary; }));
    }

    /// What this and later stages read, as far as the frozen layers are already what they will be then.
    Result<void> prepare()
    {
        std::vector<ViewPool::Wanted> train;
        std::vector<ViewPool::Wanted> val;
        const auto add = [](std::vector<ViewPool::Wanted>& list, Boundary boundary, int generation) {
            const bool there = std::any_of(list.begin(), list.end(), [&](const ViewPool::Wanted& wanted) {
                return wanted.boundary == boundary;
            });
            if (!there)
                list.push_back({boundary, generation});
        };
        for (int later = m_stage; later < stageCount(); ++later) {
            const Boundary boundary = boundaryOf(stageAt(later).part);
            const int generation = generationOf(boundary, m_stage);
            if (generation != generationOf(boundary, later)) {
                add(train, Boundary::Pictures, 0); // the frozen layers will run again, on these
                continue;
            }
            add(val, boundary, generation);
            if (!stageAt(later).freshViews)
                add(train, boundary, generation);
        }
        if (auto ok = m_val->prepare(*m_network, val); !ok)
            return ok;
        if (auto ok = m_train->prepare(*m_network, train); !ok)
            return ok;
        m_alive.clear();
        for (std::size_t i = 0; i < m_photos.size(); ++i) {
            if (!m_failed.contains(m_photos[i]))
                m_alive.push_back(i);
        }
        if (m_alive.empty())
            return fail("no-photos", TrainingText::tr("None of the photos to train on can be read."));
        return {};
    }

    struct Slot {
        std::size_t photo = 0; ///< index of m_photos
        int view = 0;
    };

    /// The rows of an epoch, in their order.
    [[nodiscard]] std::vector<Slot> slots(int epoch) const
    {
        std::vector<Slot> out;
        const TrainingStage& what = stage();
        for (const std::size_t photo : m_alive) {
            std::vector<int> turn(static_cast<std::size_t>(m_plan.viewsPerPhoto));
            std::iota(turn.begin(), turn.end(), 0);
            Random::keyed(m_plan.seed, kTurn, m_stage, photo).shuffle(turn);
            for (int k = 0; k < what.viewsPerEpoch; ++k) {
                const int number = epoch * what.viewsPerEpoch + k;
                const int view = what.freshViews ? kFreshViews + m_stage * (1 << 20) + number
                                                 : turn[static_cast<std::size_t>(number) % turn.size()];
                out.push_back({photo, view});
            }
        }
        Random::keyed(m_plan.seed, kOrder, m_stage, epoch).shuffle(out);
        return out;
    }

    [[nodiscard]] qint64 stepsPerEpoch(int stage) const
    {
        const TrainingStage& what = stageAt(stage);
        const auto rows = static_cast<double>(m_alive.size()) * what.viewsPerEpoch;
        return std::max<qint64>(1, std::llround(rows / what.batch));
    }

    Result<std::vector<float>> inputOf(std::span<const Slot> slots)
    {
        const Boundary boundary = boundaryOf(stage().part);
        if (stage().freshViews) {
            std::vector<ViewRef> views;
            for (const Slot& slot : slots)
                views.push_back({m_photos[slot.photo], slot.view});
            return m_train->make(*m_network, views, boundary);
        }
        std::vector<std::size_t> rows;
        for (const Slot& slot : slots)
            rows.push_back(slot.photo * static_cast<std::size_t>(m_plan.viewsPerPhoto) +
                           static_cast<std::size_t>(slot.view));
        return m_train->fetch(*m_network, rows, boundary);
    }

    Result<void> runStage(const Checkpoint* checkpoint)
    {
        if (checkpoint != nullptr) {
            if (auto ok = putBackWeights(*checkpoint); !ok)
                return ok;
        }
        if (auto ok = prepare(); !ok)
            return ok;
        m_epoch = 0;
        m_step = 0;
        m_counts = {};
        m_rowsAtOnce = stage().batch;
        if (checkpoint == nullptr && stage().batchNorm == BatchNormKind::Fresh &&
            stage().part != TrainedPart::Fc) {
            if (auto ok = calibrate(); !ok)
                return ok;
        }
        m_parameters = m_network->parameters();
        std::vector<std::size_t> sizes;
        for (const TrainableParameter& parameter : m_parameters)
            sizes.push_back(parameter.value.size());
        m_optimiser.emplace(stage().optimiser, stage().momentum, sizes);
        m_average.clear();
        for (const std::span<float> values : averaged())
            m_average.emplace_back(values.begin(), values.end());
        if (checkpoint != nullptr)
            putBackProgress(*checkpoint);
        m_sinceKept.start();

        std::vector<std::size_t> alivePhotos;
        for (const std::size_t i : m_alive)
            alivePhotos.push_back(m_photos[i]);
        const BatchMaker maker(stage(), m_set, alivePhotos,
                               m_request.teacher ? &*m_request.teacher : nullptr);
        for (; m_epoch < stage().epochs; ++m_epoch, m_step = 0, m_counts = {}) {
            const std::vector<Slot> rows = slots(m_epoch);
            const qint64 steps = stepsPerEpoch(m_stage);
            for (; m_step < steps; ++m_step) {
                if (stopRequested())
                    return fail(cancelledError());
                keepIfDue();
                const auto bound = [&](qint64 step) {
                    return static_cast<std::size_t>(static_cast<qint64>(rows.size()) * step / steps);
                };
                const std::size_t begin = bound(m_step);
                const std::size_t count = std::max<std::size_t>(1, bound(m_step + 1) - begin);
                if (auto ok = step(maker, std::span(rows).subspan(begin, count), steps); !ok)
                    return ok;
            }
            if (auto ok = report(); !ok)
                return ok;
        }
        const auto values = averaged();
        for (std::size_t i = 0; i < values.size(); ++i)
            std::copy(m_average[i].begin(), m_average[i].end(), values[i].begin());
        return {};
    }

    Result<void> calibrate()
    {
        std::vector<Slot> rows = slots(0);
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

    Result<void> step(const BatchMaker& maker, std::span<const Slot> slots, qint64 steps)
    {
        auto input = inputOf(slots);
        if (!input)
            return fail(input.error());
        const BoundaryShape shape = shapeAt(boundaryOf(stage().part), m_plan.side);
        std::vector<ViewRef> views;
        for (const Slot& slot : slots)
            views.push_back({m_photos[slot.photo], slot.view});
        BatchTargets targets = maker.targets(views);
        Random coin = Random::keyed(m_plan.seed, kMirror, m_stage, m_epoch, m_step);
        maker.mirror(*input, shape, coin);
        Random mixer = Random::keyed(m_plan.seed, kMixup, m_stage, m_epoch, m_step);
        maker.mix(*input, targets, mixer);

        auto pass = gradients(*input, targets, shape, slots.size());
        if (!pass)
            return fail(pass.error());
        if (!std::isfinite(pass->loss)) {
            return fail(
                "diverged",
                TrainingText::tr("Training broke off: in stage %1, epoch %2, the loss is not a number "
                                 "any more.")
                    .arg(m_stage + 1)
                    .arg(m_epoch + 1),
                TrainingText::tr("Lower the learning rate of this stage."));
        }
        const double share =
            scheduleAt(stage().schedule, stage().warmup, m_epoch * steps + m_step, stage().epochs * steps);
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
        m_counts.loss += pass->loss * rows;
        m_counts.rows += rows;
        for (std::size_t i = 0; i < slots.size(); ++i) {
            const int rank =
                ValScores::rankOf(std::span<const float>(pass->logits).subspan(i * classes(), classes()),
                                  labelOf(m_photos[slots[i].photo]));
            m_counts.top1 += rank < 1 ? 1 : 0;
            m_counts.top3 += rank < 3 ? 1 : 0;
        }
        m_workHere += rows * costOf(stage(), m_plan.side);
        say(m_epoch * steps + m_step + 1, stage().epochs * steps,
            TrainingText::tr("Stage %1 of %2, epoch %3 of %4")
                .arg(m_stage + 1)
                .arg(stageCount())
                .arg(m_epoch + 1)
                .arg(stage().epochs));
        return {};
    }

    [[nodiscard]] std::size_t labelOf(std::size_t photo) const
    {
        return static_cast<std::size_t>(m_set.photos[photo].label);
    }

    /// The passes of one step: as many rows at once as memory allows, halved where it does not.
    Result<PassResult> gradients(std::span<const float> input, const BatchTargets& targets,
                                 BoundaryShape shape, std::size_t rows)
    {
        std::vector<std::vector<float>> statistics;
        for (const std::span<float> values : m_network->statistics())
            statistics.emplace_back(values.begin(), values.end());
        for (;;) {
            auto all = tryGradients(input, targets, shape, rows);
            if (all || all.error().code != u"out-of-memory" || m_rowsAtOnce == 1)
                return all;
            m_rowsAtOnce = std::max(
                1, static_cast<int>(std::min<std::size_t>(static_cast<std::size_t>(m_rowsAtOnce), rows)) / 2);
            const auto now = m_network->statistics();
            for (std::size_t i = 0; i < now.size(); ++i)
                std::copy(statistics[i].begin(), statistics[i].end(), now[i].begin());
        }
    }

    Result<PassResult> tryGradients(std::span<const float> input, const BatchTargets& targets,
                                    BoundaryShape shape, std::size_t rows)
    {
        for (const TrainableParameter& parameter : m_parameters)
            std::fill(parameter.gradient.begin(), parameter.gradient.end(), 0.0F);
        PassResult sum;
        const auto atOnce = static_cast<std::size_t>(m_rowsAtOnce);
        for (std::size_t begin = 0; begin < rows; begin += atOnce) {
            const std::size_t count = std::min(atOnce, rows - begin);
            auto pass = guarded([&]() -> Result<PassResult> {
                if (m_events.pass)
                    m_events.pass(static_cast<int>(count));
                return m_network->accumulate(
                    {boundaryOf(stage().part), m_plan.side, static_cast<int>(count),
                     input.subspan(begin * shape.numbers(), count * shape.numbers())},
                    slice(targets, rows, begin, count), stage().loss, static_cast<int>(rows));
            });
            if (!pass)
                return pass;
            sum.loss += pass->loss;
            sum.logits.insert(sum.logits.end(), pass->logits.begin(), pass->logits.end());
        }
        m_smallestPass = m_smallestPass == 0 ? m_rowsAtOnce : std::min(m_smallestPass, m_rowsAtOnce);
        return sum;
    }

    /// Measures val by the moving average, and tells.
    Result<void> report()
    {
        EpochReport out;
        out.stage = m_stage;
        out.epoch = m_epoch;
        out.epochs = stage().epochs;
        out.trainLoss = m_counts.loss / m_counts.rows;
        out.trainTop1 = m_counts.top1 / m_counts.rows;
        out.trainTop3 = m_counts.top3 / m_counts.rows;
        const auto values = averaged();
        std::vector<std::vector<float>> spare;
        for (std::size_t i = 0; i < values.size(); ++i) {
            spare.emplace_back(values[i].begin(), values[i].end());
            std::copy(m_average[i].begin(), m_average[i].end(), values[i].begin());
        }
        auto ok = measure(out);
        for (std::size_t i = 0; i < values.size(); ++i)
            std::copy(spare[i].begin(), spare[i].end(), values[i].begin());
        if (!ok)
            return ok;
        out.secondsLeft = secondsLeft();
        m_reports.push_back(out);
        if (m_events.epoch)
            m_events.epoch(out);
        return {};
    }

    Result<void> measure(EpochReport& out)
    {
        const Boundary boundary = boundaryOf(stage().part);
        std::vector<std::size_t> rows;
        for (std::size_t i = 0; i < m_val->size(); ++i) {
            if (!m_failed.contains(m_val->row(i).photo))
                rows.push_back(i);
        }
        ValScores scores(classes());
        for (std::size_t begin = 0; begin < rows.size(); begin += kEvaluationBatch) {
            if (stopRequested())
                return fail(cancelledError());
            const std::span<const std::size_t> part =
                std::span(rows).subspan(begin, std::min(kEvaluationBatch, rows.size() - begin));
            const auto input = m_val->fetch(*m_network, part, boundary);
            if (!input)
                return fail(input.error());
            const auto logits =
                m_network->logits({boundary, m_val->side(), static_cast<int>(part.size()), *input});
            if (!logits)
                return fail(logits.error());
            for (std::size_t i = 0; i < part.size(); ++i) {
                scores.add(std::span<const float>(*logits).subspan(i * classes(), classes()),
                           labelOf(m_val->row(part[i]).photo));
            }
        }
        scores.fill(out);
        return {};
    }

    [[nodiscard]] double secondsLeft() const
    {
        double left = 0;
        for (int later = m_stage; later < stageCount(); ++later) {
            const TrainingStage& what = stageAt(later);
            const int epochs = later == m_stage ? what.epochs - m_epoch - 1 : what.epochs;
            left +=
                static_cast<double>(m_alive.size()) * what.viewsPerEpoch * epochs * costOf(what, m_plan.side);
        }
        const double seconds = static_cast<double>(m_clock.elapsed()) / 1000;
        return m_workHere > 0 ? seconds * left / m_workHere : -1;
    }

    void keepIfDue()
    {
        const bool first = m_epoch == 0 && m_step == 0 && m_stage == 0;
        if (first || static_cast<double>(m_sinceKept.elapsed()) < m_request.checkpointSeconds * 1000)
            return;
        QJsonArray reports;
        for (const EpochReport& report : m_reports)
            reports.append(report.toJson());
        const QJsonObject state{{QStringLiteral("run"), m_identity},
                                {QStringLiteral("stage"), m_stage},
                                {QStringLiteral("epoch"), m_epoch},
                                {QStringLiteral("step"), m_step},
                                {QStringLiteral("optimiser_steps"), m_optimiser->steps()},
                                {QStringLiteral("rows_at_once"), m_rowsAtOnce},
                                {QStringLiteral("smallest_pass"), m_smallestPass},
                                {QStringLiteral("loss"), m_counts.loss},
                                {QStringLiteral("top1"), m_counts.top1},
                                {QStringLiteral("top3"), m_counts.top3},
                                {QStringLiteral("rows"), m_counts.rows},
                                {QStringLiteral("seconds"), seconds()},
                                {QStringLiteral("epochs"), reports}};
        std::vector<std::span<const float>> tensors;
        for (const std::span<float> values : m_network->state())
            tensors.emplace_back(values);
        for (const std::span<float> values : m_optimiser->state())
            tensors.emplace_back(values);
        for (const std::vector<float>& values : m_average)
            tensors.emplace_back(values);
        const auto kept = m_checkpoints.save(state, tensors, m_events.stopRequested);
        if (!kept && m_events.notKept && !stopRequested())
            m_events.notKept(kept.error());
        m_sinceKept.start();
    }

    [[nodiscard]] double seconds() const
    {
        return m_secondsBefore + static_cast<double>(m_clock.elapsed()) / 1000;
    }

    static Error badCheckpoint()
    {
        return {QStringLiteral("bad-checkpoint"),
                TrainingText::tr("The kept state of the training does not fit its plan."),
                TrainingText::tr("Start the training again.")};
    }

    Result<void> putBackWeights(const Checkpoint& checkpoint)
    {
        const auto state = m_network->state();
        if (checkpoint.tensors.size() < state.size())
            return fail(badCheckpoint());
        for (std::size_t i = 0; i < state.size(); ++i) {
            if (checkpoint.tensors[i].size() != state[i].size())
                return fail(badCheckpoint());
            std::copy(checkpoint.tensors[i].begin(), checkpoint.tensors[i].end(), state[i].begin());
        }
        return {};
    }

    void putBackProgress(const Checkpoint& checkpoint)
    {
        const QJsonObject& state = checkpoint.state;
        m_epoch = state.value(QLatin1String("epoch")).toInt();
        m_step = state.value(QLatin1String("step")).toInteger();
        m_optimiser->setSteps(state.value(QLatin1String("optimiser_steps")).toInteger());
        m_rowsAtOnce = state.value(QLatin1String("rows_at_once")).toInt();
        m_smallestPass = state.value(QLatin1String("smallest_pass")).toInt();
        m_counts = {
            state.value(QLatin1String("loss")).toDouble(), state.value(QLatin1String("top1")).toDouble(),
            state.value(QLatin1String("top3")).toDouble(), state.value(QLatin1String("rows")).toDouble()};
        m_secondsBefore = state.value(QLatin1String("seconds")).toDouble();
        const QJsonArray reports = state.value(QLatin1String("epochs")).toArray();
        for (const QJsonValue& report : reports)
            m_reports.push_back(EpochReport::fromJson(report.toObject()));
        std::size_t at = m_network->state().size();
        const auto take = [&](std::span<float> to) {
            if (at < checkpoint.tensors.size() && checkpoint.tensors[at].size() == to.size())
                std::copy(checkpoint.tensors[at].begin(), checkpoint.tensors[at].end(), to.begin());
            ++at;
        };
        for (const std::span<float> values : m_optimiser->state())
            take(values);
        for (std::vector<float>& values : m_average)
            take(values);
    }

    Result<FineTuned> finish()
    {
        auto weights = m_network->folded();
        if (!weights)
            return fail(weights.error());
        if (auto finite = resnet18::checkFinite(*weights, m_request.start.name); !finite) {
            return fail("diverged",
                        TrainingText::tr("Training broke off: a weight is not a number any more."),
                        TrainingText::tr("Lower the learning rate."));
        }
        FineTuned out;
        out.weights = std::move(*weights);
        out.epochs = m_reports;
        out.photos = static_cast<int>(m_alive.size());
        out.seconds = seconds();
        out.smallestPass = m_smallestPass;
        for (const std::size_t photo : m_failed)
            out.failed += m_set.photos[photo].file;
        out.failed.sort();
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
    CheckpointStore m_checkpoints;
    std::unique_ptr<TrainableNetwork> m_network;
    std::unique_ptr<ViewPool> m_train;
    std::unique_ptr<ViewPool> m_val;
    std::vector<std::size_t> m_photos; ///< of Part::Train
    std::vector<std::size_t> m_alive;  ///< indices of m_photos that can be read
    QSet<std::size_t> m_failed;        ///< indices of the set's photos that cannot

    int m_stage = 0;
    int m_epoch = 0;
    qint64 m_step = 0;
    Counts m_counts;
    int m_rowsAtOnce = 0;
    int m_smallestPass = 0;
    std::vector<TrainableParameter> m_parameters;
    std::optional<Optimiser> m_optimiser;
    std::vector<std::vector<float>> m_average;
    std::vector<EpochReport> m_reports;

    QElapsedTimer m_clock;
    QElapsedTimer m_sinceKept;
    double m_secondsBefore = 0;
    double m_workHere = 0;
};

} // namespace

Result<FineTuned> fineTune(const FineTuneRequest& request, const FineTuneEvents& events)
{
    return guarded([&] { return FineTuner(request, events).run(); });
}

} // namespace goodsight
