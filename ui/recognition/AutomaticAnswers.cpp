#include "ui/recognition/AutomaticAnswers.h"

#include "core/base/Settings.h"
#include "core/inference/TemperatureScaling.h"
#include "core/model/ModelPackage.h"
#include "ui/recognition/RecognitionController.h"
#include "ui/shell/ProjectSession.h"

#include <QLocale>

#include <algorithm>
#include <utility>

namespace goodsight {

namespace {
/// Between two looks at the project: behind a hundred thousand automatic answers one costs 50 ms of a
/// processor.
constexpr int kLookMilliseconds = 500;
} // namespace

AutomaticAnswers::AutomaticAnswers(Settings& settings, RecognitionService& service, ProjectSession& project,
                                   RecognitionController& controller, QObject* parent)
    : QObject(parent)
    , m_settings(settings)
    , m_project(project)
    , m_controller(controller)
    , m_later(this)
    , m_worker(QStringLiteral("goodsight-audits"))
{
    m_later.setObjectName(QStringLiteral("automaticLook"));
    m_later.setSingleShot(true);
    m_later.setInterval(kLookMilliseconds);
    connect(&m_later, &QTimer::timeout, this, &AutomaticAnswers::look);
    connect(&service, &RecognitionService::modelLoaded, this, [this](const LoadedModel& model) {
        m_model = model;
        restart();
    });
    connect(&project, &ProjectSession::opened, this, [this] {
        m_plan.seed = m_project.store() ? m_project.store()->seed() : 0;
        restart();
    });
    connect(&project, &ProjectSession::changed, this, [this] {
        // Begun anew by each answer, it would wait for the end of a queue.
        if (!m_later.isActive())
            m_later.start();
    });
    connect(&controller, &RecognitionController::recognized, this, &AutomaticAnswers::onRecognized);
    connect(&settings, &Settings::changed, this, [this](const QString& key) {
        if (key == Settings::kAutomaticRule)
            restart();
    });
}

std::optional<AutomaticRule> AutomaticAnswers::rule() const
{
    return m_settings.automaticRule();
}

bool AutomaticAnswers::inForce() const
{
    const auto found = rule();
    return found && found->modelFingerprint == m_model.fingerprint && isForProject(*found);
}

QString AutomaticAnswers::projectDir() const
{
    return m_project.store() ? m_project.dir() : QString();
}

bool AutomaticAnswers::isForProject(const AutomaticRule& rule) const
{
    return m_project.store() && rule.project == m_plan.seed;
}

void AutomaticAnswers::setRule(std::optional<AutomaticRule> rule)
{
    if (rule)
        rule->project = m_plan.seed;
    m_settings.setAutomaticRule(rule);
}

void AutomaticAnswers::setResting(bool resting)
{
    if (std::exchange(m_resting, resting) != resting)
        Q_EMIT changed();
}

void AutomaticAnswers::onRecognized(int index)
{
    const QueueItem& item = m_controller.item(index);
    if (m_judged.contains(item.serial))
        return;
    m_judged.insert(item.serial);
    if (const auto note = judge(item))
        m_controller.answerByRule(index, *note);
}

std::optional<AutomaticNote> AutomaticAnswers::judge(const QueueItem& item) const
{
    if (m_resting || !inForce() || !m_project.writable() || !item.oneOfMany || item.settled() ||
        !item.recognition)
        return std::nullopt;
    const Recognition& shown = *item.recognition;
    // needsReview: also what open-set scores call unknown.
    if (shown.modelFingerprint != m_model.fingerprint || shown.needsReview || shown.views != 1 ||
        shown.sha256.isEmpty() || shown.top.isEmpty() || m_project.store()->photo(shown.sha256))
        return std::nullopt;
    const double temperature = m_model.package ? m_model.package->temperature : 0;
    if (!isTemperature(temperature) || std::ssize(shown.logits) != m_model.labels.size())
        return std::nullopt;
    const std::vector<double> plain = softmax(shown.logits, temperature);
    const auto best = std::max_element(plain.cbegin(), plain.cend());
    const AutomaticRule rule = *m_settings.automaticRule();
    AutomaticNote note;
    note.labelId = m_model.labels.at(best - plain.cbegin()).id;
    // Written so that a confidence that is no number is not enough.
    if (!(*best >= rule.threshold) || shown.top.first().id != note.labelId)
        return std::nullopt;
    note.audit = m_plan.chooses(shown.sha256);
    note.modelFingerprint = shown.modelFingerprint;
    note.confidence = *best;
    note.threshold = rule.threshold;
    return note;
}

void AutomaticAnswers::restart()
{
    ++m_generation;
    m_tally = {};
    m_outcome = inForce() ? judgeAudits({}, rule()->maxError) : AuditOutcome{};
    Q_EMIT changed();
    look();
}

void AutomaticAnswers::look()
{
    if (!inForce())
        return;
    if (m_looking)
        return m_later.start();
    m_looking = true;
    m_worker.post([this, generation = m_generation, rule = *rule(), dir = m_project.dir()] {
        const auto store = DatasetStore::open(dir, DatasetStore::Access::ReadOnly);
        const auto tally = store ? (*store)->automaticTally(rule.modelFingerprint, rule.since)
                                 : Result<AutomaticTally>(fail(store.error()));
        QMetaObject::invokeMethod(
            this,
            [this, generation, tally] {
                m_looking = false;
                if (generation == m_generation && tally)
                    take(*tally);
            },
            Qt::QueuedConnection);
    });
}

void AutomaticAnswers::take(const AutomaticTally& tally)
{
    const double maxError = rule()->maxError;
    m_tally = tally;
    m_outcome = judgeAudits(m_tally.audits, maxError);
    if (m_outcome.verdict != AuditVerdict::Broken)
        return Q_EMIT changed();
    const Error why{QStringLiteral("rule-broken"),
                    tr("Sure answers are not taken without you any more. You looked at %1, wrong: %2.")
                        .arg(m_tally.audits.size())
                        .arg(m_tally.audits.count(false)),
                    tr("At most %1 wrong was allowed. Measure the model again, on the Evaluation page.")
                        .arg(QLocale().toString(maxError * 100, 'g', 3) + u'%')};
    m_brokenAt = QDateTime::currentDateTimeUtc();
    setRule(std::nullopt); // begins anew
    Q_EMIT stopped(why);
}

} // namespace goodsight
