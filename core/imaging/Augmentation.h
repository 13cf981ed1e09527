#pragma once

#include "core/imaging/Preprocess.h"

#include <QImage>

#include <cstdint>

namespace goodsight {

/// How far a random view may lie from the photo.
struct AugmentationSpec {
    double scaleMin = 0.35;    ///< least share of the photo's area that a view shows
    double scaleMax = 1.0;     ///< largest
    double aspect = 4.0 / 3.0; ///< most that a crop's sides may be stretched against each other
    double flip = 0.5;         ///< share of views that are mirrored
    double brightness = 0.3;   ///< factors lie in 1 - x .. 1 + x
    double contrast = 0.3;
    double saturation = 0.2;

    friend bool operator==(const AugmentationSpec&, const AugmentationSpec&) = default;
};

/// A random view of `photo` (Format_RGB888, upright) at side x side: resized crop, mirrored or not, then
/// brightness, contrast and saturation (torchvision's RandomResizedCrop, RandomHorizontalFlip and ColorJitter
/// in this order; the contrast about the mean grey of the view). The same `seed` shows the same part in the
/// same colours at every `side`. Any thread; throws std::bad_alloc.
[[nodiscard]] QImage randomView(const QImage& photo, const AugmentationSpec& spec, int side,
                                std::uint64_t seed);

/// What recognition sees, at side x side: the resize and the centre crop of `spec`, both scaled to it. With
/// side == spec.crop byte for byte what resizeAndCrop() gives. Any thread; throws std::bad_alloc.
[[nodiscard]] QImage plainView(const QImage& photo, const PreprocessSpec& spec, int side);

} // namespace goodsight
