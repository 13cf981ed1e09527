#include "core/dataset/PictureHash.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace goodsight {

namespace {

constexpr int kColumns = 9;
constexpr int kRows = 8;
/// Mean difference of neighbouring cells, of 255, below which a picture has no pattern.
constexpr double kPattern = 1.0;

struct Span {
    int begin = 0;
    int end = 0;
};

/// Pixels of cell `index` of `cells`; at least one.
Span cellSpan(int index, int cells, int pixels)
{
    const int begin = index * pixels / cells;
    return {begin, std::max(begin + 1, (index + 1) * pixels / cells)};
}

double meanGrey(const QImage& picture, Span columns, Span rows)
{
    qint64 sum = 0;
    for (int y = rows.begin; y < rows.end; ++y) {
        const uchar* const line = picture.constScanLine(y);
        for (int x = columns.begin; x < columns.end; ++x)
            sum += qGray(line[3 * x], line[3 * x + 1], line[3 * x + 2]);
    }
    return static_cast<double>(sum) / ((columns.end - columns.begin) * (rows.end - rows.begin));
}

} // namespace

std::optional<quint64> pictureHash(const QImage& picture)
{
    if (picture.isNull())
        return std::nullopt;
    const QImage rgb = picture.convertToFormat(QImage::Format_RGB888);
    quint64 hash = 0;
    double pattern = 0;
    for (int y = 0; y < kRows; ++y) {
        const Span rows = cellSpan(y, kRows, rgb.height());
        std::array<double, kColumns> cells{};
        for (int x = 0; x < kColumns; ++x)
            cells[static_cast<std::size_t>(x)] = meanGrey(rgb, cellSpan(x, kColumns, rgb.width()), rows);
        for (int x = 0; x + 1 < kColumns; ++x) {
            const double step = cells[static_cast<std::size_t>(x) + 1] - cells[static_cast<std::size_t>(x)];
            pattern += std::abs(step);
            if (step > 0)
                hash |= 1ULL << (kRows * y + x);
        }
    }
    if (pattern < kPattern * kRows * (kColumns - 1))
        return std::nullopt;
    return hash;
}

} // namespace goodsight
