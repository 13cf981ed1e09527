#pragma once

#include "core/imaging/HeaderSize.h"
#include "core/imaging/ImageSniffer.h"

#include <QByteArray>

#include <optional>

namespace goodsight::imaging {

/// The size that the header of a PNG, GIF, BMP, TIFF, HEIC or AVIF gives, read without a decoder; nothing for
/// other kinds and for headers that are not complete.
[[nodiscard]] std::optional<HeaderSize> headerSize(ImageKind kind, QByteArrayView bytes);

/// True when a file of this kind visibly ends before its picture does: a chunk, box, strip or block reaches
/// past the end. Reads structure only, never pixels, and never past `bytes`. False for JPEG, whose decoder
/// tells by itself, and where the structure is too odd to judge.
[[nodiscard]] bool isCutShort(ImageKind kind, QByteArrayView bytes);

} // namespace goodsight::imaging
