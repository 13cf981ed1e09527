#include "core/imaging/PictureStructure.h"

#include "core/imaging/TiffDirectory.h"

#include <QtEndian>

namespace goodsight::imaging {

namespace {

quint32 big32(QByteArrayView bytes, qsizetype at)
{
    return qFromBigEndian<quint32>(bytes.data() + at);
}

quint32 little32(QByteArrayView bytes, qsizetype at)
{
    return qFromLittleEndian<quint32>(bytes.data() + at);
}

quint16 little16(QByteArrayView bytes, qsizetype at)
{
    return qFromLittleEndian<quint16>(bytes.data() + at);
}

bool pngCutShort(QByteArrayView bytes)
{
    qsizetype at = 8;
    while (at + 12 <= bytes.size()) {
        const bool last = bytes.sliced(at + 4, 4) == "IEND";
        at += 12 + static_cast<qsizetype>(big32(bytes, at));
        if (last)
            return at > bytes.size();
    }
    return true;
}

/// From 26 bytes at least. A negative height means that the picture begins at its top.
HeaderSize bmpSize(QByteArrayView bytes)
{
    if (little32(bytes, 14) == 12)
        return {little16(bytes, 18), little16(bytes, 20)};
    return {qAbs(qint64{qFromLittleEndian<qint32>(bytes.data() + 18)}),
            qAbs(qint64{qFromLittleEndian<qint32>(bytes.data() + 22)})};
}

bool bmpCutShort(QByteArrayView bytes)
{
    if (bytes.size() < 26)
        return true;
    const auto [width, height] = bmpSize(bytes);
    const qint64 pixels = little32(bytes, 10);
    const quint32 header = little32(bytes, 14);
    qint64 bitsPerPixel = 0;
    if (header == 12) {
        bitsPerPixel = little16(bytes, 24);
    } else {
        if (bytes.size() < 14 + qsizetype{header})
            return true;
        const quint32 compression = little32(bytes, 30);
        if (compression == 1 || compression == 2) // run lengths: as long as the header says
            return pixels + little32(bytes, 34) > bytes.size();
        bitsPerPixel = little16(bytes, 28);
    }
    const qint64 row = (width * bitsPerPixel + 31) / 32 * 4;
    return row != 0 && height > (bytes.size() - pixels) / row;
}

/// Past the sub-blocks of data at `at`, or -1 when they reach past the end.
qsizetype skipGifBlocks(QByteArrayView bytes, qsizetype at)
{
    while (at < bytes.size()) {
        const auto length = static_cast<uchar>(bytes[at]);
        at += 1 + length;
        if (length == 0)
            return at;
    }
    return -1;
}

qsizetype gifPaletteBytes(char flags)
{
    return (flags & 0x80) != 0 ? qsizetype{3} << ((flags & 7) + 1) : 0;
}

/// Whether the first frame is complete; later ones are not looked at.
bool gifCutShort(QByteArrayView bytes)
{
    if (bytes.size() < 13)
        return true;
    qsizetype at = 13 + gifPaletteBytes(bytes[10]);
    while (at >= 0 && at < bytes.size()) {
        const char block = bytes[at];
        if (block == 0x21) {
            at = skipGifBlocks(bytes, at + 2);
        } else if (block == 0x2c) {
            if (at + 10 > bytes.size())
                return true;
            const qsizetype data = at + 10 + gifPaletteBytes(bytes[at + 9]) + 1;
            return skipGifBlocks(bytes, data) < 0;
        } else {
            return false;
        }
    }
    return true;
}

/// The largest of the sizes in a HEIF file's meta box: those of the picture, its tiles and its preview.
std::optional<HeaderSize> heifSize(QByteArrayView bytes)
{
    qsizetype at = 0;
    while (at + 8 <= bytes.size() && bytes.sliced(at + 4, 4) != "meta") {
        const quint32 size = big32(bytes, at);
        if (size < 8) // of 64 bits, or to the end: the meta box comes before such
            return std::nullopt;
        at += size;
    }
    if (at + 8 > bytes.size())
        return std::nullopt;
    const QByteArrayView meta = bytes.sliced(at, qMin<qsizetype>(big32(bytes, at), bytes.size() - at));
    std::optional<HeaderSize> largest;
    for (qsizetype found = meta.indexOf("ispe"); found >= 0 && found + 16 <= meta.size();
         found = meta.indexOf("ispe", found + 4)) {
        const HeaderSize size{big32(meta, found + 8), big32(meta, found + 12)};
        if (!largest || size.width > largest->width || size.height > largest->height)
            largest = size;
    }
    return largest;
}

bool heifCutShort(QByteArrayView bytes)
{
    qsizetype at = 0;
    while (at + 8 <= bytes.size()) {
        quint64 size = big32(bytes, at);
        if (size == 0) // to the end of the file
            return false;
        if (size == 1) {
            if (at + 16 > bytes.size())
                return true;
            size = qFromBigEndian<quint64>(bytes.data() + at + 8);
        }
        if (size < 8)
            return false;
        if (size > static_cast<quint64>(bytes.size() - at))
            return true;
        at += static_cast<qsizetype>(size);
    }
    return at < bytes.size();
}

} // namespace

std::optional<HeaderSize> headerSize(ImageKind kind, QByteArrayView bytes)
{
    switch (kind) {
    case ImageKind::Png:
        if (bytes.size() >= 24)
            return HeaderSize{big32(bytes, 16), big32(bytes, 20)};
        break;
    case ImageKind::Gif:
        if (bytes.size() >= 10)
            return HeaderSize{little16(bytes, 6), little16(bytes, 8)};
        break;
    case ImageKind::Bmp:
        if (bytes.size() >= 26)
            return bmpSize(bytes);
        break;
    case ImageKind::Tiff:
        return TiffDirectory(bytes).pictureSize();
    case ImageKind::Heic:
    case ImageKind::Avif:
        return heifSize(bytes);
    default:
        break;
    }
    return std::nullopt;
}

bool isCutShort(ImageKind kind, QByteArrayView bytes)
{
    switch (kind) {
    case ImageKind::Png:
        return pngCutShort(bytes);
    case ImageKind::WebP:
        return bytes.size() < 12 || qint64{little32(bytes, 4)} + 8 > bytes.size();
    case ImageKind::Bmp:
        return bmpCutShort(bytes);
    case ImageKind::Gif:
        return gifCutShort(bytes);
    case ImageKind::Tiff:
        return TiffDirectory(bytes).pixelsReachPastTheEnd();
    case ImageKind::Heic:
    case ImageKind::Avif:
        return heifCutShort(bytes);
    case ImageKind::Jpeg:
    case ImageKind::Unknown:
        break;
    }
    return false;
}

} // namespace goodsight::imaging
