#pragma once

#include "core/imaging/ImageSniffer.h"

#include <QImage>

namespace goodsight::imaging {

/// The orientation 1..8 that an EXIF block asks for: a TIFF structure, with or without "Exif\0\0" before it.
/// 1 for nonsense.
[[nodiscard]] int exifOrientation(QByteArrayView exif);

/// The same for a whole PNG (eXIf chunk), WebP (EXIF chunk) or TIFF file; 1 for other kinds.
[[nodiscard]] int fileOrientation(ImageKind kind, QByteArrayView bytes);

/// True when turning upright exchanges width and height.
[[nodiscard]] bool swapsSides(int orientation);

/// Which axes of the upright picture run against those of the stored one that they lie along.
struct StoredAxes {
    bool fromRight = false;  ///< the upright picture's x
    bool fromBottom = false; ///< its y
};
[[nodiscard]] StoredAxes storedAxes(int orientation);

/// `image` (Format_RGB888) turned upright: what Pillow's ImageOps.exif_transpose gives. Null when memory is
/// short.
[[nodiscard]] QImage turnedUpright(const QImage& image, int orientation);

} // namespace goodsight::imaging
