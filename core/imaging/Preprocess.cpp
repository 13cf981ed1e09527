#include "core/imaging/Preprocess.h"

#include "core/imaging/ExifOrientation.h"
#include "core/imaging/ResampleKernels.h"
#include "core/imaging/Resampler.h"

#include <algorithm>
#include <cstdint>
#include <new>

namespace goodsight {

namespace {

/// One axis of torchvision's CenterCrop: which part of the resized picture is read, and where it is put.
struct CropAxis {
    std::int64_t from = 0; ///< first pixel of the resized picture
    int length = 0;        ///< pixels taken
    int to = 0;            ///< where the first of them lies in the crop
};

/// Half of `n`, halves rounded to even, as Python's round() does.
std::int64_t roundedHalf(std::int64_t n)
{
    const std::int64_t down = n / 2;
    return n % 2 == 0 || down % 2 == 0 ? down : down + 1;
}

CropAxis centreCrop(std::int64_t size, int crop)
{
    if (size < crop) // black on both sides, the odd pixel on the far one
        return {0, static_cast<int>(size), static_cast<int>((crop - size) / 2)};
    return {roundedHalf(size - crop), crop, 0};
}

/// The long side when the short one becomes `resize`: torchvision truncates int(resize * long / short).
std::int64_t longSide(int resize, int longer, int shorter)
{
    return static_cast<std::int64_t>(static_cast<double>(static_cast<std::int64_t>(resize) * longer) /
                                     static_cast<double>(shorter));
}

} // namespace

QImage resizeAndCrop(const QImage& image, const PreprocessSpec& spec)
{
    DecodedImage photo;
    photo.image = image;
    photo.originalSize = image.size();
    return resizeAndCrop(photo, spec);
}

QImage resizeAndCrop(const DecodedImage& photo, const PreprocessSpec& spec)
{
    const QImage& image = photo.image;
    Q_ASSERT(image.format() == QImage::Format_RGB888 && !image.isNull());
    const bool swapped = imaging::swapsSides(photo.orientation);
    const QSize upright = photo.originalSize;
    const QSizeF extent = QSizeF(swapped ? upright.transposed() : upright) * (photo.eighths / 8.0);
    const bool tall = upright.width() <= upright.height();
    const std::int64_t width = tall ? spec.resize : longSide(spec.resize, upright.width(), upright.height());
    const std::int64_t height = tall ? longSide(spec.resize, upright.height(), upright.width()) : spec.resize;

    const CropAxis across = centreCrop(width, spec.crop);
    const CropAxis down = centreCrop(height, spec.crop);
    // The same window where the picture is stored: mirrored axes count from their other end.
    const imaging::StoredAxes stored = imaging::storedAxes(photo.orientation);
    const std::int64_t left = stored.fromRight ? width - across.from - across.length : across.from;
    const std::int64_t top = stored.fromBottom ? height - down.from - down.length : down.from;
    const QSize size(across.length, down.length);
    const imaging::ResampleKernels& kernels = imaging::bestKernels();
    const QImage window = imaging::turnedUpright(
        swapped ? imaging::resizeWindow(image, extent, height, width, top, left, size.transposed(), kernels)
                : imaging::resizeWindow(image, extent, width, height, left, top, size, kernels),
        photo.orientation);
    if (window.isNull())
        throw std::bad_alloc();
    if (window.size() == QSize(spec.crop, spec.crop))
        return window;

    QImage padded(spec.crop, spec.crop, QImage::Format_RGB888);
    padded.fill(0);
    for (int y = 0; y < window.height(); ++y)
        std::copy_n(window.constScanLine(y), static_cast<std::size_t>(window.width()) * 3,
                    padded.scanLine(down.to + y) + static_cast<std::ptrdiff_t>(across.to) * 3);
    return padded;
}

void normalise(const QImage& crop, const PreprocessSpec& spec, float* out)
{
    Q_ASSERT(crop.format() == QImage::Format_RGB888);
    const std::size_t plane =
        static_cast<std::size_t>(crop.width()) * static_cast<std::size_t>(crop.height());
    for (std::size_t channel = 0; channel < 3; ++channel) {
        // The same two float operations that ToTensor and Normalize make, once for each byte value.
        std::array<float, 256> value{};
        for (std::size_t byte = 0; byte < value.size(); ++byte)
            value[byte] = (static_cast<float>(byte) / 255.0F - spec.mean[channel]) / spec.std[channel];
        float* to = out + channel * plane;
        for (int y = 0; y < crop.height(); ++y) {
            const uchar* row = crop.constScanLine(y) + channel;
            for (int x = 0; x < crop.width(); ++x)
                *to++ = value[row[static_cast<std::ptrdiff_t>(x) * 3]];
        }
    }
}

namespace {

std::vector<float> normalised(const QImage& crop, const PreprocessSpec& spec)
{
    std::vector<float> floats(static_cast<std::size_t>(spec.crop) * static_cast<std::size_t>(spec.crop) * 3);
    normalise(crop, spec, floats.data());
    return floats;
}

} // namespace

std::vector<float> preprocess(const QImage& image, const PreprocessSpec& spec)
{
    return normalised(resizeAndCrop(image, spec), spec);
}

std::vector<float> preprocess(const DecodedImage& photo, const PreprocessSpec& spec)
{
    return normalised(resizeAndCrop(photo, spec), spec);
}

} // namespace goodsight
