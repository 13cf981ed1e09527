#include "ui/widgets/EngineName.h"

#include <QCoreApplication>

namespace goodsight {

QString engineTitle(const QString& backend)
{
    const auto tr = [](const char* text) { return QCoreApplication::translate("goodsight::Engine", text); };
    if (backend == u"auto")
        return tr(QT_TRANSLATE_NOOP("goodsight::Engine", "Automatic: the fastest that is right"));
    if (backend == u"onednn-int8")
        return tr(QT_TRANSLATE_NOOP("goodsight::Engine", "8-bit engine"));
    if (backend == u"onednn-fp32")
        return tr(QT_TRANSLATE_NOOP("goodsight::Engine", "32-bit engine"));
    if (backend == u"torch")
        return tr(QT_TRANSLATE_NOOP("goodsight::Engine", "LibTorch (reference)"));
    return backend;
}

} // namespace goodsight
