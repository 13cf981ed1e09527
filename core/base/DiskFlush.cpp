#include "core/base/DiskFlush.h"

#include <QFileDevice>

#ifdef Q_OS_UNIX
#include <unistd.h>
#endif

namespace goodsight {

void flushToDisk(QFileDevice& file)
{
    if (!file.flush())
        return;
#ifdef Q_OS_UNIX
    ::fsync(file.handle());
#endif
}

} // namespace goodsight
