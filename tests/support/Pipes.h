#pragma once

#include <QFile>
#include <QString>

#ifdef Q_OS_UNIX
#include <sys/stat.h>
#endif

namespace goodsight::testsupport {

inline constexpr const char* kNoPipes = "skipped: no named pipes here";

/// Makes a named pipe, which keeps whoever opens it waiting for ever. False where there are none:
/// `GTEST_SKIP() << testsupport::kNoPipes;`
[[nodiscard]] inline bool makePipe(const QString& path)
{
#ifdef Q_OS_UNIX
    return ::mkfifo(QFile::encodeName(path).constData(), 0600) == 0;
#else
    Q_UNUSED(path);
    return false;
#endif
}

} // namespace goodsight::testsupport
