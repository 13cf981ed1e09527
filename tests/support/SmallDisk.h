#pragma once

#include <QProcess>
#include <QTemporaryDir>

namespace goodsight::testsupport {

/// A file system of a few kilobytes (tmpfs), for tests of a full disk; needs root on Linux.
class SmallDisk {
public:
    explicit SmallDisk(int kilobytes)
    {
        const QString size = QStringLiteral("size=%1k").arg(kilobytes);
        m_mounted = QProcess::execute(QStringLiteral("mount"),
                                      {QStringLiteral("-t"), QStringLiteral("tmpfs"), QStringLiteral("-o"),
                                       size, QStringLiteral("tmpfs"), m_folder.path()}) == 0;
    }
    ~SmallDisk()
    {
        if (m_mounted)
            QProcess::execute(QStringLiteral("umount"), {m_folder.path()});
    }
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;

    /// False where mounting is not allowed: skip the test.
    [[nodiscard]] bool isMounted() const { return m_mounted; }
    [[nodiscard]] QString path() const { return m_folder.path(); }

private:
    QTemporaryDir m_folder;
    bool m_mounted = false;
};

} // namespace goodsight::testsupport
