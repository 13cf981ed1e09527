#include "core/imaging/ImageQuality.h"

#include <gtest/gtest.h>

#include <array>

using namespace goodsight;

namespace {

constexpr QSize kLarge(1000, 1000);

template <typename Colour>
QImage picture(int width, int height, Colour colour)
{
    QImage image(width, height, QImage::Format_RGB888);
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            const std::array<int, 3> rgb = colour(x, y);
            for (int i = 0; i < 3; ++i)
                image.scanLine(y)[3 * x + i] = static_cast<uchar>(rgb[static_cast<std::size_t>(i)] % 256);
        }
    }
    return image;
}

QImage grey(int level)
{
    return picture(224, 224, [level](int, int) { return std::array{level, level, level}; });
}

/// Squares of `side` pixels between two greys.
QImage board(int side)
{
    return picture(224, 224, [side](int x, int y) {
        const int level = (x / side + y / side) % 2 == 0 ? 80 : 170;
        return std::array{level, level, level};
    });
}

} // namespace

// tests/reference/make_answer_golden.py gives the numbers.
TEST(ImageQuality, AgreesWithNumPy)
{
    const ImageQuality quality =
        measureQuality(picture(40, 30,
                               [](int x, int y) {
                                   return std::array{x * 7 + y * 3, x * y, x * x + y * 5};
                               }),
                       kLarge);
    EXPECT_NEAR(quality.sharpness, 9296.211516, 1e-6);
    EXPECT_NEAR(quality.brightness, 110.865, 1e-9);
    EXPECT_NEAR(quality.black, 0.010833, 1e-6);
    EXPECT_EQ(quality.white, 0);
}

TEST(ImageQuality, ASharpPictureOfMiddleBrightnessIsGood)
{
    const ImageQuality quality = measureQuality(board(4), kLarge);
    EXPECT_FALSE(quality.low()) << quality.sharpness;
}

TEST(ImageQuality, BlurLowersSharpness)
{
    const QImage sharp = board(4);
    const QImage half = sharp.scaled(56, 56, Qt::IgnoreAspectRatio, Qt::SmoothTransformation)
                            .scaled(224, 224, Qt::IgnoreAspectRatio, Qt::SmoothTransformation)
                            .convertToFormat(QImage::Format_RGB888);
    const ImageQuality blurred = measureQuality(half, kLarge);
    EXPECT_LT(blurred.sharpness, measureQuality(sharp, kLarge).sharpness / 4);
    EXPECT_TRUE(measureQuality(grey(128), kLarge).blurred());
    EXPECT_TRUE(measureQuality(grey(128), kLarge).low());
}

TEST(ImageQuality, TellsDarkFromOverexposed)
{
    const ImageQuality dark = measureQuality(grey(3), kLarge);
    EXPECT_TRUE(dark.dark());
    EXPECT_FALSE(dark.overexposed());
    EXPECT_EQ(dark.black, 1);
    const ImageQuality bright = measureQuality(grey(254), kLarge);
    EXPECT_TRUE(bright.overexposed());
    EXPECT_FALSE(bright.dark());
    EXPECT_EQ(bright.white, 1);
}

TEST(ImageQuality, SmallIsAboutThePhotoAndNotTheCrop)
{
    EXPECT_TRUE(measureQuality(board(4), {299, 4000}).small());
    EXPECT_FALSE(measureQuality(board(4), {300, 300}).small());
}

TEST(ImageQuality, APictureWithoutAnInsideHasNoSharpness)
{
    EXPECT_EQ(measureQuality(board(1).copy(0, 0, 2, 2), kLarge).sharpness, 0);
    EXPECT_EQ(measureQuality(board(1).copy(0, 0, 1, 200), kLarge).sharpness, 0);
}
