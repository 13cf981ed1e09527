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
/// One look at the project for a burst of answers.
constexpr int kLookMilliseconds = 100;
} // namespace

AutomaticAnswers::AutomaticAnswers(Settings& settings, RecognitionService& service, ProjectSession& project,
                                   RecognitionController& controller, QObject* parent)
    : QObject(parent)
    , m_settings(settings)
    , m_project(project)
    , m_controller(controller)
{
    m_later.setSingleShot(true);
    m_later.setInterval(kLookMilliseconds);
    connect(&m_later, &QTimer::timeout, this, [this] {
        if (inForce())
            look();
    });
    connect(&service, &RecognitionService::modelLoaded, this, [this](const LoadedModel& model) {
        m_model = model;
        look();
    });
    connect(&project, &ProjectSession::opened, this, [this] {
        m_plan.seed = m_project.store() ? m_project.store()->seed() : 0;
        look();
    });
    connect(&project, &ProjectSession::changed, &m_later, qOverload<>(&QTimer::start));
    connect(&controller, &RecognitionController::recognized, this, &AutomaticAnswers::onRecognized);
    connect(&settings, &Settings::changed, this, [this](const QString& key) {
        if (key == Settings::kAutomaticRule)
            look();
    });
}

std::optional<AutomaticRule> AutomaticAnswers::rule() const
{
    return m_settings.automaticRule();
}

bool AutomaticAnswers::inForce() const
{
    const auto found = rule();
    return found && found->modelFingerprint == m_model.fingerprint;
}

void AutomaticAnswers::setRule(const std::optional<AutomaticRule>& rule)
{
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

void AutomaticAnswers::look()
{
    m_tally = {};
    m_outcome = {};
    if (inForce() && m_project.store()) {
        const AutomaticRule rule = *m_settings.automaticRule();
        m_tally =
            m_project.store()->automaticTally(rule.modelFingerprint, rule.since).value_or(AutomaticTally{});
        m_outcome = judgeAudits(m_tally.audits, rule.maxError);
        if (m_outcome.verdict == AuditVerdict::Broken) {
            const Error why{
                QStringLiteral("rule-broken"),
                tr("Sure answers are not taken without you any more. You looked at %1, wrong: %2.")
                    .arg(m_tally.audits.size())
                    .arg(m_tally.audits.count(false)),
                tr("At most %1 wrong was allowed. Measure the model again, on the Evaluation page.")
                    .arg(QLocale().toString(rule.maxError * 100, 'g', 3) + u'%')};
            setRule(std::nullopt); // looks again
            Q_EMIT stopped(why);
            return;
        }
    }
    Q_EMIT changed();
}

} // namespace goodsight
