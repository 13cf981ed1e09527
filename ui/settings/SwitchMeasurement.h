#pragma once

#include "core/base/JobRunner.h"
#include "core/evaluation/SwitchEffects.h"
#include "core/inference/RecognitionService.h"

#include <QObject>

#include <memory>
#include <optional>

namespace goodsight {

class ProjectSession;
class Settings;

/// Measures on a project's val photos what the switches of an answer do, and remembers the outcome in the
/// project. No widgets; UI thread.
class SwitchMeasurement : public QObject {
    Q_OBJECT
public:
    SwitchMeasurement(Settings& settings, ProjectSession& project, QObject* parent = nullptr);

    /// The model that answers, and is measured.
    void setModel(const LoadedModel& model);
    /// Measures the project that is open. The prior is the one that the settings name, or else the answers of
    /// the project.
    void start();
    void cancel();
    [[nodiscard]] bool busy() const { return m_jobs && m_jobs->busy(); }

    /// The last outcome in this project, or nothing.
    [[nodiscard]] const std::optional<SwitchEffects>& last() const { return m_last; }
    /// Another model answers than the one that last() is about.
    [[nodiscard]] bool isStale() const { return m_last && m_last->model != m_model.fingerprint; }
    /// The word that SwitchEffects has for the prior that would be measured now.
    [[nodiscard]] QString priorSource() const;

Q_SIGNALS:
    /// Another outcome or model, or it became busy or idle.
    void changed();
    void progressed(qint64 done, qint64 total, const QString& what);
    /// Also "cancelled".
    void failed(const goodsight::Error& error);

private:
    [[nodiscard]] QString file() const;
    void listen();
    void load();
    void keep(const SwitchEffects& effects);

    Settings& m_settings;
    ProjectSession& m_project;
    LoadedModel m_model;
    std::optional<SwitchEffects> m_last;
    // Last member: its thread is joined before anything above goes away.
    std::unique_ptr<JobRunner> m_jobs;
};

} // namespace goodsight
