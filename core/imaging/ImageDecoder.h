#pragma once

#include "core/base/Result.h"

#include <QImage>
#include <QSize>

namespace goodsight {

/// What a decoder may spend on one picture.
struct DecodeLimits {
    int maxMegapixels = 200; ///< refused by its header, before any allocation, when larger
};

/// Short side below which the person is told that a larger photo is recognised better.
inline constexpr int kComfortableSize = 300;

/// A decoded photo.
struct DecodedImage {
    QImage image; ///< Format_RGB888, upright (EXIF orientation applied), as Pillow's convert("RGB") gives it
    QSize originalSize; ///< pixels in the file, upright
    QString format;     ///< "jpeg", "png", "webp", "bmp", "gif", "tiff", "heic"
    /// True when either side is smaller than kComfortableSize.
    [[nodiscard]] bool small() const;
};

/// Reads and decodes a photo: JPEG, PNG, WebP, BMP, the first frame of GIF and TIFF, HEIC.
///
/// Any thread. The kind is told by content, not by the file's name. CMYK, 16-bit, grey, alpha and palette
/// pictures become 8-bit RGB as Pillow's convert("RGB") does (alpha is dropped).
/// Errors: "not-found", "unreadable", "empty-file", "not-an-image", "truncated", "too-large",
/// "out-of-memory".
[[nodiscard]] Result<DecodedImage> decodeFile(const QString& path, const DecodeLimits& limits = {});

/// The same for bytes already in memory; `name` is what messages call them.
[[nodiscard]] Result<DecodedImage> decodeBytes(const QByteArray& bytes, const QString& name,
                                               const DecodeLimits& limits = {});

/// Name filters for a file dialog and for walking folders, lower case: "*.jpg", "*.jpeg", …
[[nodiscard]] QStringList imageNameFilters();

} // namespace goodsight
