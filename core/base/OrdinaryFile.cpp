#include "core/base/OrdinaryFile.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace goodsight {

bool OrdinaryFile::open(OpenMode mode)
{
    const QFileInfo info(fileName());
    if (!info.exists() || info.isFile())
        return QFile::open(mode);
    setErrorString(QCoreApplication::translate("goodsight::OrdinaryFile", "it is not an ordinary file"));
    return false;
}

} // namespace goodsight
