#pragma once

#include <QByteArray>

namespace goodsight::testsupport {

/// `value` in `bytes` bytes.
[[nodiscard]] inline QByteArray byteNumber(quint32 value, int bytes, bool bigEndian)
{
    QByteArray text;
    for (int i = 0; i < bytes; ++i)
        text.append(static_cast<char>(value >> (8 * (bigEndian ? bytes - 1 - i : i))));
    return text;
}

/// A JPEG segment in which the camera says when it took the picture; `time` with its closing zero.
[[nodiscard]] inline QByteArray exifSegment(const QByteArray& time, bool bigEndian)
{
    const auto n = [bigEndian](quint32 value, int bytes) { return byteNumber(value, bytes, bigEndian); };
    QByteArray tiff = bigEndian ? QByteArray("MM") : QByteArray("II");
    tiff += n(42, 2) + n(8, 4);
    tiff += n(1, 2) + n(0x8769, 2) + n(4, 2) + n(1, 4) + n(26, 4) + n(0, 4); // the first directory, at 8
    tiff += n(1, 2) + n(0x9003, 2) + n(2, 2) + n(static_cast<quint32>(time.size()), 4) + n(44, 4) + n(0, 4);
    const QByteArray exif = QByteArray("Exif\0\0", 6) + tiff + time;
    return QByteArray("\xff\xe1", 2) + byteNumber(static_cast<quint32>(exif.size()) + 2, 2, true) + exif;
}

} // namespace goodsight::testsupport
