#include "core/dataset/PictureHash.h"
#include "core/imaging/ImageDecoder.h"
#include "tests/support/TestSupport.h"

#include <QBuffer>
#include <QDir>

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>

using namespace goodsight;

namespace {

/// Grey pictures by a function of the place, both from 0 to 1.
template <typename Brightness>
QImage grey(int width, int height, const Brightness& brightness)
{
    QImage image(width, height, QImage::Format_RGB888);
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) {
            const double value = brightness((x + 0.5) / width, (y + 0.5) / height);
            const int level = static_cast<int>(std::clamp(std::lround(255 * value), 0L, 255L));
            image.setPixel(x, y, qRgb(level, level, level));
        }
    return image;
}

double waves(double x, double y)
{
    return 0.5 + 0.2 * std::sin(9 * x + 4 * y) + 0.2 * std::cos(11 * y - 5 * x);
}

int distance(const QImage& a, const QImage& b)
{
    const auto first = pictureHash(a);
    const auto second = pictureHash(b);
    return first && second ? std::popcount(*first ^ *second) : 64;
}

} // namespace

TEST(PictureHash, EachBitIsAStepOfItsPlace)
{
    EXPECT_EQ(pictureHash(grey(90, 80, [](double x, double) { return x; })), ~0ULL);
    EXPECT_EQ(pictureHash(grey(90, 80, [](double x, double) { return 1 - x; })), 0ULL);
    // Row 2 rises, the others fall; in row 5 the first step rises too.
    const auto one = grey(90, 80, [](double x, double y) {
        const int row = static_cast<int>(8 * y);
        if (row == 2)
            return x;
        return row == 5 && x < 1.0 / 9 ? 0.0 : 1 - x;
    });
    EXPECT_EQ(pictureHash(one), 0xffULL << 16 | 1ULL << 40);
}

TEST(PictureHash, NothingForAPictureWithoutAPattern)
{
    EXPECT_FALSE(pictureHash({}));
    for (const double level : {0.0, 0.5, 1.0})
        EXPECT_FALSE(pictureHash(grey(40, 30, [level](double, double) { return level; })));
    EXPECT_FALSE(pictureHash(grey(40, 30, [](double x, double) { return 0.5 + 0.01 * x; })));
    EXPECT_TRUE(pictureHash(grey(40, 30, waves)));
}

TEST(PictureHash, PicturesOfAnySizeHaveOne)
{
    const QImage large = grey(360, 320, waves);
    for (const QSize size : {QSize(90, 80), QSize(200, 100), QSize(1000, 33), QSize(9, 8)})
        EXPECT_LE(distance(large, grey(size.width(), size.height(), waves)), 5) << size.width();
    for (const QSize size : {QSize(1, 1), QSize(1, 50), QSize(50, 1), QSize(3, 2)})
        static_cast<void>(pictureHash(grey(size.width(), size.height(), waves)));
}

TEST(PictureHash, LightAndCompressionMoveFewBits)
{
    const QImage picture = grey(300, 200, waves);
    EXPECT_LE(distance(picture, grey(300, 200, [](double x, double y) { return 0.1 + 0.8 * waves(x, y); })),
              2);
    QBuffer jpeg;
    ASSERT_TRUE(jpeg.open(QIODevice::ReadWrite));
    ASSERT_TRUE(picture.save(&jpeg, "JPEG", 40));
    EXPECT_LE(distance(picture, QImage::fromData(jpeg.data())), 3);
    EXPECT_GT(distance(picture, picture.mirrored(true, false)), 16);
}

TEST(PictureHash, DifferentProductsAreFarApart)
{
    const QString folder = testsupport::shared(QStringLiteral("data/grocery/val"));
    if (folder.isEmpty())
        GTEST_SKIP() << testsupport::kNoShared;
    QStringList files;
    for (const QString& group : {QStringLiteral("Fruit/Lemon"), QStringLiteral("Fruit/Banana"),
                                 QStringLiteral("Vegetables/Cabbage"), QStringLiteral("Fruit/Kiwi")})
        for (const QFileInfo& file : QDir(folder + u'/' + group).entryInfoList(QDir::Files))
            files.append(file.filePath());
    ASSERT_GE(files.size(), 8);
    std::vector<quint64> hashes;
    for (const QString& file : std::as_const(files)) {
        const auto picture = decodeThumbnail(file, kHashedSide);
        ASSERT_TRUE(picture) << qPrintable(file);
        const auto hash = pictureHash(*picture);
        ASSERT_TRUE(hash) << qPrintable(file);
        hashes.push_back(*hash);
    }
    for (std::size_t a = 0; a < hashes.size(); ++a)
        for (std::size_t b = a + 1; b < hashes.size(); ++b)
            EXPECT_GT(std::popcount(hashes[a] ^ hashes[b]), 7);
}
