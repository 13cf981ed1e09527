#include "ui/capture/FrameConverter.h"
#include "ui/capture/GuardedCopy.h"

#include <QColor>
#include <QVideoFrame>
#include <QVideoFrameFormat>

#include <gtest/gtest.h>

#include <array>
#include <cstring>
#include <functional>
#include <vector>

#ifdef Q_OS_LINUX
#include <sys/mman.h>
#endif

using namespace goodsight;

namespace {

/// One colour as the video standards code it, and as a screen shows it.
struct Coded {
    uchar y, u, v;
    QRgb rgb;
};

// The 100 % colours of ITU-R BT.601 and BT.709 in studio range, and full-range (JPEG) BT.601.
constexpr Coded kRed601{81, 90, 240, 0xFFFF0000};
constexpr Coded kGreen601{145, 54, 34, 0xFF00FF00};
constexpr Coded kBlue601{41, 240, 110, 0xFF0000FF};
constexpr Coded kWhite{235, 128, 128, 0xFFFFFFFF};
constexpr Coded kBlack{16, 128, 128, 0xFF000000};
constexpr Coded kRed709{63, 102, 240, 0xFFFF0000};
constexpr Coded kRedFull{76, 85, 255, 0xFFFF0000};

void expectColor(QRgb actual, QRgb expected, const char* where)
{
    EXPECT_NEAR(qRed(actual), qRed(expected), 2) << where;
    EXPECT_NEAR(qGreen(actual), qGreen(expected), 2) << where;
    EXPECT_NEAR(qBlue(actual), qBlue(expected), 2) << where;
    EXPECT_EQ(qAlpha(actual), 255) << where;
}

/// 8x4 pixels: `left` in columns 0-3, `right` in columns 4-7, rows 2 and 3 black.
QVideoFrame frameOf(QVideoFrameFormat::PixelFormat pixelFormat, const Coded& left, const Coded& right,
                    const std::function<void(QVideoFrameFormat&)>& adjust = {})
{
    QVideoFrameFormat format(QSize(8, 4), pixelFormat);
    if (adjust)
        adjust(format);
    QVideoFrame frame(format);
    EXPECT_TRUE(frame.map(QVideoFrame::WriteOnly));
    const auto at = [&](int x, int row) -> const Coded& { return row >= 2 ? kBlack : x < 4 ? left : right; };
    const auto put = [&](int plane, int row, int offset, uchar value) {
        frame.bits(plane)[row * frame.bytesPerLine(plane) + offset] = value;
    };
    using F = QVideoFrameFormat;
    for (int row = 0; row < 4; ++row) {
        for (int x = 0; x < 8; ++x) {
            const Coded& c = at(x, row);
            const int pair = x / 2;
            switch (pixelFormat) {
            case F::Format_YUYV:
                put(0, row, 2 * x, c.y);
                put(0, row, 4 * pair + 1, c.u);
                put(0, row, 4 * pair + 3, c.v);
                break;
            case F::Format_UYVY:
                put(0, row, 2 * x + 1, c.y);
                put(0, row, 4 * pair, c.u);
                put(0, row, 4 * pair + 2, c.v);
                break;
            case F::Format_NV12:
            case F::Format_NV21: {
                const bool swapped = pixelFormat == F::Format_NV21;
                put(0, row, x, c.y);
                put(1, row / 2, 2 * pair + (swapped ? 1 : 0), c.u);
                put(1, row / 2, 2 * pair + (swapped ? 0 : 1), c.v);
                break;
            }
            case F::Format_YUV420P:
            case F::Format_YV12: {
                const bool swapped = pixelFormat == F::Format_YV12;
                put(0, row, x, c.y);
                put(swapped ? 2 : 1, row / 2, pair, c.u);
                put(swapped ? 1 : 2, row / 2, pair, c.v);
                break;
            }
            default:
                put(0, row, x, c.y);
                put(1, row, pair, c.u);
                put(2, row, pair, c.v);
                break;
            }
        }
    }
    frame.unmap();
    return frame;
}

} // namespace

class YCbCrFormats : public ::testing::TestWithParam<QVideoFrameFormat::PixelFormat> {};

TEST_P(YCbCrFormats, ColoursAndPlacesAreRight)
{
    const QImage image = convertFrame(frameOf(GetParam(), kRed601, kBlue601));
    ASSERT_EQ(image.size(), QSize(8, 4));
    EXPECT_EQ(image.format(), QImage::Format_RGB32);
    for (const int row : {0, 1}) {
        expectColor(image.pixel(0, row), kRed601.rgb, "left end");
        expectColor(image.pixel(3, row), kRed601.rgb, "left of the border");
        expectColor(image.pixel(4, row), kBlue601.rgb, "right of the border");
        expectColor(image.pixel(7, row), kBlue601.rgb, "right end");
    }
    expectColor(image.pixel(2, 2), kBlack.rgb, "third row");
    expectColor(image.pixel(7, 3), kBlack.rgb, "last pixel");
}

