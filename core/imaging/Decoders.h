#pragma once

#include "core/base/Result.h"
#include "core/imaging/ImageDecoder.h"
#include "core/imaging/ImageSniffer.h"

#include <QByteArray>
#include <QImage>
#include <QSize>

namespace goodsight::imaging {

/// What a decoder is given.
struct Source {
    const QByteArray& bytes;
    QString name; ///< what messages call it, as quotedName() gives it
    ImageKind kind = ImageKind::Unknown;
    DecodeLimits limits;
    /// When not 0, a smaller picture will do whose sides are at least this long (or as long as the file's).
    int atLeast = 0;
};

/// What a decoder gives: pixels as they are stored, and how to turn them.
struct StoredPicture {
    QImage image;        ///< Format_RGB888
    QSize fileSize;      ///< pixels in the file, before turning
    int orientation = 1; ///< EXIF's, still to be applied
    int eighths = 8;     ///< of the file's sides that `image` has, rounded up
};

/// libjpeg-turbo with its accurate DCT and smooth chroma, Pillow's choices, so that the bytes agree.
[[nodiscard]] Result<StoredPicture> decodeJpeg(const Source& source);
/// PNG, WebP, BMP, GIF and TIFF by Qt's plugins.
[[nodiscard]] Result<StoredPicture> decodeByQt(const Source& source);
/// HEIC and AVIF by libheif, which applies the file's own rotation.
[[nodiscard]] Result<StoredPicture> decodeHeif(const Source& source);

/// Format_RGB888 of any QImage as Pillow's convert("RGB") has it; alpha is dropped, not blended. Null when
/// memory is short.
[[nodiscard]] QImage toRgb888(const QImage& image);

/// True when a picture of this size may be decoded.
[[nodiscard]] bool withinLimits(qint64 width, qint64 height, const DecodeLimits& limits);

} // namespace goodsight::imaging
