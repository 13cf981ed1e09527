#pragma once

#include "core/base/SerialExecutor.h"
#include "core/inference/RecognitionService.h"
#include "core/learning/ProjectLessons.h"
#include "ui/shell/HeadRetraining.h"

#include <QObject>

#include <atomic>
#include <memory>
#include <optional>

namespace goodsight {

class LabelIndex;
class OpenSetModel;
class ProjectSession;
class RecognitionController;
class Settings;
class StorePrior;

/// Lets every answer count for the next photo: keeps a model's and a project's ProjectLessons in step with
/// what the person does, and gives the service the steps that speak for them. It also says of photos when
/// they probably show none of the products, where the model's KnownPhotos tell (OpenSet), and what the store
/// usually answers (StorePrior), where that is asked for. After enough answers the head is fitted anew
/// (HeadRetraining), and what it says stands before all of these.
///
/// All work runs on threads of its own, in the order of the answers, so that none is lost while a project is
/// still being read. UI thread.
class InstantLearning : public QObject {
    Q_OBJECT
public:
    InstantLearning(Settings& settings, RecognitionService& service, ProjectSession& project,
                    LabelIndex& labels, StorePrior& prior, RecognitionController& controller,
                    QObject* parent = nullptr);
    /// Waits for what runs, a second or two at most.
    ~InstantLearning() override;

    /// The project has been read for the model in use: what is answered now is known at the next photo.
    [[nodiscard]] bool isReady() const { return m_lessons.has_value(); }
    /// Photos of the project that count for the next one.
    [[nodiscard]] int taughtPhotos() const;
    /// The head that is fitted anew to the answers.
    [[nodiscard]] const HeadRetraining& retraining() const { return m_retraining; }

    /// Why nothing tells photos that show none of the products: "no-known-photos" (the model comes without
    /// what it learnt from), or OpenSetModel::fit()'s. Nothing where something does, or is still being made.
    [[nodiscard]] const std::optional<Error>& unknownProblem() const { return m_unknownProblem; }

Q_SIGNALS:
    /// Another unknownProblem().
    void unknownProblemChanged();

private:
    /// What the window needs to know of the lessons.
    struct Lessons {
        QString backbone;
        std::shared_ptr<const PrototypeIndex> index;
        FusionWeights weights;
        QHash<QString, int> taught;     ///< photos by label id
        QHash<QString, QString> photos; ///< the same, sha256 to label id
    };

    void onModelLoaded(const LoadedModel& model);
    void restart();
    void teach(int index);
    void onProjectChanged();
    void report(quint64 generation);
    void takeOpenSet(const QString& fingerprint, const Result<std::shared_ptr<const OpenSetModel>>& made);
    void setUnknownProblem(std::optional<Error> problem);
    void setLessons(std::optional<Lessons> lessons);
    void giveSteps();

    Settings& m_settings;
    RecognitionService& m_service;
    ProjectSession& m_project;
    LabelIndex& m_labels;
    StorePrior& m_prior;
    RecognitionController& m_controller;
    HeadRetraining m_retraining;

    LoadedModel m_model;
    std::optional<Lessons> m_lessons;
    std::shared_ptr<const OpenSetModel> m_openSet;
    std::optional<Error> m_unknownProblem;
    quint64 m_generation = 0;
    bool m_ownAnswer = false; ///< the next change of the project is the answer that teach() had
    std::atomic_bool m_refreshWaits = false;

    std::optional<ProjectLessons> m_worked; ///< the worker's
    SerialExecutor m_measurer;              ///< fits what tells unknown products
    SerialExecutor m_worker;                ///< last: ends before what it uses goes
};

} // namespace goodsight
