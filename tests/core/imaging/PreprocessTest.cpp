#include "core/imaging/Preprocess.h"
#include "core/imaging/Resampler.h"

#include "tests/core/imaging/TestPictures.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <gtest/gtest.h>

using namespace goodsight;
using namespace goodsight::testpictures;

namespace {

/// What torchvision made of one picture: tests/reference/make_preprocess_golden.py.
QJsonArray goldenCases()
{
    const QByteArray json = fileBytes(referenceFile(QStringLiteral("preprocess.json")));
    return QJsonDocument::fromJson(json)[u"cases"].toArray();
}

} // namespace

TEST(Preprocess, CropsAreTorchvisionsByteForByte)
{
    const QJsonArray cases = goldenCases();
    ASSERT_GE(cases.size(), 60);
    for (const QJsonValue& value : cases) {
        const QJsonObject golden = value.toObject();
        const QString kind = golden[u"kind"].toString();
        const int width = golden[u"width"].toInt();
        const int height = golden[u"height"].toInt();
        PreprocessSpec spec;
        spec.resize = golden[u"resize"].toInt();
        spec.crop = golden[u"crop"].toInt();
        SCOPED_TRACE(qPrintable(QStringLiteral("%1 %2x%3 %4/%5")
                                    .arg(kind)
                                    .arg(width)
                                    .arg(height)
                                    .arg(spec.resize)
                                    .arg(spec.crop)));

        const QImage image = picture(kind, width, height);
        const QImage crop = resizeAndCrop(image, spec);
        ASSERT_EQ(crop.size(), QSize(spec.crop, spec.crop));
        for (const QJsonValue& entry : golden[u"samples"].toArray()) { // tells where, when the hash differs
            const QJsonArray sample = entry.toArray();
            const QRgb pixel = crop.pixel(sample[0].toInt(), sample[1].toInt());
            EXPECT_EQ(qRed(pixel), sample[2].toInt());
            EXPECT_EQ(qGreen(pixel), sample[3].toInt());
            EXPECT_EQ(qBlue(pixel), sample[4].toInt());
        }
        EXPECT_EQ(sha256(packedBytes(crop)), golden[u"sha256"].toString().toStdString());

        const std::vector<float> floats = preprocess(image, spec);
        const QByteArray bytes(reinterpret_cast<const char*>(floats.data()),
                               static_cast<qsizetype>(floats.size() * sizeof(float)));
        EXPECT_EQ(sha256(bytes), golden[u"floats_sha256"].toString().toStdString());
    }
}

TEST(Preprocess, AHairOfAPictureCostsNoMoreThanItsCrop)
{
    // Resized whole, it would be 256 x 15 360 000 pixels: more than a QImage can hold. Along its length, the
    // crop needs weights for its own 224 rows, made from the one or two source rows that they show.
    const imaging::AxisWeights along =
        imaging::AxisWeights::bilinear(60'000, 60'000.0, 256LL * 60'000, (256LL * 60'000 - 224) / 2, 224);
    EXPECT_EQ(along.first.size(), 224U);
    EXPECT_EQ(along.weight.size(), 224U * static_cast<std::size_t>(along.taps));
    EXPECT_LE(along.taps, 4);
    EXPECT_LE(along.first.back() + along.count.back() - along.first.front(), 3);

    QImage hair(1, 60'000, QImage::Format_RGB888);
    hair.fill(QColor(10, 120, 230));
    const QImage crop = resizeAndCrop(hair, {});
    EXPECT_EQ(crop.pixel(0, 0), qRgb(10, 120, 230));
    EXPECT_EQ(crop.pixel(223, 223), qRgb(10, 120, 230));

    const QImage lying =
        resizeAndCrop(hair.transformed(QTransform().rotate(90)).convertToFormat(QImage::Format_RGB888), {});
    EXPECT_EQ(lying.pixel(112, 112), qRgb(10, 120, 230));
}

TEST(Preprocess, FloatsAreChannelsFirst)
{
    QImage crop(2, 1, QImage::Format_RGB888);
    crop.setPixel(0, 0, qRgb(255, 0, 0));
    crop.setPixel(1, 0, qRgb(0, 255, 51));
    PreprocessSpec spec;
    spec.mean = {0.0F, 0.5F, 0.0F};
    spec.std = {1.0F, 0.5F, 2.0F};
    std::array<float, 6> out{};
    normalise(crop, spec, out.data());
    EXPECT_EQ(out, (std::array<float, 6>{1.0F, 0.0F, -1.0F, 1.0F, 0.0F, 0.1F}));
}
