#pragma once

#include <QImage>

#include <optional>

namespace goodsight {

/// Side to which a photo may be reduced before it is hashed.
inline constexpr int kHashedSide = 128;

/// A 64-bit perceptual hash of a picture (Format_RGB888, upright): pictures that differ in size, compression
/// or brightness have hashes that differ in few bits. Bit 8 y + x says whether cell (x + 1, y) of the picture
/// in 9 x 8 grey cells is brighter than cell (x, y): N. Krawetz, "Kind of Like That" (2013), "dHash".
///
/// Nothing for a picture without a pattern (one colour, a picture of a white wall), whose hash would be noise
/// or that of every other such picture.
[[nodiscard]] std::optional<quint64> pictureHash(const QImage& picture);

} // namespace goodsight
