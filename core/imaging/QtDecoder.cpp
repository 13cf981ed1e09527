#include "core/imaging/DecodeErrors.h"
#include "core/imaging/Decoders.h"
#include "core/imaging/ExifOrientation.h"

#include <QBuffer>
#include <QImageReader>

#include <mutex>

namespace goodsight::imaging {

namespace {

/// Qt refuses pictures over 128 MB by default, less than our own limit allows. Ours is checked from the
/// header before Qt allocates, so Qt's is switched off.
void leaveLimitsToUs()
{
    static std::once_flag once;
    std::call_once(once, [] { QImageReader::setAllocationLimit(0); });
}

QByteArray qtFormat(ImageKind kind)
{
    switch (kind) {
    case ImageKind::Png:
        return QByteArrayLiteral("png");
    case ImageKind::WebP:
        return QByteArrayLiteral("webp");
    case ImageKind::Bmp:
        return QByteArrayLiteral("bmp");
    case ImageKind::Gif:
        return QByteArrayLiteral("gif");
    default:
        return QByteArrayLiteral("tiff");
    }
}

} // namespace

Result<StoredPicture> decodeByQt(const Source& source)
{
    leaveLimitsToUs();
    QBuffer buffer;
    buffer.setData(source.bytes);
    buffer.open(QIODevice::ReadOnly);
    const QByteArray format = qtFormat(source.kind);
    static const QList<QByteArray> supported = QImageReader::supportedImageFormats();
    if (!supported.contains(format))
        return DecodeErrors::unsupported(source.name, QString::fromLatin1(format).toUpper());
    QImageReader reader(&buffer, format);
    reader.setAutoDetectImageFormat(false);
    reader.setAutoTransform(false); // the bytes' own orientation is applied by us, for all formats alike

    QSize size = reader.size();
    size.setHeight(qAbs(size.height())); // a BMP that begins at its top says so by a negative height
    if (size.isEmpty())
        return DecodeErrors::damaged(source.name);
    if (!withinLimits(size.width(), size.height(), source.limits))
        return DecodeErrors::tooLarge(source.name, size.width(), size.height(), source.limits);

    const QImage read = reader.read();
    if (read.isNull())
        return DecodeErrors::damaged(source.name);
    StoredPicture picture;
    picture.fileSize = read.size();
    picture.orientation = fileOrientation(source.kind, source.bytes);
    picture.image = toRgb888(read);
    if (picture.image.isNull())
        return DecodeErrors::outOfMemory(source.name);
    return picture;
}

} // namespace goodsight::imaging
