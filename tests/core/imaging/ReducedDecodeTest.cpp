#include "core/imaging/ImageDecoder.h"
#include "core/imaging/Preprocess.h"

#include "tests/core/imaging/TestPictures.h"

#include <QBuffer>

#include <gtest/gtest.h>

#include <cmath>

using namespace goodsight;
using namespace goodsight::testpictures;

namespace {

QByteArray jpeg(const QImage& image)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    EXPECT_TRUE(image.save(&buffer, "jpg", 92));
    return bytes;
}

QSize reducedSize(int width, int height, int atLeast)
{
    QImage grey(width, height, QImage::Format_RGB888);
    grey.fill(Qt::gray);
    const auto decoded = decodeReduced(jpeg(grey), QStringLiteral("p.jpg"), atLeast);
    EXPECT_TRUE(decoded);
    EXPECT_EQ(decoded->originalSize, QSize(width, height));
    return decoded->image.size();
}

} // namespace

TEST(ReducedDecode, TheShortSideStaysLongEnough)
{
    EXPECT_EQ(reducedSize(4000, 3000, 512), QSize(1000, 750));
    EXPECT_EQ(reducedSize(3000, 4097, 512), QSize(750, 1025));
    EXPECT_EQ(reducedSize(1024, 2000, 512), QSize(512, 1000));
    EXPECT_EQ(reducedSize(1023, 2000, 512), QSize(512, 1000)); // rounded up
    EXPECT_EQ(reducedSize(1000, 1000, 512), QSize(1000, 1000));
    EXPECT_EQ(reducedSize(511, 300, 512), QSize(511, 300));
    EXPECT_EQ(reducedSize(8192, 4096, 512), QSize(1024, 512));
}

TEST(ReducedDecode, TheNetworkSeesTheSamePicture)
{
    // A quarter of these sides is no whole number: the picture that is decoded has a part of a pixel too many.
    const QByteArray photo = jpeg(picture(QStringLiteral("shapes"), 2399, 2046));
    const auto whole = decodeBytes(photo, QStringLiteral("w"));
    const auto part = decodeReduced(photo, QStringLiteral("p"), sideForRecognition({}));
    ASSERT_TRUE(whole);
    ASSERT_TRUE(part);
    ASSERT_LT(part->image.width(), whole->image.width());
    const std::vector<float> a = preprocess(whole->image, {});
    const std::vector<float> b = preprocess(*part, {});
    double squares = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        squares += std::pow(static_cast<double>(a[i]) - static_cast<double>(b[i]), 2);
    // One unit of the normalised input is about 57 of 255 grey levels.
    EXPECT_LT(std::sqrt(squares / static_cast<double>(a.size())), 0.05);
}

TEST(ReducedDecode, ATruncatedPhotoIsStillFoundOut)
{
    const QByteArray photo = jpeg(picture(QStringLiteral("mixed"), 2400, 1800));
    const auto cut = decodeReduced(photo.first(photo.size() / 2), QStringLiteral("p"), 512);
    ASSERT_FALSE(cut);
    EXPECT_EQ(cut.error().code, QStringLiteral("truncated"));
}

TEST(ReducedDecode, TheTurnIsLeftToTheCaller)
{
    const QByteArray photo = fileBytes(referenceFile(QStringLiteral("pictures/exif-6.jpg")));
    const auto turned = decodeBytes(photo, QStringLiteral("t"));
    const auto stored = decodeReduced(photo, QStringLiteral("s"), 512);
    ASSERT_TRUE(turned);
    ASSERT_TRUE(stored);
    EXPECT_EQ(stored->orientation, 6);
    EXPECT_EQ(stored->originalSize, turned->originalSize);
    EXPECT_EQ(stored->image.size(), turned->image.size().transposed());
    EXPECT_EQ(packedBytes(*upright(stored->image, 6, QString())), packedBytes(turned->image));
}
