#pragma once

#include "core/base/AutomaticRule.h"
#include "core/base/SerialExecutor.h"
#include "core/dataset/AutomaticNote.h"
#include "core/evaluation/AuditPlan.h"
#include "core/inference/RecognitionService.h"

#include <QObject>
#include <QSet>
#include <QTimer>

namespace goodsight {

class ProjectSession;
class RecognitionController;
class Settings;
struct QueueItem;

/// Answers the photos of a queue that are sure enough for the AutomaticRule, except the few that AuditPlan
/// chooses: those wait for the person like any other, and the answer tells whether the rule keeps what it
/// promised. When it does not, the rule is switched off.
///
/// Taken is a photo that came together with others (a single one is being looked at), that the project does
/// not know yet, and that one view was enough for; with a plain confidence (see AutomaticRule) from the
/// threshold on, for the product that is also the first on the screen, where nothing says "please check" or
/// "none of your products". Each photo is judged once: what a person skipped, took back or comes back to is
/// the person's. What has come of the rule is counted on a thread of its own, soon after an answer. UI
/// thread.
class AutomaticAnswers : public QObject {
    Q_OBJECT
public:
    AutomaticAnswers(Settings& settings, RecognitionService& service, ProjectSession& project,
                     RecognitionController& controller, QObject* parent = nullptr);

    /// Fingerprint of the model in use; empty while none is.
    [[nodiscard]] const QString& modelInUse() const { return m_model.fingerprint; }
    /// The folder of the open project; empty while none is.
    [[nodiscard]] QString projectDir() const;
    [[nodiscard]] std::optional<AutomaticRule> rule() const;
    /// The rule is for the open project, whatever model it is for.
    [[nodiscard]] bool isForProject(const AutomaticRule& rule) const;
    /// There is a rule, and it is for the model in use and the open project.
    [[nodiscard]] bool inForce() const;
    /// What had come of the rule in this project at the last look, while it is in force.
    [[nodiscard]] const AutomaticTally& tally() const { return m_tally; }
    /// What its audits say.
    [[nodiscard]] const AuditOutcome& outcome() const { return m_outcome; }

    /// When the audits last ended a rule; what was measured before is disproved. Invalid: never, since the
    /// start.
    [[nodiscard]] const QDateTime& brokenAt() const { return m_brokenAt; }

    /// Puts a rule into force for the open project, or none.
    void setRule(std::optional<AutomaticRule> rule);

    /// While a new model is compared with the one in use, no answer is taken: the sure photos would have no
    /// person's label, and the two would be compared on the unsure ones.
    void setResting(bool resting);
    [[nodiscard]] bool resting() const { return m_resting; }

Q_SIGNALS:
    /// Another rule, another model, or other figures.
    void changed();
    /// The audits say that the rule does not keep its promise; it is switched off.
    void stopped(const goodsight::Error& why);

private:
    void onRecognized(int index);
    [[nodiscard]] std::optional<AutomaticNote> judge(const QueueItem& item) const;
    void restart();
    void look();
    void take(const AutomaticTally& tally);

    Settings& m_settings;
    ProjectSession& m_project;
    RecognitionController& m_controller;
    LoadedModel m_model;
    AuditPlan m_plan;       ///< of the project
    QSet<quint64> m_judged; ///< serials
    AutomaticTally m_tally;
    AuditOutcome m_outcome;
    QDateTime m_brokenAt;
    bool m_resting = false;
    QTimer m_later;           ///< until the next look
    quint64 m_generation = 0; ///< of rule, model and project
    bool m_looking = false;   ///< the worker counts
    SerialExecutor m_worker;  ///< last: ends before what it uses goes
};

} // namespace goodsight
