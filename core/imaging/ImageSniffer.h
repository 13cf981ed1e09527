#pragma once

#include <QByteArray>

namespace goodsight::imaging {

enum class ImageKind { Unknown, Jpeg, Png, WebP, Bmp, Gif, Tiff, Heic, Avif };

/// How many bytes from the start of a file sniff() wants to see.
inline constexpr qint64 kSniffBytes = 64;

/// The kind of picture that these first bytes begin, whatever the file is called.
[[nodiscard]] ImageKind sniff(QByteArrayView start);

} // namespace goodsight::imaging
