#include "app/TrainingEngine.h"

#include "core/dataset/DatasetStore.h"
#include "core/inference/Guard.h"
#include "core/learning/EmbedPhotos.h"
#include "core/learning/ProjectTrainingSet.h"
#include "core/learning/TrainJob.h"

#include <QCoreApplication>

#include <utility>

namespace goodsight {

namespace {

/// TrainJob with its beginning on the worker, too: reading a large project takes a while.
class EngineJob final : public Job {
public:
    EngineJob(TrainingWish wish, TrainingCallbacks callbacks)
        : m_wish(std::move(wish))
        , m_callbacks(std::move(callbacks))
    {}

    [[nodiscard]] QString title() const override { return m_job ? m_job->title() : QString(); }

    Result<void> process(Control& control) override
    {
        auto run = prepare(control);
        if (!run)
            return fail(run.error());
        QList<int> photos(run->set.classes.size(), 0);
        for (const TrainingPhoto& photo : run->set.photos)
            photos[photo.label] += photo.part == Part::Train ? 1 : 0;
        m_callbacks.onClasses(run->set.classes, photos);
        TrainJob::Callbacks callbacks;
        callbacks.epoch = m_callbacks.onEpoch;
        callbacks.warning = m_callbacks.onWarning;
        callbacks.done = [this](const Result<TrainOutcome>& outcome) {
            if (outcome)
                m_callbacks.onFinished(outcome->model.name);
            else
                m_callbacks.onFinished(fail(outcome.error()));
        };
        const TrainingSet set = run->set;
        m_job = std::make_unique<TrainJob>(ModelLibrary(), std::move(*run), std::move(callbacks));
        m_trained = m_job->process(control);
        if (m_trained)
            embed(m_job->outcome().model.path, set, control);
        return m_trained;
    }

    void finish(const Result<void>& result) override
    {
        if (m_job)
            m_job->finish(m_trained ? m_trained : result); // a stop after training is none
        else
            m_callbacks.onFinished(fail(result ? Error{} : result.error()));
    }

private:
    /// Keeps what the new model makes of its photos beside it, so that products can be taught to it at once.
    /// The model is there already: what fails here, or is stopped, is only told.
    void embed(const QString& file, const TrainingSet& set, Control& control) const
    {
        EmbedEvents events;
        const QString what =
            QCoreApplication::translate("goodsight::TrainingEngine", "Keeping what the model learnt from");
        events.progress = [&](qint64 done, qint64 total) { control.progress(done, total, what); };
        events.stopRequested = [&control] { return control.stopRequested(); };
        const auto kept = guarded([&]() -> Result<void> {
            const auto recognizer = Recognizer::open(file, BackendKind::OneDnnFp32, 0);
            if (!recognizer)
                return fail(recognizer.error());
            const auto known = embedPhotos(**recognizer, set, {}, events);
            if (!known)
                return fail(known.error());
            return known->save(ModelLibrary::embeddingsFile(file));
        });
        if (!kept && kept.error().code != u"cancelled")
            m_callbacks.onWarning(QString(), kept.error());
    }

    /// The run that the wish's folder holds, or a new one that is kept there.
    [[nodiscard]] Result<TrainRun> prepare(const Control& control) const
    {
        const ModelLibrary library;
        auto kept = TrainRun::load(m_wish.folder);
        if (kept && !library.checkNewName(kept->name)) // another run took it meanwhile
            kept->name = library.freeName(m_wish.preset);
        if (kept || kept.error().code != u"not-found")
            return kept;
        auto plan = TrainingPlan::fromPreset(m_wish.preset);
        if (!plan)
            return fail(plan.error());
        const auto start = library.find(m_wish.startModel);
        if (!start)
            return fail(start.error());
        const auto store = DatasetStore::open(m_wish.projectDir, DatasetStore::Access::ReadOnly);
        if (!store)
            return fail(store.error());
        auto found = projectTrainingSet(**store, [&control](qint64) { return !control.stopRequested(); });
        if (!found)
            return fail(found.error());
        for (const QString& file : std::as_const(found->missing)) {
            m_callbacks.onWarning(file, {QStringLiteral("not-found"),
                                         QCoreApplication::translate("goodsight::TrainingEngine",
                                                                     "%1 is not where the project has it.")
                                             .arg(quotedName(file)),
                                         {}});
        }
        takeVal(found->set);
        TrainRun run;
        run.plan = std::move(*plan);
        run.plan.start = m_wish.startModel;
        run.set = std::move(found->set);
        run.start = start->path;
        run.name = library.freeName(m_wish.preset);
        run.folder = m_wish.folder;
        if (auto saved = run.save(); !saved)
            return fail(saved.error());
        return run;
    }

    TrainingWish m_wish;
    TrainingCallbacks m_callbacks;
    std::unique_ptr<TrainJob> m_job;
    Result<void> m_trained = fail(cancelledError());
};

} // namespace

TrainingJobFactory trainingEngine()
{
    return [](const TrainingWish& wish, TrainingCallbacks callbacks) -> std::unique_ptr<Job> {
        return std::make_unique<EngineJob>(wish, std::move(callbacks));
    };
}

} // namespace goodsight
