#include "core/imaging/ImageDecoder.h"

#include "core/imaging/DecodeErrors.h"
#include "core/imaging/Decoders.h"
#include "core/imaging/ExifOrientation.h"
#include "core/imaging/PictureStructure.h"

#include <QFile>
#include <QFileInfo>

#include <array>
#include <exception>
#include <new>

namespace goodsight {

using namespace imaging;

namespace {

struct Format {
    ImageKind kind;
    const char* name;
    const char* suffixes; ///< of file names, separated by spaces
    Result<StoredPicture> (*decode)(const Source&);
};

/// Every kind of picture that Goodsight reads. A new one: its first bytes in sniff(), and a line here.
constexpr std::array<Format, 8> kFormats{{
    {ImageKind::Jpeg, "jpeg", "jpg jpeg jpe jfif", decodeJpeg},
    {ImageKind::Png, "png", "png", decodeByQt},
    {ImageKind::WebP, "webp", "webp", decodeByQt},
    {ImageKind::Bmp, "bmp", "bmp dib", decodeByQt},
    {ImageKind::Gif, "gif", "gif", decodeByQt},
    {ImageKind::Tiff, "tiff", "tif tiff", decodeByQt},
    {ImageKind::Heic, "heic", "heic heif hif", decodeHeif},
    {ImageKind::Avif, "avif", "avif", decodeHeif},
}};

const Format* formatOf(ImageKind kind)
{
    for (const Format& format : kFormats) {
        if (format.kind == kind)
            return &format;
    }
    return nullptr;
}

enum class Turn { Upright, AsStored };

Result<DecodedImage> decodeAny(const QByteArray& bytes, const QString& name, const DecodeLimits& limits,
                               int atLeast, Turn turn = Turn::Upright)
{
    if (bytes.isEmpty())
        return DecodeErrors::empty(name);
    const Format* format = formatOf(sniff(QByteArrayView(bytes).first(qMin(kSniffBytes, bytes.size()))));
    if (format == nullptr)
        return DecodeErrors::notAnImage(name);
    // JPEG's own decoder sees to both.
    if (const auto size = headerSize(format->kind, bytes);
        size && size->width > 0 && size->height > 0 && !withinLimits(size->width, size->height, limits))
        return DecodeErrors::tooLarge(name, size->width, size->height, limits);
    if (isCutShort(format->kind, bytes))
        return DecodeErrors::truncated(name);
    try {
        const auto stored = format->decode({bytes, name, format->kind, limits, atLeast});
        if (!stored)
            return fail(stored.error());
        DecodedImage decoded;
        if (turn == Turn::AsStored) {
            decoded.image = stored->image;
            decoded.orientation = stored->orientation;
        } else {
            decoded.image = turnedUpright(stored->image, stored->orientation);
        }
        if (decoded.image.isNull())
            return DecodeErrors::outOfMemory(name);
        decoded.eighths = stored->eighths;
        decoded.originalSize =
            swapsSides(stored->orientation) ? stored->fileSize.transposed() : stored->fileSize;
        decoded.format = QString::fromLatin1(format->name);
        return decoded;
    } catch (const std::bad_alloc&) {
        return DecodeErrors::outOfMemory(name);
    } catch (const std::exception&) {
        return DecodeErrors::damaged(name);
    }
}

/// Bytes of the largest file that is read: all pixels with four channels of 16 bits, and room for the rest.
qint64 largestFile(const DecodeLimits& limits)
{
    return limits.maxMegapixels * 8'000'000LL + 64'000'000;
}

} // namespace

Result<QByteArray> readPicture(const QString& path, const DecodeLimits& limits)
{
    const QString name = quotedName(path);
    const QFileInfo info(path);
    if (!info.exists())
        return DecodeErrors::notFound(name);
    if (info.isDir())
        return DecodeErrors::folder(name);
    if (!info.isFile()) // a pipe or a device could keep us waiting for ever
        return DecodeErrors::notAFile(name);
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return file.exists() ? DecodeErrors::unreadable(name, file.errorString())
                             : DecodeErrors::notFound(name);
    try {
        QByteArray bytes = file.read(kSniffBytes);
        if (bytes.isEmpty() && file.error() == QFileDevice::NoError)
            return DecodeErrors::empty(name);
        if (file.error() == QFileDevice::NoError && sniff(bytes) == ImageKind::Unknown)
            return DecodeErrors::notAnImage(name);
        if (info.size() > largestFile(limits))
            return DecodeErrors::fileTooLarge(name, info.size(), largestFile(limits));
        bytes += file.readAll();
        if (file.error() != QFileDevice::NoError)
            return DecodeErrors::unreadable(name, file.errorString());
        return bytes;
    } catch (const std::bad_alloc&) {
        return DecodeErrors::outOfMemory(name);
    }
}

bool DecodedImage::small() const
{
    return originalSize.width() < kComfortableSize || originalSize.height() < kComfortableSize;
}

Result<DecodedImage> decodeFile(const QString& path, const DecodeLimits& limits)
{
    const auto bytes = readPicture(path, limits);
    if (!bytes)
        return fail(bytes.error());
    return decodeAny(*bytes, quotedName(path), limits, 0);
}

Result<DecodedImage> decodeBytes(const QByteArray& bytes, const QString& name, const DecodeLimits& limits)
{
    return decodeAny(bytes, quotedName(name), limits, 0);
}

Result<DecodedImage> decodeReduced(const QByteArray& bytes, const QString& name, int atLeast,
                                   const DecodeLimits& limits)
{
    return decodeAny(bytes, quotedName(name), limits, atLeast, Turn::AsStored);
}

Result<QImage> upright(const QImage& image, int orientation, const QString& name)
{
    QImage turned = turnedUpright(image, orientation);
    if (turned.isNull())
        return DecodeErrors::outOfMemory(quotedName(name));
    return turned;
}

Result<QImage> decodeThumbnail(const QString& path, int side, const DecodeLimits& limits)
{
    const auto bytes = readPicture(path, limits);
    if (!bytes)
        return fail(bytes.error());
    // Twice the size at least, so that the last reduction is a good one.
    const auto decoded = decodeAny(*bytes, quotedName(path), limits, 2 * side);
    if (!decoded)
        return fail(decoded.error());
    const QImage& image = decoded->image;
    if (image.width() <= side && image.height() <= side)
        return image;
    const QSize size = image.size().scaled(side, side, Qt::KeepAspectRatio).expandedTo({1, 1});
    return image.scaled(size, Qt::IgnoreAspectRatio, Qt::SmoothTransformation)
        .convertToFormat(QImage::Format_RGB888);
}

QStringList imageNameFilters()
{
    QStringList filters;
    for (const Format& format : kFormats) {
        for (const QString& suffix : QString::fromLatin1(format.suffixes).split(u' '))
            filters.append(QStringLiteral("*.") + suffix);
    }
    return filters;
}

} // namespace goodsight
