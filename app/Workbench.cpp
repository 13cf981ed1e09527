#include "app/Workbench.h"

#include "app/StartLog.h"
#include "app/TrainingEngine.h"
#include "core/base/Paths.h"
#include "core/inference/Recognizer.h"
#include "ui/shell/ModelLocator.h"

#include <QApplication>
#include <QTimer>

namespace goodsight {

Workbench::Workbench(QApplication& application)
    : settings(paths::settingsFile())
    , theme(application)
    , plainText(application)
    , service(openLocated)
    , labels(project)
    , controller(service, project)
    , prior(settings, project)
    , learning(settings, service, project, labels, prior, controller)
    , shadow(settings, project, controller)
    , automatic(settings, service, project, controller)
    , promotion(settings, service, project, labels, shadow)
    , intake(controller)
    , trainingSplit(project)
    , evaluationSplit(project)
    , training(paths::dataDir() + QStringLiteral("/training.json"))
    , switches(settings, project)
    , window({settings, service, project, labels, prior, controller, automatic, intake, thumbnails, training,
              evaluation, shadow, promotion, switches, learning})
{
    training.setFactory(trainingEngine());
    training.setSplit(trainingSplit);
    evaluation.setSplit(evaluationSplit);
    connect(&shadow, &ShadowRun::changed, &automatic,
            [this] { automatic.setResting(shadow.model().has_value()); });
    connect(&service, &RecognitionService::modelLoaded, &shadow,
            [this](const LoadedModel& model) { shadow.setModelInUse(model.package); });
    language.apply(settings.language());
    theme.apply(settings.theme());
    connect(&settings, &Settings::changed, this, [this](const QString& key) {
        if (key == u"language")
            language.apply(settings.language());
        else if (key == u"theme")
            theme.apply(settings.theme());
    });
}

void Workbench::start(const QStringList& photos)
{
    StartLog::follow(*this);
    window.show();
    QTimer::singleShot(0, this, [this, photos] {
        window.start();
        if (!photos.isEmpty())
            intake.takePaths(photos, QStringLiteral("file"));
    });
}

} // namespace goodsight
