#include "core/learning/TrainingErrors.h"

#include "core/learning/LearningText.h"

#include <QFileDevice>

namespace goodsight {

Error cannotWriteTraining(const QString& path, const QFileDevice& file)
{
    return {file.error() == QFileDevice::ResourceError ? QStringLiteral("disk-full")
                                                       : QStringLiteral("unwritable"),
            LearningText::tr("%1 cannot be written: %2.").arg(quotedName(path), file.errorString()),
            {}};
}

} // namespace goodsight
