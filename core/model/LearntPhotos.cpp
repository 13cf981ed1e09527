#include "core/model/LearntPhotos.h"

#include <QList>

#include <algorithm>

namespace goodsight {

QByteArray LearntPhotos::begunOf(const QString& sha256)
{
    return QByteArray::fromHex(sha256.left(2 * kBytes).toLatin1());
}

LearntPhotos LearntPhotos::fromManifest(const QJsonObject& manifest)
{
    const QJsonObject training = manifest.value(QStringLiteral("training")).toObject();
    const QByteArray all =
        QByteArray::fromBase64(training.value(QStringLiteral("learnt_from")).toString().toLatin1());
    LearntPhotos photos;
    for (qsizetype at = 0; at + kBytes <= all.size(); at += kBytes)
        photos.m_begun.insert(all.mid(at, kBytes));
    return photos;
}

void LearntPhotos::add(const QString& sha256)
{
    const QByteArray begun = begunOf(sha256);
    if (begun.size() == kBytes)
        m_begun.insert(begun);
}

QString LearntPhotos::toText() const
{
    QList<QByteArray> sorted(m_begun.begin(), m_begun.end());
    std::sort(sorted.begin(), sorted.end());
    QByteArray all;
    for (const QByteArray& begun : std::as_const(sorted))
        all += begun;
    return QString::fromLatin1(all.toBase64());
}

} // namespace goodsight
