#include "ui/promotion/InstalledModels.h"

#include "ui/shell/LabelIndex.h"

namespace goodsight {

std::optional<InstalledModel> findInstalled(const ModelRef& model)
{
    std::optional<InstalledModel> found;
    const QList<InstalledModel> models = ModelLibrary().list();
    for (const InstalledModel& one : models) {
        if (one.error || one.fingerprint.isEmpty() || one.fingerprint != model.fingerprint)
            continue;
        if (one.name == model.name)
            return one;
        if (!found)
            found = one;
    }
    return found;
}

QString titleOf(const InstalledModel& model)
{
    const QString title = interfaceIsEnglish() ? model.titleEn : model.titleZh;
    return title.isEmpty() ? model.name : title;
}

} // namespace goodsight
