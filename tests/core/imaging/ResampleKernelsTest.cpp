// The kernels of fast processors against the plain ones, which the golden pictures check.

#include "core/imaging/ExifOrientation.h"
#include "core/imaging/Preprocess.h"
#include "core/imaging/ResampleKernels.h"

#include "tests/core/imaging/TestPictures.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <random>

using namespace goodsight;
using namespace goodsight::imaging;

namespace {

/// Noise, with much black and white, so that rounding and clamping are met.
QImage noise(QSize size, unsigned seed)
{
    std::mt19937 random(seed);
    QImage image(size, QImage::Format_RGB888);
    for (int y = 0; y < size.height(); ++y) {
        uchar* row = image.scanLine(y);
        for (int x = 0; x < size.width() * 3; ++x) {
            const auto value = static_cast<unsigned>(random());
            row[x] = static_cast<uchar>(value % 3 == 0 ? 0 : value % 3 == 1 ? 255 : (value >> 8) & 255);
        }
    }
    return image;
}

int worstByte(const QImage& a, const QImage& b)
{
    EXPECT_EQ(a.size(), b.size());
    int worst = 0;
    for (int y = 0; y < a.height(); ++y) {
        for (int x = 0; x < a.width() * 3; ++x)
            worst = std::max(worst, std::abs(a.constScanLine(y)[x] - b.constScanLine(y)[x]));
    }
    return worst;
}

} // namespace

TEST(ResampleKernels, FastOnesGiveTheSameBytes)
{
    const ResampleKernels* fast = avx2Kernels();
    if (fast == nullptr)
        GTEST_SKIP() << "skipped: this processor has no AVX2";
    const QList<QSize> sizes{{1, 1},   {2, 3},    {3, 2},    {5, 300},    {21, 22},  {22, 21},
                             {64, 64}, {223, 80}, {256, 31}, {1001, 777}, {97, 1500}};
    unsigned seed = 1;
    for (const QSize& size : sizes) {
        const QImage image = noise(size, seed++);
        for (const QSize& to : {QSize(256, 341), QSize(256, 256), QSize(7, 5), QSize(33, 300), size}) {
            SCOPED_TRACE(testing::Message() << size.width() << "x" << size.height() << " to " << to.width()
                                            << "x" << to.height());
            const QSize window = to.boundedTo({224, 224});
            const int left = (to.width() - window.width()) / 2;
            const int top = (to.height() - window.height()) / 2;
            const QImage plain =
                resizeWindow(image, size, to.width(), to.height(), left, top, window, portableKernels());
            const QImage quick =
                resizeWindow(image, size, to.width(), to.height(), left, top, window, *fast);
            ASSERT_EQ(worstByte(plain, quick), 0);
        }
    }
}

TEST(Preprocess, TurningTheCropIsTurningThePhoto)
{
    const QImage stored = testpictures::picture(QStringLiteral("mixed"), 431, 300);
    for (int orientation = 1; orientation <= 8; ++orientation) {
        for (const int resize : {256, 100}) { // 100: the crop is padded
            SCOPED_TRACE(testing::Message() << "orientation " << orientation << ", resize " << resize);
            PreprocessSpec spec;
            spec.resize = resize;
            const QImage wanted = resizeAndCrop(turnedUpright(stored, orientation), spec);
            DecodedImage photo;
            photo.image = stored;
            photo.orientation = orientation;
            photo.originalSize = swapsSides(orientation) ? stored.size().transposed() : stored.size();
            const QImage got = resizeAndCrop(photo, spec);
            ASSERT_LE(worstByte(wanted, got), 1);
        }
    }
}
