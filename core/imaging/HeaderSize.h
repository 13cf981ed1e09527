#pragma once

#include <QtGlobal>

namespace goodsight::imaging {

/// Width and height as a header writes them, in more bits than QSize has: they may be a lie.
struct HeaderSize {
    qint64 width = 0;
    qint64 height = 0;
};

} // namespace goodsight::imaging
