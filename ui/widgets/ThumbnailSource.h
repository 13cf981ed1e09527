#pragma once

#include "core/imaging/ThumbnailLoader.h"

#include <functional>

namespace goodsight {

/// What charts ask for thumbnails of `side` physical pixels: the one in memory, or null while it is loaded;
/// ThumbnailLoader::ready() says when to paint again. `thumbnails` outlives what is returned.
[[nodiscard]] inline std::function<QImage(const QString&)> thumbnailSource(ThumbnailLoader& thumbnails,
                                                                           int side)
{
    return [&thumbnails, side](const QString& file) {
        const QImage image = thumbnails.cached(file, side);
        if (image.isNull() && !file.isEmpty())
            thumbnails.request(file, side);
        return image;
    };
}

} // namespace goodsight
