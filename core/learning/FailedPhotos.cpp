#include "core/learning/FailedPhotos.h"

#include <QFile>

namespace goodsight {

FailedPhotos::FailedPhotos(const TrainingSet& set, const QString& folder)
    : m_set(set)
    , m_file(folder + QStringLiteral("/unreadable-photos.txt"))
{}

void FailedPhotos::read()
{
    QFile file(m_file);
    if (!file.open(QIODevice::ReadOnly))
        return;
    const QStringList known = QString::fromUtf8(file.readAll()).split(u'\n', Qt::SkipEmptyParts);
    for (std::size_t i = 0; i < m_set.photos.size(); ++i) {
        if (known.contains(m_set.photos[i].sha256))
            m_photos.insert(i);
    }
}

bool FailedPhotos::add(std::size_t photo)
{
    if (m_photos.contains(photo))
        return false;
    m_photos.insert(photo);
    QFile file(m_file);
    if (file.open(QIODevice::Append))
        file.write(m_set.photos[photo].sha256.toUtf8() + '\n');
    return true;
}

QStringList FailedPhotos::files() const
{
    QStringList out;
    for (const std::size_t photo : m_photos)
        out += m_set.photos[photo].file;
    out.sort();
    return out;
}

} // namespace goodsight
