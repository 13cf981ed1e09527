#include "ui/widgets/EngineName.h"

#include <QCoreApplication>

namespace goodsight {

QString engineTitle(const QString& backend)
{
    if (backend == u"auto")
        return QCoreApplication::translate("goodsight::Engine", "Automatic");
    if (backend == u"onednn-int8")
        return QCoreApplication::translate("goodsight::Engine", "8-bit engine");
    if (backend == u"onednn-fp32")
        return QCoreApplication::translate("goodsight::Engine", "32-bit engine");
    if (backend == u"torch")
        return QCoreApplication::translate("goodsight::Engine", "LibTorch (reference)");
    return backend;
}

} // namespace goodsight
