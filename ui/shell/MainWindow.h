#pragma once

#include "core/inference/RecognitionService.h"

#include <QList>
#include <QMainWindow>

#include <functional>
#include <optional>

class QStackedWidget;
class QTimer;

namespace goodsight {

class AutomaticAnswers;
class Banner;
class CameraPage;
class EvaluationController;
class InstantLearning;
class LabelIndex;
class NavRail;
class PhotoIntake;
class ProjectSession;
class PromotionController;
class RecognitionController;
class RecognitionPage;
class Settings;
class SettingsPage;
class ShadowRun;
class StatusStrip;
class StorePrior;
class SwitchMeasurement;
class ThumbnailLoader;
class TrainingController;

/// What the window works with. Everything outlives the window.
struct WindowContext {
    Settings& settings;
    RecognitionService& service;
    ProjectSession& project;
    LabelIndex& labels;
    StorePrior& prior;
    RecognitionController& controller;
    AutomaticAnswers& automatic;
    PhotoIntake& intake;
    ThumbnailLoader& thumbnails;
    TrainingController& training;
    EvaluationController& evaluation;
    ShadowRun& shadow;
    PromotionController& promotion;
    SwitchMeasurement& switches;
    const InstantLearning& learning;
};

/// The window: pages at the right of the rail, the status strip below.
class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    explicit MainWindow(const WindowContext& context);
    ~MainWindow() override;

    /// Opens the project and loads the model; called once the window is on the screen.
    void start();

protected:
    void closeEvent(QCloseEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    /// A page with its place in the rail.
    struct Entry {
        int index;
        QWidget* page;
        std::function<QString()> text;
    };
    void addPages();
    void retranslate();
    void refreshProject();
    void refreshModel();
    void showTimes();
    void onRecognized(const Recognition& recognition, const QImage& photo);
    void onSetting(const QString& key);
    void loadModel();
    void onModelLoaded(const LoadedModel& model);
    void showProjectProblem();

    WindowContext m_context;
    NavRail* m_rail;
    QStackedWidget* m_pages;
    StatusStrip* m_status;
    QWidget* m_problemBox = nullptr;
    Banner* m_problem;
    QList<Entry> m_entries;
    RecognitionPage* m_recognition;
    CameraPage* m_camera;
    SettingsPage* m_settings = nullptr;
    QTimer* m_projectRefresh;
    /// Serial of the camera picture that waits for its answer; the camera comes back after it. 0: none.
    quint64 m_cameraWaitsFor = 0;
    QString m_said;
    std::optional<RecognitionTimes> m_times; ///< of the last photo
    AugmentationTally m_tally;               ///< since the program or the setting began
    LoadedModel m_model;
    Error m_modelError;
};

} // namespace goodsight
