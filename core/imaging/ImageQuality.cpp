#include "core/imaging/ImageQuality.h"

#include "core/imaging/ImageDecoder.h"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace goodsight {

namespace {

// Of 296 shop photos, 348 pixels wide, 3 % lie below the first, and none beyond the others.
constexpr double kSharp = 60;
constexpr double kDark = 45;
constexpr double kBright = 225;
constexpr double kClipped = 0.6;

/// Pillow's convert("L"): ITU-R 601 in 16 bits.
std::vector<int> lumaOf(const QImage& crop)
{
    std::vector<int> luma;
    luma.reserve(static_cast<std::size_t>(crop.width()) * static_cast<std::size_t>(crop.height()));
    for (int y = 0; y < crop.height(); ++y) {
        const uchar* pixel = crop.constScanLine(y);
        for (int x = 0; x < crop.width(); ++x, pixel += 3)
            luma.push_back((pixel[0] * 19595 + pixel[1] * 38470 + pixel[2] * 7471 + 0x8000) >> 16);
    }
    return luma;
}

/// Variance of the four-neighbour Laplacian over the pixels that have four neighbours.
double laplacianVariance(const std::vector<int>& luma, int width, int height)
{
    if (width < 3 || height < 3)
        return 0;
    std::int64_t sum = 0;
    std::int64_t squares = 0;
    for (int y = 1; y < height - 1; ++y) {
        const int* row = luma.data() + static_cast<std::ptrdiff_t>(y) * width;
        for (int x = 1; x < width - 1; ++x) {
            const int value = row[x - 1] + row[x + 1] + row[x - width] + row[x + width] - 4 * row[x];
            sum += value;
            squares += std::int64_t{value} * value;
        }
    }
    const double count = static_cast<double>(width - 2) * (height - 2);
    const double mean = static_cast<double>(sum) / count;
    return static_cast<double>(squares) / count - mean * mean;
}

} // namespace

bool ImageQuality::blurred() const
{
    return sharpness < kSharp;
}

bool ImageQuality::dark() const
{
    return brightness < kDark || black > kClipped;
}

bool ImageQuality::overexposed() const
{
    return brightness > kBright || white > kClipped;
}

bool ImageQuality::small() const
{
    return std::min(size.width(), size.height()) < kComfortableSize;
}

ImageQuality measureQuality(const QImage& crop, QSize originalSize)
{
    Q_ASSERT(crop.format() == QImage::Format_RGB888 && !crop.isNull());
    const std::vector<int> luma = lumaOf(crop);
    const auto count = static_cast<double>(luma.size());
    std::int64_t sum = 0;
    std::int64_t black = 0;
    std::int64_t white = 0;
    for (const int value : luma) {
        sum += value;
        black += value <= ImageQuality::kBlack ? 1 : 0;
        white += value >= ImageQuality::kWhite ? 1 : 0;
    }
    ImageQuality quality;
    quality.sharpness = laplacianVariance(luma, crop.width(), crop.height());
    quality.brightness = static_cast<double>(sum) / count;
    quality.black = static_cast<double>(black) / count;
    quality.white = static_cast<double>(white) / count;
    quality.size = originalSize;
    return quality;
}

} // namespace goodsight
