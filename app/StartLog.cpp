#include "app/StartLog.h"

#include "app/Workbench.h"

#include <QEvent>
#include <QLoggingCategory>
#include <QTimer>

namespace goodsight {

namespace {

Q_LOGGING_CATEGORY(log, "goodsight.start", QtWarningMsg)

} // namespace

void StartLog::follow(Workbench& workbench)
{
    if (log().isInfoEnabled())
        new StartLog(workbench);
}

StartLog::StartLog(Workbench& workbench)
    : QObject(&workbench)
{
    workbench.window.installEventFilter(this);
    connect(&workbench.service, &RecognitionService::modelLoaded, this, [] { qCInfo(log, "model loaded"); });
    connect(&workbench.controller, &RecognitionController::recognized, this, [this] {
        disconnect(sender(), nullptr, this, nullptr);
        // What the answer changed is painted by the events that it posted.
        QTimer::singleShot(0, this, [] { qCInfo(log, "first answer"); });
    });
}

bool StartLog::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Paint) {
        watched->removeEventFilter(this);
        // The window's own paint comes before those of what stands in it.
        QTimer::singleShot(0, this, [] { qCInfo(log, "window shown"); });
    }
    return false;
}

} // namespace goodsight
