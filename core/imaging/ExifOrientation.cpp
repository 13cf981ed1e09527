#include "core/imaging/ExifOrientation.h"

#include "core/imaging/TiffDirectory.h"

#include <QtEndian>

namespace goodsight::imaging {

namespace {

QByteArrayView pngExif(QByteArrayView bytes)
{
    qsizetype at = 8;
    while (at + 12 <= bytes.size()) {
        const qsizetype length = qFromBigEndian<quint32>(bytes.data() + at);
        if (length > bytes.size() - at - 12)
            break;
        if (bytes.sliced(at + 4, 4) == "eXIf")
            return bytes.sliced(at + 8, length);
        at += 12 + length;
    }
    return {};
}

QByteArrayView webpExif(QByteArrayView bytes)
{
    qsizetype at = 12;
    while (at + 8 <= bytes.size()) {
        const qsizetype length = qFromLittleEndian<quint32>(bytes.data() + at + 4);
        if (length > bytes.size() - at - 8)
            break;
        if (bytes.sliced(at, 4) == "EXIF")
            return bytes.sliced(at + 8, length);
        at += 8 + length + length % 2;
    }
    return {};
}

} // namespace

int exifOrientation(QByteArrayView exif)
{
    static constexpr QByteArrayView prefix("Exif\0\0", 6);
    return TiffDirectory(exif.startsWith(prefix) ? exif.sliced(prefix.size()) : exif).orientation();
}

int fileOrientation(ImageKind kind, QByteArrayView bytes)
{
    switch (kind) {
    case ImageKind::Png:
        return exifOrientation(pngExif(bytes));
    case ImageKind::WebP:
        return exifOrientation(webpExif(bytes));
    case ImageKind::Tiff:
        return TiffDirectory(bytes).orientation();
    default:
        return 1;
    }
}

bool swapsSides(int orientation)
{
    return orientation >= 5;
}

StoredAxes storedAxes(int orientation)
{
    const bool right = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
    const bool bottom = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
    // Where the sides are exchanged, the upright x runs along the stored columns.
    return swapsSides(orientation) ? StoredAxes{bottom, right} : StoredAxes{right, bottom};
}

QImage turnedUpright(const QImage& image, int orientation)
{
    if (orientation <= 1 || orientation > 8)
        return image;
    const int width = image.width();
    const int height = image.height();
    QImage upright(swapsSides(orientation) ? image.size().transposed() : image.size(), QImage::Format_RGB888);
    if (upright.isNull())
        return upright;

    // For each orientation, where the stored pixel of upright (0, 0) lies and how it moves with x and y.
    const StoredAxes axes = storedAxes(orientation);
    const bool fromRight = swapsSides(orientation) ? axes.fromBottom : axes.fromRight;
    const bool fromBottom = swapsSides(orientation) ? axes.fromRight : axes.fromBottom;
    const qsizetype stepX = fromRight ? -3 : 3;
    const qsizetype stepY = fromBottom ? -image.bytesPerLine() : image.bytesPerLine();
    const uchar* start = image.constBits() + (fromRight ? qsizetype{width - 1} * 3 : 0) +
                         (fromBottom ? (height - 1) * image.bytesPerLine() : 0);
    const qsizetype alongRow = swapsSides(orientation) ? stepY : stepX;
    const qsizetype alongColumn = swapsSides(orientation) ? stepX : stepY;
    for (int y = 0; y < upright.height(); ++y) {
        const uchar* from = start + y * alongColumn;
        uchar* to = upright.scanLine(y);
        for (int x = 0; x < upright.width(); ++x, from += alongRow, to += 3) {
            to[0] = from[0];
            to[1] = from[1];
            to[2] = from[2];
        }
    }
    return upright;
}

} // namespace goodsight::imaging
