#include "core/learning/TrainingSet.h"

#include <QCryptographicHash>
#include <QStringList>

namespace goodsight {

QString TrainingSet::fingerprint() const
{
    QStringList lines;
    lines.reserve(static_cast<qsizetype>(photos.size()));
    for (const TrainingPhoto& photo : photos)
        lines += photo.sha256 + u' ' + classes[photo.label].id + u' ' +
                 QString::number(static_cast<int>(photo.part));
    lines.sort();
    return QString::fromLatin1(
        QCryptographicHash::hash(lines.join(u'\n').toUtf8(), QCryptographicHash::Sha256).toHex());
}

} // namespace goodsight
