#include "ui/shell/InstantLearning.h"

#include "core/base/Settings.h"
#include "core/learning/OpenSet.h"
#include "core/learning/RetrainedAnswers.h"
#include "core/model/ModelLibrary.h"
#include "ui/recognition/RecognitionController.h"
#include "ui/shell/LabelIndex.h"
#include "ui/shell/ProjectSession.h"
#include "ui/shell/StorePrior.h"

#include <QLoggingCategory>

namespace goodsight {

namespace {

Q_LOGGING_CATEGORY(log, "goodsight.learning")

/// What the model learnt from; null where nobody made the file.
std::shared_ptr<const KnownPhotos> knownPhotosOf(const LoadedModel& model)
{
    auto known = KnownPhotos::load(ModelLibrary::embeddingsFile(model.file), *model.package);
    if (known)
        return std::make_shared<const KnownPhotos>(std::move(*known));
    if (known.error().code != u"not-found")
        qCWarning(log).noquote() << known.error().message << known.error().hint;
    return nullptr;
}

/// What tells unknown products for the model.
Result<std::shared_ptr<const OpenSetModel>> fitOpenSet(const LoadedModel& model)
{
    const auto known = knownPhotosOf(model);
    if (!known)
        return fail("no-known-photos",
                    InstantLearning::tr("The model comes without the photos that it learnt from."));
    auto fitted = OpenSetModel::fit(known->train.view(), known->val.view(),
                                    static_cast<std::size_t>(known->classes.size()), model.package->backbone);
    if (!fitted)
        return fail(fitted.error());
    return std::make_shared<const OpenSetModel>(std::move(*fitted));
}

} // namespace

InstantLearning::InstantLearning(Settings& settings, RecognitionService& service, ProjectSession& project,
                                 LabelIndex& labels, StorePrior& prior, RecognitionController& controller,
                                 QObject* parent)
    : QObject(parent)
    , m_settings(settings)
    , m_service(service)
    , m_project(project)
    , m_labels(labels)
    , m_prior(prior)
    , m_controller(controller)
    , m_retraining(settings)
    , m_measurer(QStringLiteral("goodsight-measure"))
    , m_worker(QStringLiteral("goodsight-learn"))
{
    connect(&service, &RecognitionService::modelLoaded, this, &InstantLearning::onModelLoaded);
    connect(&project, &ProjectSession::opened, this, &InstantLearning::restart);
    connect(&project, &ProjectSession::changed, this, &InstantLearning::onProjectChanged);
    connect(&labels, &LabelIndex::changed, this, &InstantLearning::giveSteps);
    connect(&prior, &StorePrior::changed, this, [this] {
        giveSteps();
        m_controller.answerAgain();
    });
    connect(&controller, &RecognitionController::saved, this, [this](int index) {
        m_ownAnswer = true;
        teach(index);
    });
    connect(&controller, &RecognitionController::recognizedLate, this, &InstantLearning::teach);
    connect(&settings, &Settings::changed, this, [this](const QString& key) {
        if (key == Settings::kInstantLearning)
            restart();
        else if (key == Settings::kCalibrated)
            giveSteps();
    });
    connect(&m_retraining, &HeadRetraining::headChanged, this, [this] {
        giveSteps();
        m_controller.answerAgain();
    });
}

InstantLearning::~InstantLearning() = default;

int InstantLearning::taughtPhotos() const
{
    return m_lessons ? static_cast<int>(m_lessons->photos.size()) : 0;
}

void InstantLearning::onModelLoaded(const LoadedModel& model)
{
    if (model.file == m_model.file && model.fingerprint == m_model.fingerprint)
        return;
    m_model = model;
    m_openSet.reset();
    setUnknownProblem({});
    restart();
    // Behind the lessons, which the first answer needs.
    m_worker.post([this, model] {
        m_measurer.post([this, model] {
            const auto made = fitOpenSet(model);
            QMetaObject::invokeMethod(
                this, [this, made, fingerprint = model.fingerprint] { takeOpenSet(fingerprint, made); },
                Qt::QueuedConnection);
        });
    });
}

void InstantLearning::takeOpenSet(const QString& fingerprint,
                                  const Result<std::shared_ptr<const OpenSetModel>>& made)
{
    if (m_model.fingerprint != fingerprint)
        return;
    if (!made) {
        qCInfo(log).noquote() << made.error().message;
        return setUnknownProblem(made.error());
    }
    m_openSet = *made;
    giveSteps();
    m_controller.answerAgain();
}

void InstantLearning::setUnknownProblem(std::optional<Error> problem)
{
    m_unknownProblem = std::move(problem);
    Q_EMIT unknownProblemChanged();
}

void InstantLearning::restart()
{
    const quint64 generation = ++m_generation;
    setLessons({});
    const bool wanted = m_model.package && m_project.store() && m_settings.instantLearning();
    m_worker.post([this, generation, wanted, model = m_model, dir = m_project.dir()] {
        m_worked.reset();
        if (!wanted)
            return;
        auto read = ProjectLessons::read(model.package, knownPhotosOf(model), dir);
        if (!read) {
            qCWarning(log).noquote() << read.error().message;
            return;
        }
        m_worked = std::move(*read);
        report(generation);
    });
}

void InstantLearning::teach(int index)
{
    const QueueItem& item = m_controller.item(index);
    if (!item.recognition || item.labelId.isEmpty() || item.recognition->sha256.isEmpty())
        return;
    // A model that taught itself would make its mistakes firmer.
    if (item.state == ItemState::Automatic)
        return;
    const Recognition& shown = *item.recognition;
    m_worker.post([this, generation = m_generation, sha256 = shown.sha256, embedding = shown.embedding,
                   key = shown.embeddingKey, labelId = item.labelId] {
        if (!m_worked || !ProjectLessons::keys(m_worked->model()).contains(key))
            return;
        if (const auto taught = m_worked->teach(sha256, embedding, labelId); !taught)
            qCWarning(log).noquote() << taught.error().message;
        report(generation);
    });
}

void InstantLearning::onProjectChanged()
{
    // One look for a burst of changes: it begins after the last of them.
    if (std::exchange(m_ownAnswer, false) || m_refreshWaits.exchange(true))
        return;
    m_worker.post([this, generation = m_generation] {
        m_refreshWaits = false;
        if (!m_worked)
            return;
        const auto differs = m_worked->refresh();
        if (!differs)
            qCWarning(log).noquote() << differs.error().message;
        else if (*differs)
            report(generation);
    });
}

void InstantLearning::report(quint64 generation)
{
    QMetaObject::invokeMethod(
        this,
        [this, generation,
         lessons = Lessons{m_worked->model().backbone, m_worked->index(), m_worked->weights(),
                           m_worked->taught(), m_worked->photos()}] {
            if (generation == m_generation)
                setLessons(lessons);
        },
        Qt::QueuedConnection);
}

void InstantLearning::setLessons(std::optional<Lessons> lessons)
{
    const bool silent =
        (!m_lessons || m_lessons->taught.isEmpty()) && (!lessons || lessons->taught.isEmpty());
    m_lessons = std::move(lessons);
    // First, so that no photo is answered with a head that learnt what was taken back.
    if (m_lessons)
        m_retraining.setTaught(m_model, m_project.dir(), m_lessons->photos);
    else
        m_retraining.clear();
    giveSteps();
    if (!silent)
        m_controller.answerAgain();
}

void InstantLearning::giveSteps()
{
    AnswerSteps steps;
    const auto& head = m_retraining.state().head;
    if (head && m_lessons) {
        QList<Label> products;
        for (auto one = m_lessons->taught.cbegin(); one != m_lessons->taught.cend(); ++one)
            products.append(m_labels.label(one.key()));
        steps.push_back(
            std::make_shared<RetrainedAnswers>(m_lessons->backbone, head, products, m_settings.calibrated()));
    }
    if (m_openSet)
        steps.push_back(std::make_shared<OpenSet>(m_openSet));
    if (m_lessons && !m_lessons->taught.isEmpty()) {
        QList<TaughtProduct> products;
        for (auto one = m_lessons->taught.cbegin(); one != m_lessons->taught.cend(); ++one)
            products.append({m_labels.label(one.key()), one.value()});
        steps.push_back(std::make_shared<TaughtProducts>(
            m_lessons->backbone, m_lessons->index, head ? head->weights : m_lessons->weights, products));
    }
    // Last, so that it speaks of taught products, too.
    if (auto prior = m_prior.step())
        steps.push_back(std::move(prior));
    m_service.setSteps(std::move(steps));
}

} // namespace goodsight
