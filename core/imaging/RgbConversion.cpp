#include "core/imaging/Decoders.h"

#include <QtGlobal>

namespace goodsight::imaging {

namespace {

/// Calls `pixel(row, x)`, which gives a QRgb, for each pixel, and drops its alpha.
template <typename Pixel>
void convertRows(const QImage& from, QImage& to, Pixel pixel)
{
    for (int y = 0; y < from.height(); ++y) {
        const uchar* in = from.constScanLine(y);
        uchar* out = to.scanLine(y);
        for (int x = 0; x < from.width(); ++x, out += 3) {
            const QRgb value = pixel(in, x);
            out[0] = static_cast<uchar>(qRed(value));
            out[1] = static_cast<uchar>(qGreen(value));
            out[2] = static_cast<uchar>(qBlue(value));
        }
    }
}

} // namespace

QImage toRgb888(const QImage& image)
{
    if (image.format() == QImage::Format_RGB888)
        return image;
    QImage rgb(image.size(), QImage::Format_RGB888);
    if (rgb.isNull())
        return rgb;

    switch (image.format()) {
    case QImage::Format_RGB32:
    case QImage::Format_ARGB32:
        convertRows(image, rgb,
                    [](const uchar* row, int x) { return reinterpret_cast<const QRgb*>(row)[x]; });
        return rgb;
    case QImage::Format_Grayscale8:
        convertRows(image, rgb, [](const uchar* row, int x) { return qRgb(row[x], row[x], row[x]); });
        return rgb;
    case QImage::Format_Grayscale16:
        // The high byte, as Pillow reads 16-bit colour. Its own way with 16-bit grey is to clip at 255, which
        // turns nearly every photo white: of no use to a person, nor to the network.
        convertRows(image, rgb, [](const uchar* row, int x) {
            const int grey = reinterpret_cast<const quint16*>(row)[x] >> 8;
            return qRgb(grey, grey, grey);
        });
        return rgb;
    case QImage::Format_RGBX64:
    case QImage::Format_RGBA64:
        convertRows(image, rgb, [](const uchar* row, int x) {
            const quint16* channels = reinterpret_cast<const quint16*>(row) + qsizetype{x} * 4;
            return qRgb(channels[0] >> 8, channels[1] >> 8, channels[2] >> 8);
        });
        return rgb;
    case QImage::Format_Indexed8: {
        // An index past the palette is black, as in Pillow.
        QList<QRgb> palette = image.colorTable();
        palette.resize(256, qRgb(0, 0, 0));
        convertRows(image, rgb, [&palette](const uchar* row, int x) { return palette[row[x]]; });
        return rgb;
    }
    case QImage::Format_Mono:
    case QImage::Format_MonoLSB: {
        QList<QRgb> palette = image.colorTable();
        palette.resize(2, qRgb(0, 0, 0));
        const bool low = image.format() == QImage::Format_MonoLSB;
        convertRows(image, rgb, [&palette, low](const uchar* row, int x) {
            return palette[row[x >> 3] >> (low ? x & 7 : 7 - (x & 7)) & 1];
        });
        return rgb;
    }
    default:
        // Qt blends alpha into black on the way to a format without it, so it is taken out by hand.
        if (image.hasAlphaChannel()) {
            const QImage straight = image.convertToFormat(QImage::Format_ARGB32);
            return straight.isNull() ? straight : toRgb888(straight);
        }
        return image.convertToFormat(QImage::Format_RGB888);
    }
}

bool withinLimits(qint64 width, qint64 height, const DecodeLimits& limits)
{
    return width > 0 && height > 0 && width <= qint64{limits.maxMegapixels} * 1'000'000 / height;
}

} // namespace goodsight::imaging
