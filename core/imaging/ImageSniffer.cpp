#include "core/imaging/ImageSniffer.h"

#include "core/imaging/TiffDirectory.h"

#include <QtEndian>

#include <array>

namespace goodsight::imaging {

namespace {

/// HEIF files name what they are in the brands of their first box.
ImageKind heifKind(QByteArrayView start)
{
    static constexpr std::array<const char*, 8> heic{"heic", "heix", "heim", "heis",
                                                     "hevc", "hevx", "hevm", "hevs"};
    bool general = false;
    const qsizetype end = qMin<qsizetype>(start.size(), qFromBigEndian<quint32>(start.data()));
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
    const quint32 header = qFromLittleEndian<quint32>(start.data() + 14);
    return header == 12 || (header >= 40 && header <= 124);
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

} // namespace goodsight::imaging
