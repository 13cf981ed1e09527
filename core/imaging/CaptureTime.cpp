#include "core/imaging/CaptureTime.h"

#include "core/imaging/TiffDirectory.h"

#include <QtEndian>

namespace goodsight {

namespace {

constexpr quint16 kExifDirectory = 0x8769;
constexpr quint16 kDateTimeOriginal = 0x9003;

/// The EXIF block of a JPEG; empty where there is none.
QByteArrayView jpegExif(QByteArrayView file)
{
    static constexpr QByteArrayView start("\xff\xd8", 2);
    static constexpr QByteArrayView prefix("Exif\0\0", 6);
    static constexpr uchar application1 = 0xe1;
    static constexpr uchar startOfScan = 0xda;
    if (!file.startsWith(start))
        return {};
    for (qsizetype at = 2; at + 4 <= file.size() && static_cast<uchar>(file[at]) == 0xff;) {
        const auto marker = static_cast<uchar>(file[at + 1]);
        const qsizetype length = qFromBigEndian<quint16>(file.data() + at + 2);
        if (marker == startOfScan || length < 2 || length > file.size() - at - 2)
            break;
        const QByteArrayView segment = file.sliced(at + 4, length - 2);
        if (marker == application1 && segment.startsWith(prefix))
            return segment.sliced(prefix.size());
        at += 2 + length;
    }
    return {};
}

} // namespace

QDateTime captureTime(QByteArrayView file)
{
    const QByteArrayView exif = jpegExif(file);
    if (exif.isEmpty())
        return {};
    const QByteArray text = imaging::TiffDirectory(exif).directory(kExifDirectory).text(kDateTimeOriginal);
    return QDateTime::fromString(QString::fromLatin1(text), QStringLiteral("yyyy:MM:dd HH:mm:ss"));
}

} // namespace goodsight
