#include "core/imaging/Resampler.h"

#include "core/imaging/ResampleKernels.h"

#include <algorithm>
#include <cmath>
#include <new>

namespace goodsight::imaging {

AxisWeights AxisWeights::bilinear(int inSize, double extent, std::int64_t outSize, std::int64_t begin,
                                  int length)
{
    const double scale = extent / static_cast<double>(outSize);
    const double support = std::max(scale, 1.0);
    const double perPixel = 1.0 / support;

    AxisWeights axis;
    axis.taps = (static_cast<int>(std::ceil(support)) * 2 + 1 + 3) / 4 * 4;
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

QImage resizeWindow(const QImage& image, QSizeF extent, std::int64_t outWidth, std::int64_t outHeight,
                    std::int64_t left, std::int64_t top, QSize windowSize, const ResampleKernels& kernels)
{
    constexpr std::size_t kChannels = 3;
    const AxisWeights across = 
        AxisWeights::bilinear(image.width(), extent.width(), outWidth, left, windowSize.width());
    const AxisWeights down = 
        AxisWeights::bilinear(image.height(), extent.height(), outHeight, top, windowSize.height());
    // An axis that keeps its size has the weights 1 and 0, which is Pillow's skipped pass bit for bit.

    const int firstRow = down.first.front();
    int rows = 0;
    for (std::size_t i = 0; i < down.first.size(); ++i)
        rows = std::max(rows, down.first[i] + down.count[i] - firstRow);

    // First pass, left to right: the source rows that the window needs, rounded to 8 bits. What is read past
    // the end of a row lies in the next one, except after the last.
    const std::size_t rowBytes = static_cast<std::size_t>(windowSize.width()) * kChannels;
    std::vector<std::uint8_t> narrow(static_cast<std::size_t>(rows) * rowBytes);
    const std::size_t imageRow = static_cast<std::size_t>(image.width()) * kChannels;
    const auto readsOn = static_cast<int>(ResampleKernels::kOverread / imageRow + 1);
    std::vector<std::uint8_t> last;
    for (int row = 0; row < rows; ++row) {
        const std::uint8_t* in = image.constScanLine(firstRow + row);
        if (firstRow + row + readsOn >= image.height()) {
            last.assign(imageRow + ResampleKernels::kOverread, 0);
            std::copy_n(in, imageRow, last.begin());
            in = last.data();
        }
        kernels.across(in, across, narrow.data() + static_cast<std::size_t>(row) * rowBytes);
    }

    // Second pass, top to bottom.
    QImage window(windowSize, QImage::Format_RGB888);
    if (window.isNull())
        throw std::bad_alloc();
    for (int y = 0; y < windowSize.height(); ++y) {
        const auto at = static_cast<std::size_t>(y);
        const std::size_t from = static_cast<std::size_t>(down.first[at] - firstRow) * rowBytes;
        kernels.down(narrow.data() + from, rowBytes,
                     down.weight.data() + static_cast<std::ptrdiff_t>(y) * down.taps, down.count[at],
                     rowBytes, window.scanLine(y));
    }
    return window;
}

} // namespace goodsight::imaging
