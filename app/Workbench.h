#pragma once

#include "core/base/Language.h"
#include "core/base/Settings.h"
#include "core/imaging/ThumbnailLoader.h"
#include "core/inference/RecognitionService.h"
#include "ui/evaluation/EvaluationController.h"
#include "ui/promotion/PromotionController.h"
#include "ui/promotion/ShadowRun.h"
#include "ui/recognition/AutomaticAnswers.h"
#include "ui/recognition/PhotoIntake.h"
#include "ui/recognition/RecognitionController.h"
#include "ui/settings/SwitchMeasurement.h"
#include "ui/shell/InstantLearning.h"
#include "ui/shell/LabelIndex.h"
#include "ui/shell/MainWindow.h"
#include "ui/shell/ProjectSession.h"
#include "ui/shell/SplitBeforehand.h"
#include "ui/shell/StorePrior.h"
#include "ui/theme/PlainText.h"
#include "ui/theme/Theme.h"
#include "ui/training/TrainingController.h"

class QApplication;

namespace goodsight {

/// The composition root of the desktop program: makes every part once, in the order of their needs.
class Workbench : public QObject {
    Q_OBJECT
public:
    /// Settings come from paths::settingsFile(). `application` outlives the workbench.
    explicit Workbench(QApplication& application);

    /// Shows the window; project and model are opened from the event loop, once it is on the screen.
    /// `photos` (files and folders) are taken in then.
    void start(const QStringList& photos);

    Settings settings;
    Language language;
    Theme theme;
    PlainText plainText;
    RecognitionService service;
    ProjectSession project;
    LabelIndex labels;
    RecognitionController controller;
    StorePrior prior;
    InstantLearning learning;
    ShadowRun shadow;
    AutomaticAnswers automatic;
    PromotionController promotion;
    PhotoIntake intake;
    ThumbnailLoader thumbnails;
    SplitBeforehand trainingSplit;
    SplitBeforehand evaluationSplit;
    TrainingController training;
    EvaluationController evaluation;
    SwitchMeasurement switches;
    MainWindow window;
};

} // namespace goodsight
