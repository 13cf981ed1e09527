#include "ui/promotion/ShadowRun.h"

#include "core/base/Settings.h"
#include "core/inference/Guard.h"
#include "core/inference/Recognizer.h"
#include "core/inference/TemperatureScaling.h"
#include "ui/promotion/InstalledModels.h"
#include "ui/recognition/RecognitionController.h"
#include "ui/shell/ProjectSession.h"

#include <QLoggingCategory>
#include <QTimer>

#include <algorithm>

namespace goodsight {

namespace {

Q_LOGGING_CATEGORY(log, "goodsight.shadow")

/// After an answer, so that it is on the screen and the next photo's recognition has begun.
constexpr int kPauseMilliseconds = 50;
/// Answers for photos that a person has not answered (yet); skipped ones never get into the project.
constexpr int kMostUnkept = 2000;
/// One core stays with the window and the model in use.
constexpr int kThreads = 1;

} // namespace

ShadowRun::ShadowRun(Settings& settings, ProjectSession& project, RecognitionController& controller,
                     QObject* parent)
    : QObject(parent)
    , m_settings(settings)
    , m_project(project)
    , m_controller(controller)
    , m_next(new QTimer(this))
    , m_open([](const QString& file, BackendKind kind) { return Recognizer::open(file, kind, kThreads); })
    , m_worker(QStringLiteral("goodsight-shadow"))
{
    m_next->setSingleShot(true);
    m_next->setInterval(kPauseMilliseconds);
    connect(m_next, &QTimer::timeout, this, &ShadowRun::startNext);
    connect(&project, &ProjectSession::opened, this, &ShadowRun::refresh);
    connect(&controller, &RecognitionController::recognized, this, &ShadowRun::onRecognized);
    connect(&controller, &RecognitionController::saved, this, &ShadowRun::onSaved);
    connect(&controller, &RecognitionController::itemChanged, m_next, [this] {
        if (!m_waiting.empty() && !m_running && !m_next->isActive())
            m_next->start();
    });
}

ShadowRun::~ShadowRun() = default;

void ShadowRun::refresh()
{
    ++m_generation;
    m_model.reset();
    m_file.clear();
    m_error.reset();
    m_waiting.clear();
    m_unkept.clear();
    m_running = false;
    m_passedOver = 0;
    if (m_project.store()) {
        const auto models = m_project.store()->models();
        if (models) {
            const auto found = std::find_if(models->cbegin(), models->cend(), [](const ModelRecord& one) {
                return one.stage == ModelStage::InShadow;
            });
            if (found != models->cend())
                m_model = *found;
        } else {
            m_error = models.error();
        }
    }
    if (m_model && m_project.writable()) {
        if (const auto installed = findInstalled({m_model->name, m_model->fingerprint}))
            m_file = installed->path;
        else
            m_error = Error{QStringLiteral("no-such-model"),
                            tr("The model in the shadow, %1, is not installed any more.").arg(m_model->name),
                            tr("Install it again, or stop comparing.")};
    }
    m_worker.post([this] { m_worked.reset(); });
    Q_EMIT changed();
}

ShadowAnswer ShadowRun::ownAnswer(const Recognition& shown) const
{
    ShadowAnswer said;
    said.sha256 = shown.sha256;
    said.oldLabel = shown.top.first().id;
    said.oldConfidence = shown.top.first().confidence;
    if (m_inUse && m_inUse->fingerprint == shown.modelFingerprint &&
        std::ssize(shown.logits) == m_inUse->classes.size() && isTemperature(m_inUse->temperature)) {
        const std::vector<double> shares = softmax(shown.logits, m_inUse->temperature);
        const auto best = std::max_element(shares.cbegin(), shares.cend());
        said.oldLabel = m_inUse->classes[best - shares.cbegin()].id;
        said.oldConfidence = *best;
    }
    return said;
}

void ShadowRun::onRecognized(int index)
{
    const QueueItem& item = m_controller.item(index);
    if (m_file.isEmpty() || !item.recognition)
        return;
    const Recognition& shown = *item.recognition;
    if (shown.sha256.isEmpty() || shown.top.isEmpty() || shown.modelFingerprint == m_model->fingerprint)
        return;
    // One that is answered already and comes late was recognised without its answer all the same.
    if (!item.settled()) {
        const auto row = m_project.store()->photo(shown.sha256);
        if (row && !row->labelId.isEmpty())
            return;
    }
    if (waiting() >= kMostWaiting) {
        ++m_passedOver;
    } else {
        Photo photo;
        photo.source = item.source;
        photo.against = shown.modelFingerprint;
        photo.said = ownAnswer(shown);
        m_waiting.push_back(std::move(photo));
        if (!m_next->isActive())
            m_next->start();
    }
    Q_EMIT changed();
}

void ShadowRun::startNext()
{
    // An answer that somebody waits for goes first; its end brings us here again.
    if (m_running || m_waiting.empty() || m_controller.isRecognizing())
        return;
    m_running = true;
    Photo photo = std::move(m_waiting.front());
    m_waiting.pop_front();
    RecognizeOptions options;
    options.topCount = 1;
    options.limits.maxMegapixels = m_settings.maxMegapixels();
    m_worker.post([this, generation = m_generation, file = m_file, fingerprint = m_model->fingerprint,
                   backend = m_settings.backend(), open = m_open, options, photo = std::move(photo)] {
        const auto recognize = [&]() -> Result<Recognition> {
            if (!m_worked) {
                const auto kind = backendKindFromName(backend);
                if (!kind)
                    return fail(kind.error());
                auto opened = open(file, *kind);
                if (!opened)
                    return fail(opened.error());
                if ((*opened)->model().fingerprint != fingerprint)
                    return fail("another-model",
                                tr("%1 is not the model any more that was put into the shadow.").arg(file),
                                tr("Stop comparing, and put the new one into the shadow."));
                m_worked = std::move(*opened);
            }
            return m_worked->recognize(photo.source, options);
        };
        Result<Recognition> answer = guarded(recognize);
        QMetaObject::invokeMethod(
            this,
            [this, generation, photo, loaded = m_worked != nullptr, answer = std::move(answer)] {
                if (generation != m_generation)
                    return;
                if (!answer && !loaded)
                    giveUp(answer.error());
                else
                    onAnswered(photo, answer);
            },
            Qt::QueuedConnection);
    });
}

void ShadowRun::onAnswered(Photo photo, const Result<Recognition>& recognition)
{
    m_running = false;
    // A file that holds another photo by now, or none, has nothing to compare.
    if (recognition && recognition->sha256 == photo.said.sha256 && !recognition->top.isEmpty()) {
        photo.source = {};
        photo.said.newLabel = recognition->top.first().id;
        photo.said.newConfidence = recognition->top.first().confidence;
        if (m_project.writable() && m_project.store()->photo(photo.said.sha256))
            keep(photo);
        else if (m_unkept.size() < kMostUnkept)
            m_unkept.insert(photo.said.sha256, photo);
    } else if (!recognition) {
        qCInfo(log).noquote() << recognition.error().message;
    }
    if (!m_waiting.empty())
        m_next->start();
    Q_EMIT changed();
}

void ShadowRun::onSaved(int index)
{
    const QueueItem& item = m_controller.item(index);
    if (!item.recognition)
        return;
    const auto found = m_unkept.constFind(item.recognition->sha256);
    if (found == m_unkept.cend())
        return;
    const Photo photo = *found;
    m_unkept.erase(found);
    keep(photo);
}

void ShadowRun::keep(const Photo& photo)
{
    if (!m_model || !m_project.writable())
        return;
    m_project.store()->keepShadowAsync(m_model->id, photo.against, {photo.said},
                                       [this, generation = m_generation](const Result<void>& done) {
                                           if (generation != m_generation)
                                               return;
                                           if (done) {
                                               Q_EMIT kept();
                                               return;
                                           }
                                           m_error = done.error();
                                           Q_EMIT changed();
                                       });
}

void ShadowRun::giveUp(const Error& error)
{
    m_running = false;
    m_error = error;
    m_passedOver += static_cast<int>(m_waiting.size()) + 1;
    m_waiting.clear();
    m_file.clear();
    Q_EMIT changed();
}

} // namespace goodsight
