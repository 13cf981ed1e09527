#pragma once

#include <QByteArray>

#include <optional>

namespace goodsight::imaging {

enum class ImageKind { Unknown, Jpeg, Png, WebP, Bmp, Gif, Tiff, Heic, Avif };

/// How many bytes from the start of a file sniff() wants to see.
inline constexpr qint64 kSniffBytes = 64;

/// The kind of picture that these first bytes begin, whatever the file is called.
[[nodiscard]] ImageKind sniff(QByteArrayView start);

/// Width and height as a header writes them, in more bits than QSize has: they may be a lie.
struct HeaderSize {
    qint64 width = 0;
    qint64 height = 0;
};

/// The size that the header of a PNG, GIF, BMP or TIFF gives, read without a decoder; nothing for other kinds
/// and for headers that are not complete.
[[nodiscard]] std::optional<HeaderSize> headerSize(ImageKind kind, QByteArrayView bytes);

/// True when a file of this kind visibly ends before its picture does: a chunk, box, strip or block reaches
/// past the end. Reads structure only, never pixels, and never past `bytes`. False for JPEG, whose decoder
/// tells by itself, and where the structure is too odd to judge.
[[nodiscard]] bool isCutShort(ImageKind kind, QByteArrayView bytes);

} // namespace goodsight::imaging
