#pragma once

#include "core/imaging/ImageDecoder.h"

#include <QImage>

#include <array>
#include <vector>

namespace goodsight {

/// How a model wants its input; part of every cache key that depends on it.
struct PreprocessSpec {
    int resize = 256; ///< short side after resizing, pixels
    int crop = 224;   ///< side of the centre crop, pixels
    std::array<float, 3> mean{0.485F, 0.456F, 0.406F};
    std::array<float, 3> std{0.229F, 0.224F, 0.225F};

    friend bool operator==(const PreprocessSpec&, const PreprocessSpec&) = default;
};

/// Resize and centre crop exactly as torchvision's Resize(resize, BILINEAR, antialias) and CenterCrop(crop)
/// do on a Pillow image: two passes, each rounded to 8 bits. `image` is Format_RGB888; the result is crop x
/// crop, Format_RGB888. Any thread.
[[nodiscard]] QImage resizeAndCrop(const QImage& image, const PreprocessSpec& spec);
/// The same for what decodeReduced() gives: the window of the whole photo, to a part of a pixel, whatever
/// size it was decoded at, and turned upright only when it is small. Of turned pictures, bytes may differ by
/// one from those of a picture turned first.
[[nodiscard]] QImage resizeAndCrop(const DecodedImage& photo, const PreprocessSpec& spec);

/// Writes `crop` as 3 x height x width floats, (v / 255 - mean) / std, channels first (NCHW), to `out`.
void normalise(const QImage& crop, const PreprocessSpec& spec, float* out);

/// resizeAndCrop and normalise in one: 3 * crop * crop floats, NCHW.
[[nodiscard]] std::vector<float> preprocess(const QImage& image, const PreprocessSpec& spec);
[[nodiscard]] std::vector<float> preprocess(const DecodedImage& photo, const PreprocessSpec& spec);

/// Short side down to which a JPEG may be decoded smaller than it is stored, for `spec`: twice what the
/// network's input is resized to.
[[nodiscard]] constexpr int sideForRecognition(const PreprocessSpec& spec)
{
    return 2 * spec.resize;
}

} // namespace goodsight
