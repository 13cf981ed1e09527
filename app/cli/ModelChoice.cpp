#include "app/cli/ModelChoice.h"

#include "core/base/Paths.h"
#include "core/base/Settings.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace goodsight::cli {

Result<QString> modelFile(const QString& nameOrFile)
{
    const QString word = nameOrFile.isEmpty() ? Settings(paths::settingsFile()).model() : nameOrFile;
    const bool isName = !word.contains(u'/') && !word.contains(u'\\');
    if (isName) {
        const QString file = word + QStringLiteral(".safetensors");
        const QString installed = paths::modelsDir() + u'/' + file;
        if (QFileInfo(installed).isFile())
            return installed;
        const QString shipped = paths::shippedFile(QStringLiteral("models/") + file);
        if (!shipped.isEmpty())
            return shipped;
    }
    if (QFileInfo(word).isFile())
        return word;
    return fail(
        "no-such-model", QCoreApplication::translate("goodsight::Cli", "There is no model “%1”.").arg(word),
        QCoreApplication::translate("goodsight::Cli", "“goodsight-cli model list” shows the models."));
}

} // namespace goodsight::cli
