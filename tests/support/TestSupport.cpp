#include "tests/support/TestSupport.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QThread>

namespace goodsight::testsupport {

QString sourceDir()
{
    return QStringLiteral(GOODSIGHT_SOURCE_DIR);
}

QString shared(const QString& relative)
{
    const QFileInfo file(sourceDir() + QStringLiteral("/../shared/") + relative);
    return file.exists() ? file.absoluteFilePath() : QString();
}

bool waitFor(const std::function<bool()>& condition, int milliseconds)
{
    QElapsedTimer timer;
    timer.start();
    while (!condition()) {
        if (timer.elapsed() > milliseconds)
            return false;
        QCoreApplication::processEvents(QEventLoop::AllEvents, 20);
        QThread::msleep(2);
    }
    return true;
}

} // namespace goodsight::testsupport
