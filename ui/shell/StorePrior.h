#pragma once

#include "core/base/Error.h"
#include "core/base/SerialExecutor.h"
#include "core/base/Settings.h"
#include "core/inference/AnswerStep.h"

#include <QObject>
#include <QTimer>

#include <atomic>
#include <memory>
#include <optional>

namespace goodsight {

class ProjectSession;

/// Keeps the prior that the settings ask for in step with what is answered in the project. Tables and answers
/// are read on a thread of its own. UI thread.
class StorePrior : public QObject {
    Q_OBJECT
public:
    StorePrior(Settings& settings, ProjectSession& project, QObject* parent = nullptr);
    ~StorePrior() override;

    /// What answers go through; null while no prior is asked for or it is not read yet.
    [[nodiscard]] std::shared_ptr<const AnswerStep> step() const { return m_step; }
    /// Why there is none although one is asked for.
    [[nodiscard]] const std::optional<Error>& error() const { return m_error; }

Q_SIGNALS:
    /// Another step, or another error.
    void changed();

private:
    /// What the worker read.
    struct Read;

    /// Worker.
    [[nodiscard]] static Read look(Settings::Prior source, const QString& file, const QString& dir);
    void restart();
    void read();
    void take(const Read& read);
    void set(std::shared_ptr<const AnswerStep> step, std::optional<Error> error);

    Settings& m_settings;
    ProjectSession& m_project;
    std::shared_ptr<const AnswerStep> m_step;
    std::optional<Error> m_error;
    quint64 m_generation = 1;
    QTimer m_sessionEnd; ///< from then on nothing is recent
    static constexpr quint64 kNobody = 0;
    std::atomic<quint64> m_looking = kNobody; ///< generation of the look that has not begun yet
    SerialExecutor m_worker;                  ///< last: ends before what it uses goes
};

} // namespace goodsight
