#include "app/cli/ModelChoice.h"

#include "core/base/Paths.h"
#include "core/base/Settings.h"
#include "core/model/ModelLibrary.h"

namespace goodsight::cli {

Result<QString> modelFile(const QString& nameOrFile)
{
    return ModelLibrary().fileOf(nameOrFile.isEmpty() ? Settings(paths::settingsFile()).model() : nameOrFile);
}

} // namespace goodsight::cli
