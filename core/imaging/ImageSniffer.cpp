#include "core/imaging/ImageSniffer.h"

#include "core/imaging/TiffDirectory.h"

#include <QtEndian>

#include <array>

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

/// HEIF files name what they are in the brands of their first box.
ImageKind heifKind(QByteArrayView start)
{
    static constexpr std::array<const char*, 8> heic{"heic", "heix", "heim", "heis",
                                                     "hevc", "hevx", "hevm", "hevs"};
    bool general = false;
    const qsizetype end = qMin<qsizetype>(start.size(), big32(start, 0));
    for (qsizetype at = 8; at + 4 <= end; at += 4) {
        if (at == 12) // the minor version
            continue;
        const QByteArrayView brand = start.sliced(at, 4);
        for (const char* name : heic) {
            if (brand == name)
                return ImageKind::Heic;
        }
        if (brand == "avif" || brand == "avis")
            return ImageKind::Avif;
        general = general || brand == "mif1" || brand == "msf1" || brand == "mif2";
    }
    return general ? ImageKind::Heic : ImageKind::Unknown;
}

bool isBmp(QByteArrayView start)
{
    if (!start.startsWith("BM"))
        return false;
    if (start.size() < 18) // a text may begin with BM; a picture this short cannot be decoded anyway
        return true;
    const quint32 header = little32(start, 14);
    return header == 12 || (header >= 40 && header <= 124);
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

ImageKind sniff(QByteArrayView start)
{
    if (start.startsWith("\xff\xd8\xff"))
        return ImageKind::Jpeg;
    if (start.startsWith("\x89PNG\r\n\x1a\n"))
        return ImageKind::Png;
    if (start.startsWith("GIF87a") || start.startsWith("GIF89a"))
        return ImageKind::Gif;
    if (start.size() >= 12 && start.startsWith("RIFF") && start.sliced(8, 4) == "WEBP")
        return ImageKind::WebP;
    if (start.size() >= 12 && start.sliced(4, 4) == "ftyp")
        return heifKind(start);
    if (start.size() >= 8 && TiffDirectory::isTiff(start))
        return ImageKind::Tiff;
    return isBmp(start) ? ImageKind::Bmp : ImageKind::Unknown;
}

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
