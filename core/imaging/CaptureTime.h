#pragma once

#include <QByteArrayView>
#include <QDateTime>

namespace goodsight {

/// When a JPEG's camera says that it took the picture (EXIF DateTimeOriginal), in this machine's time zone,
/// since EXIF names none; invalid where it does not say, and for other kinds of picture. Any thread; nonsense
/// is nothing.
[[nodiscard]] QDateTime captureTime(QByteArrayView file);

} // namespace goodsight