INSTANTIATE_TEST_SUITE_P(
    All, YCbCrFormats,
    ::testing::Values(QVideoFrameFormat::Format_YUYV, QVideoFrameFormat::Format_UYVY,
                      QVideoFrameFormat::Format_NV12, QVideoFrameFormat::Format_NV21,
                      QVideoFrameFormat::Format_YUV420P, QVideoFrameFormat::Format_YV12,
                      QVideoFrameFormat::Format_YUV422P),
    [](const auto& format) {
        return QVideoFrameFormat::pixelFormatToString(format.param).remove(QLatin1Char(' ')).toStdString();
    });

TEST(FrameConverter, MatrixAndRangeOfTheFrameDecide)
{
    const QImage studio = convertFrame(frameOf(QVideoFrameFormat::Format_YUYV, kGreen601, kWhite));
    expectColor(studio.pixel(0, 0), kGreen601.rgb, "BT.601 green");
    expectColor(studio.pixel(7, 0), kWhite.rgb, "white");
    const QImage hd =
        convertFrame(frameOf(QVideoFrameFormat::Format_YUYV, kRed709, kWhite, [](QVideoFrameFormat& format) {
            format.setColorSpace(QVideoFrameFormat::ColorSpace_BT709);
        }));
    expectColor(hd.pixel(0, 0), kRed709.rgb, "BT.709 red");
    const QImage full =
        convertFrame(frameOf(QVideoFrameFormat::Format_YUYV, kRedFull, kWhite, [](QVideoFrameFormat& format) {
            format.setColorSpace(QVideoFrameFormat::ColorSpace_BT601);
            format.setColorRange(QVideoFrameFormat::ColorRange_Full);
        }));
    expectColor(full.pixel(0, 0), kRedFull.rgb, "full-range red");
}

TEST(FrameConverter, RgbFramesAreCopied)
{
    QVideoFrame frame(QVideoFrameFormat(QSize(5, 3), QVideoFrameFormat::Format_BGRX8888));
    ASSERT_TRUE(frame.map(QVideoFrame::WriteOnly));
    for (int row = 0; row < 3; ++row) {
        for (int x = 0; x < 5; ++x) {
            const std::array<uchar, 4> bgrx{10, 20, static_cast<uchar>(30 + x), 0};
            std::memcpy(frame.bits(0) + row * frame.bytesPerLine(0) + 4 * x, bgrx.data(), bgrx.size());
        }
    }
    frame.unmap();
    const QImage image = convertFrame(frame);
    ASSERT_EQ(image.size(), QSize(5, 3));
    EXPECT_EQ(image.pixelColor(4, 2), QColor(34, 20, 10));
}

TEST(FrameConverter, APictureStoredBottomUpIsTurned)
{
    const QImage image = convertFrame(
        frameOf(QVideoFrameFormat::Format_YUYV, kRed601, kBlue601, [](QVideoFrameFormat& format) {
            format.setScanLineDirection(QVideoFrameFormat::BottomToTop);
        }));
    expectColor(image.pixel(0, 0), kBlack.rgb, "top");
    expectColor(image.pixel(0, 3), kRed601.rgb, "bottom");
}

TEST(FrameConverter, ACopyOwnsTheSamePicture)
{
    for (const auto format : {QVideoFrameFormat::Format_YUYV, QVideoFrameFormat::Format_NV12,
                              QVideoFrameFormat::Format_YUV420P}) {
        QVideoFrame frame = frameOf(format, kRed601, kBlue601);
        QVideoFrame copy = ownedFrame(frame);
        EXPECT_EQ(convertFrame(copy), convertFrame(frame));
        ASSERT_TRUE(frame.map(QVideoFrame::ReadOnly));
        ASSERT_TRUE(copy.map(QVideoFrame::ReadOnly));
        EXPECT_NE(frame.bits(0), copy.bits(0));
    }
    EXPECT_FALSE(ownedFrame(QVideoFrame()).isValid());
}

TEST(FrameConverter, AnUnknownFormatOrAnEmptyFrameGivesNothing)
{
    EXPECT_TRUE(convertFrame(QVideoFrame()).isNull());
    EXPECT_TRUE(
        convertFrame(QVideoFrame(QVideoFrameFormat(QSize(8, 4), QVideoFrameFormat::Format_P010))).isNull());
}

TEST(GuardedCopy, CopiesWhatIsThere)
{
    const std::array<char, 5> from{'a', 'b', 'c', 'd', 'e'};
    std::array<char, 5> to{};
    ASSERT_TRUE(guardedCopy(to.data(), from.data(), from.size()));
    EXPECT_EQ(to, from);
}

#ifdef Q_OS_LINUX
TEST(GuardedCopy, SaysFalseForMemoryThatWasTakenAway)
{
    constexpr std::size_t kSize = 1 << 16;
    void* from = mmap(nullptr, kSize, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    ASSERT_NE(from, MAP_FAILED);
    std::vector<char> to(kSize);
    EXPECT_TRUE(guardedCopy(to.data(), from, kSize));
    ASSERT_EQ(munmap(static_cast<char*>(from) + kSize / 2, kSize / 2), 0);
    EXPECT_FALSE(guardedCopy(to.data(), from, kSize)) << "the second half is gone";
    ASSERT_EQ(munmap(from, kSize / 2), 0);
    EXPECT_FALSE(guardedCopy(to.data(), from, kSize));
}
#endif
