#include "ui/capture/FrameConverter.h"

#include "ui/capture/GuardedCopy.h"

#include <QTransform>
#include <QVideoFrame>
#include <QVideoFrameFormat>

#include <algorithm>
#include <cmath>
#include <cstring>

namespace goodsight {

namespace {

/// YCbCr to RGB in 16.16 fixed point.
struct Matrix {
    int black;
    int y, rv, gu, gv, bu;

    [[nodiscard]] QRgb operator()(int luma, int u, int v) const
    {
        const int base = (luma - black) * y + (1 << 15);
        u -= 128;
        v -= 128;
        return qRgb(clamp(base + rv * v), clamp(base - gu * u - gv * v), clamp(base + bu * u));
    }

private:
    [[nodiscard]] static int clamp(int fixed) { return std::clamp(fixed >> 16, 0, 255); }
};

Matrix matrixFor(const QVideoFrameFormat& format)
{
    // Kr and Kb of ITU-R BT.601 and BT.709. Cameras that say nothing send BT.601.
    const bool bt709 = format.colorSpace() == QVideoFrameFormat::ColorSpace_BT709;
    const double kr = bt709 ? 0.2126 : 0.299;
    const double kb = bt709 ? 0.0722 : 0.114;
    const double kg = 1.0 - kr - kb;
    const bool full = format.colorRange() == QVideoFrameFormat::ColorRange_Full;
    const double lumaScale = full ? 1.0 : 255.0 / 219.0;
    const double chromaScale = full ? 1.0 : 255.0 / 224.0;
    const auto fixed = [](double value) { return static_cast<int>(std::lround(value * 65536.0)); };
    return {full ? 0 : 16,
            fixed(lumaScale),
            fixed(2.0 * (1.0 - kr) * chromaScale),
            fixed(2.0 * kb * (1.0 - kb) / kg * chromaScale),
            fixed(2.0 * kr * (1.0 - kr) / kg * chromaScale),
            fixed(2.0 * (1.0 - kb) * chromaScale)};
}

/// Where the samples of a mapped YCbCr frame lie. Steps are in bytes between samples of one row.
struct Layout {
    const uchar* y;
    const uchar* u;
    const uchar* v;
    int yStride, uStride, vStride;
    int yStep, chromaStep;
    int chromaRowShift; ///< 1 where two rows share their chroma
};

Layout layoutOf(const QVideoFrame& frame)
{
    const auto plane = [&](int index) { return frame.bits(index); };
    const auto stride = [&](int index) { return frame.bytesPerLine(index); };
    switch (frame.pixelFormat()) {
    case QVideoFrameFormat::Format_YUYV:
        return {plane(0), plane(0) + 1, plane(0) + 3, stride(0), stride(0), stride(0), 2, 4, 0};
    case QVideoFrameFormat::Format_UYVY:
        return {plane(0) + 1, plane(0), plane(0) + 2, stride(0), stride(0), stride(0), 2, 4, 0};
    case QVideoFrameFormat::Format_NV12:
        return {plane(0), plane(1), plane(1) + 1, stride(0), stride(1), stride(1), 1, 2, 1};
    case QVideoFrameFormat::Format_NV21:
        return {plane(0), plane(1) + 1, plane(1), stride(0), stride(1), stride(1), 1, 2, 1};
    case QVideoFrameFormat::Format_YUV420P:
        return {plane(0), plane(1), plane(2), stride(0), stride(1), stride(2), 1, 1, 1};
    case QVideoFrameFormat::Format_YV12:
        return {plane(0), plane(2), plane(1), stride(0), stride(2), stride(1), 1, 1, 1};
    case QVideoFrameFormat::Format_YUV422P:
        return {plane(0), plane(1), plane(2), stride(0), stride(1), stride(2), 1, 1, 0};
    default:
        return {};
    }
}

QImage fromYCbCr(const Layout& layout, const Matrix& matrix, const QSize& size)
{
    QImage image(size, QImage::Format_RGB32);
    if (image.isNull())
        return image;
    for (int row = 0; row < size.height(); ++row) {
        const int chromaRow = row >> layout.chromaRowShift;
        const uchar* y = layout.y + static_cast<qsizetype>(row) * layout.yStride;
        const uchar* u = layout.u + static_cast<qsizetype>(chromaRow) * layout.uStride;
        const uchar* v = layout.v + static_cast<qsizetype>(chromaRow) * layout.vStride;
        auto* out = reinterpret_cast<QRgb*>(image.scanLine(row));
        for (int x = 0; x < size.width(); ++x) {
            const int chroma = (x >> 1) * layout.chromaStep;
            out[x] = matrix(y[x * layout.yStep], u[chroma], v[chroma]);
        }
    }
    return image;
}

/// The picture as the frame stores it; null when the format is not one of ours.
QImage read(const QVideoFrame& frame)
{
    const QVideoFrameFormat format = frame.surfaceFormat();
    if (format.pixelFormat() == QVideoFrameFormat::Format_Jpeg)
        return QImage::fromData(frame.bits(0), frame.mappedBytes(0)).convertToFormat(QImage::Format_RGB32);
    const QImage::Format rgb = QVideoFrameFormat::imageFormatFromPixelFormat(format.pixelFormat());
    if (rgb != QImage::Format_Invalid) {
        const QImage view(frame.bits(0), frame.width(), frame.height(), frame.bytesPerLine(0), rgb);
        return rgb == QImage::Format_RGB32 ? view.copy() : view.convertToFormat(QImage::Format_RGB32);
    }
    const Layout layout = layoutOf(frame);
    return layout.y == nullptr ? QImage() : fromYCbCr(layout, matrixFor(format), frame.size());
}

QImage upright(const QImage& image, const QVideoFrame& frame)
{
    const bool flipped = frame.surfaceFormat().scanLineDirection() == QVideoFrameFormat::BottomToTop;
#if QT_VERSION >= QT_VERSION_CHECK(6, 7, 0)
    const int angle = static_cast<int>(frame.rotation());
#else
    const int angle = static_cast<int>(frame.rotationAngle());
#endif
    QImage result = flipped ? image.mirrored(false, true) : image;
    if (angle != 0)
        result = result.transformed(QTransform().rotate(angle));
    return frame.mirrored() ? result.mirrored(true, false) : result;
}

} // namespace

QImage convertFrame(QVideoFrame frame)
{
    if (!frame.isValid() || !frame.map(QVideoFrame::ReadOnly))
        return {};
    const QImage image = read(frame);
    frame.unmap();
    return image.isNull() ? image : upright(image, frame);
}

QVideoFrame ownedFrame(const QVideoFrame& frame)
{
    QVideoFrame from = frame;
    QVideoFrame to(frame.surfaceFormat());
    if (!from.map(QVideoFrame::ReadOnly))
        return {};
    bool complete = to.map(QVideoFrame::WriteOnly) && from.planeCount() == to.planeCount();
    QByteArray bytes;
    for (int plane = 0; complete && plane < from.planeCount(); ++plane) {
        bytes.resize(from.mappedBytes(plane));
        const int fromStride = from.bytesPerLine(plane);
        const int toStride = to.bytesPerLine(plane);
        complete = fromStride > 0 && toStride > 0 &&
                   guardedCopy(bytes.data(), from.bits(plane), static_cast<std::size_t>(bytes.size()));
        if (!complete)
            break;
        const int rows = std::min(from.mappedBytes(plane) / fromStride, to.mappedBytes(plane) / toStride);
        const auto line = static_cast<std::size_t>(std::min(fromStride, toStride));
        for (int row = 0; row < rows; ++row)
            std::memcpy(to.bits(plane) + static_cast<qsizetype>(row) * toStride,
                        bytes.constData() + static_cast<qsizetype>(row) * fromStride, line);
    }
    from.unmap();
    to.unmap();
    return complete ? to : QVideoFrame();
}

} // namespace goodsight
