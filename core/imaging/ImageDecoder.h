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
    /// EXIF's, 1 to 8, where `image` is as it is stored (decodeReduced()); else 1.
    int orientation = 1;
    /// Of the file's sides that `image` has, each rounded up to a pixel; below 8 only from decodeReduced().
    int eighths = 8;
    QSize originalSize; ///< pixels in the file, upright
    QString format;     ///< "jpeg", "png", "webp", "bmp", "gif", "tiff", "heic", "avif"
    /// True when either side is smaller than kComfortableSize.
    [[nodiscard]] bool small() const;
};

/// Reads and decodes a photo: JPEG, PNG, WebP, BMP, the first frame of GIF and TIFF, HEIC and AVIF.
///
/// Any thread. The kind is told by content, not by the file's name. CMYK, 16-bit, grey, alpha and palette
/// pictures become 8-bit RGB as Pillow's convert("RGB") does (alpha is dropped), with one exception: 16-bit
/// grey keeps its high byte, where Pillow clips at 255 and shows a white page.
/// Errors: "not-found", "unreadable", "empty-file", "not-an-image", "unsupported-format" (a picture, of a
/// kind that this installation cannot decode), "truncated" (the end is missing), "damaged", "too-large",
/// "out-of-memory".
[[nodiscard]] Result<DecodedImage> decodeFile(const QString& path, const DecodeLimits& limits = {});

/// The same for bytes already in memory; `name` is what messages call them.
[[nodiscard]] Result<DecodedImage> decodeBytes(const QByteArray& bytes, const QString& name,
                                               const DecodeLimits& limits = {});

/// The same, faster and smaller: a JPEG at the least of its eighths that leaves the short side at `atLeast`
/// pixels or more (upsampled simply where it is to be reduced by two or more), and nothing turned upright:
/// `orientation` tells how. Other kinds are decoded whole.
[[nodiscard]] Result<DecodedImage> decodeReduced(const QByteArray& bytes, const QString& name, int atLeast,
                                                 const DecodeLimits& limits = {});

/// `image`, upright. Errors: "out-of-memory".
[[nodiscard]] Result<QImage> upright(const QImage& image, int orientation, const QString& name);

/// The bytes of a photo, for decodeBytes(). What does not begin like a picture is refused after its first
/// bytes, so that a film of many gigabytes that was dropped by mistake is not read. Any thread. Errors:
/// "not-found", "unreadable", "empty-file", "not-an-image", "too-large", "out-of-memory".
[[nodiscard]] Result<QByteArray> readPicture(const QString& path, const DecodeLimits& limits = {});

/// A small copy of a photo for a strip or a gallery: upright, within side x side, never enlarged. Much
/// faster than decodeFile() for JPEG, which is decoded at 1/2, 1/4 or 1/8 of its size; not for recognition.
[[nodiscard]] Result<QImage> decodeThumbnail(const QString& path, int side, const DecodeLimits& limits = {});

/// Name filters for a file dialog and for walking folders, lower case: "*.jpg", "*.jpeg", …
[[nodiscard]] QStringList imageNameFilters();

} // namespace goodsight
