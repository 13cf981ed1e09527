#include "core/imaging/Augmentation.h"

#include "core/base/Random.h"
#include "core/imaging/ResampleKernels.h"
#include "core/imaging/Resampler.h"

#include <QRect>

#include <algorithm>
#include <cmath>
#include <new>

namespace goodsight {

namespace {

constexpr int kTries = 10; ///< as torchvision's RandomResizedCrop

/// ITU-R 601 luma, as Pillow's convert("L").
constexpr double kRed = 0.299;
constexpr double kGreen = 0.587;
constexpr double kBlue = 0.114;

QRect randomBox(QSize size, const AugmentationSpec& spec, Random& random)
{
    const double logAspect = std::log(std::max(1.0, spec.aspect));
    for (int i = 0; i < kTries; ++i) {
        const double area =
            static_cast<double>(size.width()) * size.height() * random.uniform(spec.scaleMin, spec.scaleMax);
        const double aspect = std::exp(random.uniform(-logAspect, logAspect));
        const auto width = static_cast<int>(std::lround(std::sqrt(area * aspect)));
        const auto height = static_cast<int>(std::lround(std::sqrt(area / aspect)));
        if (width < 1 || height < 1 || width > size.width() || height > size.height())
            continue;
        const auto offset = [&random](int room) {
            return static_cast<int>(random.below(static_cast<std::uint64_t>(room) + 1));
        };
        const int top = offset(size.height() - height);
        return {offset(size.width() - width), top, width, height};
    }
    const int side = std::min(size.width(), size.height());
    return {(size.width() - side) / 2, (size.height() - side) / 2, side, side};
}

uchar toByte(double value)
{
    return static_cast<uchar>(std::clamp(value, 0.0, 255.0) + 0.5);
}

void jitter(QImage& view, double brightness, double contrast, double saturation)
{
    double sum = 0;
    for (int y = 0; y < view.height(); ++y) {
        const uchar* pixel = view.constScanLine(y);
        for (int x = 0; x < view.width(); ++x, pixel += 3)
            sum += kRed * pixel[0] + kGreen * pixel[1] + kBlue * pixel[2];
    }
    const double mean = brightness * sum / (static_cast<double>(view.width()) * view.height());
    const double scale = brightness * contrast;
    const double shift = mean * (1 - contrast);
    for (int y = 0; y < view.height(); ++y) {
        uchar* pixel = view.scanLine(y);
        for (int x = 0; x < view.width(); ++x, pixel += 3) {
            const double red = scale * pixel[0] + shift;
            const double green = scale * pixel[1] + shift;
            const double blue = scale * pixel[2] + shift;
            const double grey = (1 - saturation) * (kRed * red + kGreen * green + kBlue * blue);
            pixel[0] = toByte(grey + saturation * red);
            pixel[1] = toByte(grey + saturation * green);
            pixel[2] = toByte(grey + saturation * blue);
        }
    }
}

} // namespace

QImage randomView(const QImage& photo, const AugmentationSpec& spec, int side, std::uint64_t seed)
{
    Q_ASSERT(photo.format() == QImage::Format_RGB888 && !photo.isNull() && side > 0);
    Random random(seed);
    const QRect box = randomBox(photo.size(), spec, random);
    const bool mirrored = random.uniform() < spec.flip;
    const auto factor = [&random](double amount) { return random.uniform(1 - amount, 1 + amount); };
    const double brightness = factor(spec.brightness);
    const double contrast = factor(spec.contrast);
    const double saturation = factor(spec.saturation);

    const QImage part = photo.copy(box);
    if (part.isNull())
        throw std::bad_alloc();
    QImage view = imaging::resizeWindow(part, side, side, 0, 0, {side, side}, imaging::bestKernels());
    if (mirrored)
        view = view.mirrored(true, false);
    if (view.isNull())
        throw std::bad_alloc();
    if (spec.brightness > 0 || spec.contrast > 0 || spec.saturation > 0)
        jitter(view, brightness, contrast, saturation);
    return view;
}

QImage plainView(const QImage& photo, const PreprocessSpec& spec, int side)
{
    PreprocessSpec scaled = spec;
    scaled.crop = side;
    scaled.resize = static_cast<int>(std::lround(static_cast<double>(spec.resize) * side / spec.crop));
    return resizeAndCrop(photo, scaled);
}

} // namespace goodsight
