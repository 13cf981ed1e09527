#include "core/imaging/Augmentation.h"

#include "tests/core/imaging/TestPictures.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace goodsight;

namespace {

QImage photo(int width = 300, int height = 220)
{
    return testpictures::picture(QStringLiteral("shapes"), width, height);
}

double meanOf(const QImage& image)
{
    double sum = 0;
    const QByteArray bytes = testpictures::packedBytes(image);
    for (const char byte : bytes)
        sum += static_cast<unsigned char>(byte);
    return sum / static_cast<double>(bytes.size());
}

/// Only the crop is random.
AugmentationSpec onlyCrops()
{
    AugmentationSpec spec;
    spec.flip = 0;
    spec.brightness = spec.contrast = spec.saturation = 0;
    return spec;
}

} // namespace

TEST(Augmentation, ThePlainViewIsWhatRecognitionSees)
{
    const PreprocessSpec spec;
    for (const QSize size : {QSize(300, 220), QSize(220, 700), QSize(90, 90)}) {
        const QImage picture = photo(size.width(), size.height());
        EXPECT_EQ(plainView(picture, spec, spec.crop), resizeAndCrop(picture, spec));
    }
    PreprocessSpec smaller;
    smaller.crop = 192;
    smaller.resize = 219;
    EXPECT_EQ(plainView(photo(), spec, 192), resizeAndCrop(photo(), smaller));
}

TEST(Augmentation, ASeedIsAViewForEver)
{
    const AugmentationSpec spec;
    const QImage view = randomView(photo(), spec, 64, 42);
    EXPECT_EQ(view.size(), QSize(64, 64));
    EXPECT_EQ(view.format(), QImage::Format_RGB888);
    EXPECT_EQ(view, randomView(photo(), spec, 64, 42));
    EXPECT_NE(view, randomView(photo(), spec, 64, 43));
    EXPECT_EQ(testpictures::sha256(testpictures::packedBytes(view)),
              "54814396ab32c470b07765f4230d7d6d77896aadf9323bf2554898e933b960ad");
}

TEST(Augmentation, TheSameSeedShowsTheSamePartAtEverySide)
{
    AugmentationSpec spec = onlyCrops(); // a sharper picture is cut off more often by the contrast
    spec.flip = 0.5;
    for (quint64 seed = 0; seed < 10; ++seed) {
        const QImage large = randomView(photo(), spec, 192, seed);
        const QImage small = randomView(photo(), spec, 64, seed);
        EXPECT_NEAR(meanOf(large), meanOf(small), 1.5) << seed;
    }
}

TEST(Augmentation, WithoutAnyRandomnessTheViewIsTheWholePhoto)
{
    AugmentationSpec spec = onlyCrops();
    spec.scaleMin = spec.scaleMax = 1;
    spec.aspect = 1;
    const QImage square = photo(200, 200);
    PreprocessSpec whole;
    whole.resize = whole.crop = 96;
    EXPECT_EQ(randomView(square, spec, 96, 5), resizeAndCrop(square, whole));
}

TEST(Augmentation, FlipsMirror)
{
    AugmentationSpec spec = onlyCrops();
    const QImage view = randomView(photo(), spec, 64, 9);
    spec.flip = 1;
    EXPECT_EQ(randomView(photo(), spec, 64, 9), view.mirrored(true, false));
}

TEST(Augmentation, BrightnessStaysWithinItsBounds)
{
    AugmentationSpec spec = onlyCrops();
    spec.scaleMin = spec.scaleMax = 1;
    spec.aspect = 1;
    spec.brightness = 0.3;
    QImage grey(80, 80, QImage::Format_RGB888);
    grey.fill(QColor(100, 100, 100));
    double least = 255;
    double most = 0;
    for (quint64 seed = 0; seed < 100; ++seed) {
        const double mean = meanOf(randomView(grey, spec, 32, seed));
        least = std::min(least, mean);
        most = std::max(most, mean);
    }
    EXPECT_GE(least, 69.5);
    EXPECT_LE(most, 130.5);
    EXPECT_LT(least, 80);
    EXPECT_GT(most, 120);
}

TEST(Augmentation, NoSaturationLeftIsGrey)
{
    AugmentationSpec spec = onlyCrops();
    spec.saturation = 1;
    double spread = 1000;
    for (quint64 seed = 0; seed < 100; ++seed) {
        const QImage view = randomView(photo(), spec, 16, seed);
        double sum = 0;
        for (int y = 0; y < 16; ++y) {
            for (int x = 0; x < 16; ++x)
                sum += std::abs(qRed(view.pixel(x, y)) - qBlue(view.pixel(x, y)));
        }
        spread = std::min(spread, sum / 256);
    }
    EXPECT_LT(spread, 8) << "some view is nearly grey";
}

TEST(Augmentation, ThinAndTinyPhotosWork)
{
    const AugmentationSpec spec;
    for (const QSize size : {QSize(1, 1), QSize(1, 400), QSize(400, 1), QSize(3, 2)}) {
        for (quint64 seed = 0; seed < 20; ++seed)
            EXPECT_EQ(randomView(photo(size.width(), size.height()), spec, 32, seed).size(), QSize(32, 32));
    }
}
