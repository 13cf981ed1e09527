#pragma once

#include "core/base/SerialExecutor.h"
#include "core/dataset/ModelRecord.h"
#include "core/inference/Backend.h"
#include "core/inference/Recognition.h"

#include <QHash>
#include <QObject>

#include <deque>
#include <functional>
#include <memory>
#include <optional>

class QTimer;

namespace goodsight {

class ProjectSession;
class RecognitionController;
class Recognizer;
class Settings;

/// Lets the model that is in the project's shadow recognise every photo that the one in use has recognised,
/// on a thread of its own, once the answer is shown and no photo waits for its answer; and keeps both answers
/// in the project. Two packages are compared as they are: what the one in use says counts without what it has
/// learnt at the counter since (taught products, a head that was fitted anew), which the next one learns,
/// too.
///
/// Left out: photos that were answered before they were recognised here, since the model in use may have
/// learnt their answers. UI thread.
class ShadowRun : public QObject {
    Q_OBJECT
public:
    /// Loads a model; on the shadow's thread.
    using Opener = std::function<Result<std::unique_ptr<Recognizer>>(const QString& file, BackendKind kind)>;

    /// Photos that wait at most; those that come while so many wait are passed over and counted.
    static constexpr int kMostWaiting = 512;

    ShadowRun(Settings& settings, ProjectSession& project, RecognitionController& controller,
              QObject* parent = nullptr);
    /// Waits for the photo that runs, or for the model that is being loaded.
    ~ShadowRun() override;

    /// Another way of loading models, for tests of failing and throwing ones; before the first photo.
    void setOpener(Opener opener) { m_open = std::move(opener); }

    /// The model whose answers are compared with; until it is known, those that the person sees are.
    void setModelInUse(std::shared_ptr<const ModelPackage> model) { m_inUse = std::move(model); }

    /// Looks which model of the project is in the shadow now; the newest, where an older version left
    /// several.
    void refresh();

    /// The model in the shadow, whether it can run or not.
    [[nodiscard]] const std::optional<ModelRecord>& model() const { return m_model; }
    /// Photos that it has still to recognise.
    [[nodiscard]] int waiting() const { return static_cast<int>(m_waiting.size()) + (m_running ? 1 : 0); }
    /// Photos of this session that it will never recognise: too many waited, or it could not be loaded.
    [[nodiscard]] int passedOver() const { return m_passedOver; }
    /// Why it does not run, or what could not be kept.
    [[nodiscard]] const std::optional<Error>& error() const { return m_error; }

Q_SIGNALS:
    /// Another model, or another of the figures above.
    void changed();
    /// The project has more answers to compare.
    void kept();

private:
    /// A photo with what the model in use said of it.
    struct Photo {
        PhotoSource source;
        QString against; ///< fingerprint of the model in use
        ShadowAnswer said;
    };

    [[nodiscard]] ShadowAnswer ownAnswer(const Recognition& shown) const;
    void onRecognized(int index);
    void onSaved(int index);
    void startNext();
    void onAnswered(Photo photo, const Result<Recognition>& recognition);
    void keep(const Photo& photo);
    void giveUp(const Error& error);

    Settings& m_settings;
    ProjectSession& m_project;
    RecognitionController& m_controller;

    std::shared_ptr<const ModelPackage> m_inUse;
    std::optional<ModelRecord> m_model;
    QString m_file; ///< its package; empty while it cannot run
    std::deque<Photo> m_waiting;
    bool m_running = false;
    int m_passedOver = 0;
    std::optional<Error> m_error;
    quint64 m_generation = 0;
    /// Answers for photos that are not in the project yet, by their hash.
    QHash<QString, Photo> m_unkept;
    QTimer* m_next;
    Opener m_open;

    std::unique_ptr<Recognizer> m_worked; ///< the worker's
    SerialExecutor m_worker;              ///< last: ends before what it uses goes
};

} // namespace goodsight
