#include "core/imaging/ImageDecoder.h"
#include "core/imaging/Preprocess.h"

#include "tests/core/imaging/TestPictures.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <gtest/gtest.h>

using namespace goodsight;
using namespace goodsight::testpictures;

namespace {

/// What Pillow decoded from each picture: tests/reference/make_decode_golden.py.
QJsonArray goldenPictures()
{
    const QByteArray json = fileBytes(referenceFile(QStringLiteral("decode.json")));
    return QJsonDocument::fromJson(json)[u"pictures"].toArray();
}

QByteArray inflated(const QString& base64, qsizetype size)
{
    QByteArray framed(4, '\0'); // qUncompress wants the size before zlib's own bytes
    for (int i = 0; i < 4; ++i)
        framed[i] = static_cast<char>(size >> (24 - 8 * i));
    return qUncompress(framed + QByteArray::fromBase64(base64.toLatin1()));
}

int greatestDifference(const QByteArray& a, const QByteArray& b)
{
    int greatest = a.size() == b.size() ? 0 : 255;
    for (qsizetype i = 0; i < qMin(a.size(), b.size()); ++i)
        greatest = qMax(greatest, qAbs(static_cast<uchar>(a[i]) - static_cast<uchar>(b[i])));
    return greatest;
}

} // namespace

TEST(DecodeGolden, EveryFormatGivesPillowsPixels)
{
    const QJsonArray pictures = goldenPictures();
    ASSERT_GE(pictures.size(), 80);
    for (const QJsonValue& value : pictures) {
        const QJsonObject golden = value.toObject();
        const QString name = golden[u"file"].toString();
        SCOPED_TRACE(qPrintable(name));
        const auto decoded = decodeFile(referenceFile(QStringLiteral("pictures/") + name));
        if (!decoded) {
            ADD_FAILURE() << qPrintable(decoded.error().message);
            continue;
        }
        EXPECT_EQ(decoded->format, golden[u"format"].toString());
        EXPECT_EQ(decoded->image.format(), QImage::Format_RGB888);
        const QSize size(golden[u"width"].toInt(), golden[u"height"].toInt());
        EXPECT_EQ(decoded->originalSize, size);
        EXPECT_EQ(decoded->image.size(), size);

        const QByteArray bytes = packedBytes(decoded->image);
        const int tolerance = golden[u"tolerance"].toInt();
        if (tolerance == 0) {
            EXPECT_EQ(sha256(bytes), golden[u"sha256"].toString().toStdString());
            EXPECT_EQ(sha256(packedBytes(resizeAndCrop(decoded->image, {}))),
                      golden[u"crop_sha256"].toString().toStdString());
        } else {
            const QByteArray expected = inflated(golden[u"rgb_zlib"].toString(), bytes.size());
            EXPECT_LE(greatestDifference(bytes, expected), tolerance);
        }
    }
}
