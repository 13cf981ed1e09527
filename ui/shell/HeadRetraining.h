#pragma once

#include "core/base/SerialExecutor.h"
#include "core/inference/RecognitionService.h"
#include "core/learning/RetrainedHead.h"

#include <QDateTime>
#include <QObject>

#include <atomic>
#include <memory>
#include <optional>

namespace goodsight {

class Settings;

/// Fits the head anew in the background after every so many answers of a project (Settings::retrainAfter()),
/// one fit at a time, and keeps the newest one that passed the guard of retrainHead(). Another model, another
/// project, a number of 0 or an answer that was learnt from and is taken back end the fit that runs, and the
/// package's own head answers until there is another one. Nothing is kept on disk: the answers are. UI
/// thread.
class HeadRetraining : public QObject {
    Q_OBJECT
public:
    /// What a person may want to know of it.
    struct State {
        std::shared_ptr<const RetrainedHead> head; ///< in use; null: the package's
        QDateTime fittedAt;                        ///< of `head`
        bool fitting = false;
        int missing = 0;            ///< answers until the next fit
        std::optional<Error> error; ///< why the last fit brought no head
    };

    explicit HeadRetraining(Settings& settings, QObject* parent = nullptr);
    /// Asks a running fit to end and waits for it.
    ~HeadRetraining() override;

    /// What the project teaches this model now: each photo's sha256 and label id.
    void setTaught(const LoadedModel& model, const QString& projectDir,
                   const QHash<QString, QString>& taught);
    /// There is no project or no model, or nothing is to be learnt.
    void clear();

    [[nodiscard]] const State& state() const { return m_state; }

Q_SIGNALS:
    /// Another head is in use, or none.
    void headChanged();
    /// Anything in state().
    void changed();

private:
    /// What a fit is asked to stop by; each has its own.
    using Stop = std::shared_ptr<std::atomic_bool>;

    void consider();
    void start();
    void cancel();
    void drop();
    void take(const Stop& stop, const Result<RetrainedHead>& made);
    /// Whether every photo that `head` learnt from still teaches the same.
    [[nodiscard]] bool holds(const RetrainedHead& head) const;
    [[nodiscard]] int photos() const { return static_cast<int>(m_taught.size()); }

    Settings& m_settings;
    State m_state;
    LoadedModel m_model;
    QString m_projectDir;
    QHash<QString, QString> m_taught; ///< sha256 to label id
    int m_seen = 0;                   ///< photos when a fit was last begun
    Stop m_running;                   ///< null while none runs
    SerialExecutor m_worker;          ///< last: ends before what it uses goes
};

} // namespace goodsight
