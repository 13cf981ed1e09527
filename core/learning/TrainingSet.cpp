#include "core/learning/TrainingSet.h"

#include <QCryptographicHash>
#include <QStringList>

#include <optional>

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

void takeVal(TrainingSet& set)
{
    std::vector<SplitItem> items;
    items.reserve(set.photos.size());
    for (const TrainingPhoto& photo : set.photos) {
        if (photo.part == Part::Val)
            return;
        const auto kept = photo.part == Part::Test ? std::optional(photo.part) : std::nullopt;
        items.push_back({photo.sha256, set.classes[photo.label].id, 0, kept});
    }
    const std::vector<Part> parts = splitStratified(items, {});
    for (std::size_t i = 0; i < parts.size(); ++i)
        set.photos[i].part = parts[i];
}

} // namespace goodsight
