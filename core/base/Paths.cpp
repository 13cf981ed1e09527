#include "core/base/Paths.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

namespace goodsight::paths {

namespace {

QString homeOverride()
{
    return qEnvironmentVariable("GOODSIGHT_HOME");
}

QString standard(QStandardPaths::StandardLocation location)
{
    // Spelled out rather than AppDataLocation, so that the window and the command line share one folder.
    return QStandardPaths::writableLocation(location) + QStringLiteral("/goodsight");
}

} // namespace

QString dataDir()
{
    const QString home = homeOverride();
    return home.isEmpty() ? standard(QStandardPaths::GenericDataLocation) : home + QStringLiteral("/data");
}

QString cacheDir()
{
    const QString home = homeOverride();
    return home.isEmpty() ? standard(QStandardPaths::GenericCacheLocation) : home + QStringLiteral("/cache");
}

QString settingsFile()
{
    const QString home = homeOverride();
    return (home.isEmpty() ? standard(QStandardPaths::GenericConfigLocation) : home) +
           QStringLiteral("/settings.ini");
}

QString defaultProjectDir()
{
    return dataDir() + QStringLiteral("/default.goodsight");
}

QString modelsDir()
{
    return dataDir() + QStringLiteral("/models");
}

QString shippedFile(const QString& relativePath)
{
    const QString beside = QCoreApplication::applicationDirPath();
    for (const QString& root :
         {beside + QStringLiteral("/../share/goodsight"), beside + QStringLiteral("/resources"),
          QStringLiteral(GOODSIGHT_SOURCE_RESOURCES)}) {
        const QFileInfo file(QDir(root), relativePath);
        if (file.exists())
            return file.canonicalFilePath();
    }
    return {};
}

QString joined(const QString& folder, const QString& name)
{
    if (folder.endsWith(u'/') || folder.endsWith(QDir::separator()))
        return folder + name;
    return folder + u'/' + name;
}

} // namespace goodsight::paths
