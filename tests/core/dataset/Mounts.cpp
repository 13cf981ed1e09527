#include "tests/core/dataset/Mounts.h"

#include <QProcess>
#include <QStandardPaths>

namespace goodsight {

namespace {

bool run(const QString& program, const QStringList& arguments)
{
    if (QStandardPaths::findExecutable(program).isEmpty())
        return false;
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(program, arguments);
    return process.waitForFinished() && process.exitStatus() == QProcess::NormalExit &&
           process.exitCode() == 0;
}

const QString kMount = QStringLiteral("mount");
const QString kUnmount = QStringLiteral("umount");

} // namespace

Mount::Mount(QString folder, bool mounted)
    : m_folder(std::move(folder))
    , m_mounted(mounted)
{}

Mount Mount::memory(const QString& folder, int kilobytes)
{
    return {folder,
            run(kMount, {QStringLiteral("-t"), QStringLiteral("tmpfs"), QStringLiteral("-o"),
                         QStringLiteral("size=%1k").arg(kilobytes), QStringLiteral("tmpfs"), folder})};
}

Mount Mount::readOnly(const QString& folder)
{
    if (!run(kMount, {QStringLiteral("--bind"), folder, folder}))
        return {folder, false};
    const bool sealed = run(kMount, {QStringLiteral("-o"), QStringLiteral("remount,bind,ro"), folder});
    if (!sealed)
        run(kUnmount, {folder});
    return {folder, sealed};
}

Mount::~Mount()
{
    if (m_mounted)
        run(kUnmount, {m_folder});
}

} // namespace goodsight
