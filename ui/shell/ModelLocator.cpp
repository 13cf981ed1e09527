#include "ui/shell/ModelLocator.h"

#include "core/base/Paths.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace goodsight {

Result<QString> modelFile(const QString& name)
{
    const QString installed = paths::modelsDir() + u'/' + name + QStringLiteral(".safetensors");
    if (QFileInfo::exists(installed))
        return installed;
    const QString shipped = paths::shippedFile(QStringLiteral("models/groceries.safetensors"));
    if (!shipped.isEmpty())
        return shipped;
    return fail("model-missing",
                QCoreApplication::translate("goodsight::ModelLocator", "No model is installed."),
                QCoreApplication::translate("goodsight::ModelLocator", "Import one on the Models page."));
}

} // namespace goodsight
