#include "core/imaging/Resampler.h"

#include <algorithm>
#include <cmath>
#include <new>

namespace goodsight::imaging {

namespace {

constexpr std::int32_t kHalf = 1 << (kFixedBits - 1);
constexpr int kChannels = 3;

std::uint8_t toByte(std::int32_t fixed)
{
    return static_cast<std::uint8_t>(std::clamp(fixed >> kFixedBits, 0, 255));
}

/// One row of `out` pixels from one row of the source.
void resampleRow(const std::uint8_t* in, const AxisWeights& weights, std::uint8_t* out)
{
    const std::int32_t* weight = weights.weight.data();
    for (std::size_t i = 0; i < weights.first.size(); ++i, weight += weights.taps) {
        const std::uint8_t* pixel = in + static_cast<std::ptrdiff_t>(weights.first[i]) * kChannels;
        std::int32_t red = kHalf;
        std::int32_t green = kHalf;
        std::int32_t blue = kHalf;
        for (int tap = 0; tap < weights.count[i]; ++tap, pixel += kChannels) {
            red += pixel[0] * weight[tap];
            green += pixel[1] * weight[tap];
            blue += pixel[2] * weight[tap];
        }
        *out++ = toByte(red);
        *out++ = toByte(green);
        *out++ = toByte(blue);
    }
}

} // namespace

AxisWeights AxisWeights::bilinear(int inSize, std::int64_t outSize, std::int64_t begin, int length)
{
    const double scale = static_cast<double>(inSize) / static_cast<double>(outSize);
    const double support = std::max(scale, 1.0);
    const double perPixel = 1.0 / support;

    AxisWeights axis;
    axis.taps = static_cast<int>(std::ceil(support)) * 2 + 1;
    axis.first.reserve(static_cast<std::size_t>(length));
    axis.count.reserve(static_cast<std::size_t>(length));
    axis.weight.assign(static_cast<std::size_t>(length) * static_cast<std::size_t>(axis.taps), 0);
    std::vector<double> exact(static_cast<std::size_t>(axis.taps));

    for (int i = 0; i < length; ++i) {
        const double centre = (static_cast<double>(begin + i) + 0.5) * scale;
        // Truncation, not rounding down: that is what the reference does, and it shows at the left edge.
        const int from = std::max(static_cast<int>(centre - support + 0.5), 0);
        const int to = std::min(static_cast<int>(centre + support + 0.5), inSize);
        const int count = to - from;
        double sum = 0.0;
        for (int tap = 0; tap < count; ++tap) {
            const double distance = std::abs((tap + from - centre + 0.5) * perPixel);
            const double w = distance < 1.0 ? 1.0 - distance : 0.0;
            exact[static_cast<std::size_t>(tap)] = w;
            sum += w;
        }
        std::int32_t* fixed = axis.weight.data() + static_cast<std::ptrdiff_t>(i) * axis.taps;
        for (int tap = 0; tap < count; ++tap) {
            double w = exact[static_cast<std::size_t>(tap)];
            if (sum != 0.0)
                w /= sum;
            fixed[tap] = static_cast<std::int32_t>(0.5 + w * (1 << kFixedBits));
        }
        axis.first.push_back(from);
        axis.count.push_back(count);
    }
    return axis;
}

QImage resizeWindow(const QImage& image, std::int64_t outWidth, std::int64_t outHeight, std::int64_t left,
                    std::int64_t top, QSize windowSize)
{
    const AxisWeights across = AxisWeights::bilinear(image.width(), outWidth, left, windowSize.width());
    const AxisWeights down = AxisWeights::bilinear(image.height(), outHeight, top, windowSize.height());
    // An axis that keeps its size has the weights 1 and 0, which is Pillow's skipped pass bit for bit.

    const int firstRow = down.first.front();
    int rows = 0;
    for (std::size_t i = 0; i < down.first.size(); ++i)
        rows = std::max(rows, down.first[i] + down.count[i] - firstRow);

    // First pass, left to right: the source rows that the window needs, rounded to 8 bits.
    const std::size_t rowBytes = static_cast<std::size_t>(windowSize.width()) * kChannels;
    std::vector<std::uint8_t> narrow(static_cast<std::size_t>(rows) * rowBytes);
    for (int row = 0; row < rows; ++row)
        resampleRow(image.constScanLine(firstRow + row), across,
                    narrow.data() + static_cast<std::size_t>(row) * rowBytes);

    // Second pass, top to bottom, a whole row of sums at a time so that the inner loop is one multiply-add
    // over contiguous bytes.
    QImage window(windowSize, QImage::Format_RGB888);
    if (window.isNull())
        throw std::bad_alloc();
    std::vector<std::int32_t> sums(rowBytes);
    for (int y = 0; y < windowSize.height(); ++y) {
        const auto at = static_cast<std::size_t>(y);
        std::fill(sums.begin(), sums.end(), kHalf);
        const std::int32_t* weight = down.weight.data() + static_cast<std::ptrdiff_t>(y) * down.taps;
        for (int tap = 0; tap < down.count[at]; ++tap) {
            const std::uint8_t* in =
                narrow.data() + static_cast<std::size_t>(down.first[at] - firstRow + tap) * rowBytes;
            const std::int32_t w = weight[tap];
            for (std::size_t i = 0; i < rowBytes; ++i)
                sums[i] += in[i] * w;
        }
        std::uint8_t* out = window.scanLine(y);
        for (std::size_t i = 0; i < rowBytes; ++i)
            out[i] = toByte(sums[i]);
    }
    return window;
}

} // namespace goodsight::imaging
