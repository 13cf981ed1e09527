#include "ui/capture/CameraAccess.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QtGlobal>

#include <algorithm>

#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
#include <QtCore/qtcoreglobal.h>
#if QT_CONFIG(permissions)
#include <QPermissions>
#define GOODSIGHT_ASKS_PERMISSION
#endif
#endif

namespace goodsight {

namespace {
#ifdef GOODSIGHT_ASKS_PERMISSION
CameraAccess fromQt(Qt::PermissionStatus status)
{
    switch (status) {
    case Qt::PermissionStatus::Denied:
        return CameraAccess::Denied;
    case Qt::PermissionStatus::Undetermined:
        return CameraAccess::Undetermined;
    case Qt::PermissionStatus::Granted:
        break;
    }
    return CameraAccess::Granted;
}
#endif

CameraAccess accessByNodes()
{
#ifdef Q_OS_LINUX
    QStringList nodes;
    const auto found =
        QDir(QStringLiteral("/dev")).entryInfoList({QStringLiteral("video*")}, QDir::System | QDir::Files);
    for (const QFileInfo& node : found)
        nodes.append(node.filePath());
    return accessToNodes(nodes, [](const QString& node) {
        const QFileInfo info(node);
        return info.isReadable() && info.isWritable();
    });
#else
    return CameraAccess::Granted;
#endif
}
} // namespace

CameraAccess accessToNodes(const QStringList& nodes, const std::function<bool(const QString&)>& usable)
{
    return nodes.isEmpty() || std::ranges::any_of(nodes, usable) ? CameraAccess::Granted
                                                                 : CameraAccess::Denied;
}

CameraAccess systemCameraAccess()
{
#ifdef GOODSIGHT_ASKS_PERMISSION
    const CameraAccess asked = fromQt(qApp->checkPermission(QCameraPermission{}));
    if (asked != CameraAccess::Granted)
        return asked;
#endif
    return accessByNodes();
}

void requestCameraAccess(QObject* context, const std::function<void(CameraAccess)>& done)
{
#ifdef GOODSIGHT_ASKS_PERMISSION
    qApp->requestPermission(QCameraPermission{}, context,
                            [done](const QPermission& permission) { done(fromQt(permission.status())); });
#else
    static_cast<void>(context);
    done(systemCameraAccess());
#endif
}

} // namespace goodsight
