#include "core/imaging/ImageDecoder.h"

#include "tests/core/imaging/TestPictures.h"

#include <QBuffer>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QtEndian>

#include <gtest/gtest.h>

#ifdef Q_OS_UNIX
#include <sys/stat.h>
#include <unistd.h>
#endif

using namespace goodsight;
using namespace goodsight::testpictures;

namespace {

QByteArray reference(const char* name)
{
    return fileBytes(referenceFile(QStringLiteral("pictures/") + QString::fromLatin1(name)));
}

/// The error code of decoding `bytes`, "" when they decode. Every failure must name the file and say what to
/// do.
std::string codeOf(const QByteArray& bytes, const DecodeLimits& limits = {})
{
    const auto decoded = decodeBytes(bytes, QStringLiteral("photo.x"), limits);
    if (decoded)
        return "";
    EXPECT_TRUE(decoded.error().message.contains(u"photo.x")) << qPrintable(decoded.error().message);
    EXPECT_FALSE(decoded.error().hint.isEmpty());
    return decoded.error().code.toStdString();
}

QByteArray withBig32(QByteArray bytes, qsizetype at, quint32 value)
{
    qToBigEndian(value, bytes.data() + at);
    return bytes;
}

QByteArray withLittle32(QByteArray bytes, qsizetype at, quint32 value)
{
    qToLittleEndian(value, bytes.data() + at);
    return bytes;
}

QByteArray withBig16(QByteArray bytes, qsizetype at, quint16 value)
{
    qToBigEndian(value, bytes.data() + at);
    return bytes;
}

/// A PNG of this size: header, no pixels, end. 57 bytes.
QByteArray hollowPng(quint32 width, quint32 height)
{
    const auto chunk = [](const QByteArray& kind, const QByteArray& data) {
        quint32 crc = 0xffffffffU;
        for (const char c : kind + data) {
            crc ^= static_cast<uchar>(c);
            for (int bit = 0; bit < 8; ++bit)
                crc = (crc >> 1U) ^ ((crc & 1U) != 0 ? 0xedb88320U : 0U);
        }
        return withBig32(QByteArray(4, '\0'), 0, static_cast<quint32>(data.size())) + kind + data +
               withBig32(QByteArray(4, '\0'), 0, ~crc);
    };
    QByteArray header(13, '\0');
    header = withBig32(withBig32(header, 0, width), 4, height);
    header[8] = 8;
    header[9] = 2;
    return QByteArray("\x89PNG\r\n\x1a\n") + chunk("IHDR", header) + chunk("IDAT", QByteArray()) +
           chunk("IEND", QByteArray());
}

class BadFile : public ::testing::Test {
protected:
    QString write(const QString& name, const QByteArray& bytes)
    {
        QFile file(dir.filePath(name));
        EXPECT_TRUE(file.open(QIODevice::WriteOnly)) << qPrintable(name);
        file.write(bytes);
        return file.fileName();
    }
    static std::string codeOfFile(const QString& path)
    {
        const auto decoded = decodeFile(path);
        return decoded ? "" : decoded.error().code.toStdString();
    }

    QTemporaryDir dir;
};

} // namespace

TEST(BadInput, EmptyBytesAndWhatIsNoPicture)
{
    EXPECT_EQ(codeOf({}), "empty-file");
    EXPECT_EQ(codeOf("x"), "not-an-image");
    EXPECT_EQ(codeOf("This is a text that begins like nothing in particular."), "not-an-image");
    EXPECT_EQ(codeOf("BMW sells cars, and this is a text about them."), "not-an-image");
    EXPECT_EQ(codeOf("%PDF-1.7 \n"), "not-an-image");
    EXPECT_EQ(codeOf("<svg xmlns='http://www.w3.org/2000/svg'/>"), "not-an-image");
    EXPECT_EQ(codeOf("RIFF\x10\0\0\0WAVEfmt "), "not-an-image");
    EXPECT_EQ(codeOf(QByteArray("\0\0\0\x18"
                                "ftypmp42\0\0\0\0mp42isom",
                                24)),
              "not-an-image"); // a film
    QByteArray noise(100'000, '\0');
    for (qsizetype i = 0; i < noise.size(); ++i)
        noise[i] = static_cast<char>((static_cast<quint64>(i) * 2654435761U) >> 13U);
    EXPECT_EQ(codeOf(noise), "not-an-image");
}

TEST(BadInput, AHeaderAloneIsTruncated)
{
    EXPECT_EQ(codeOf("\xff\xd8\xff"), "truncated");
    EXPECT_EQ(codeOf("\xff\xd8\xff\xe0"), "truncated");
    EXPECT_EQ(codeOf("\x89PNG\r\n\x1a\n"), "truncated");
    EXPECT_EQ(codeOf("GIF89a"), "truncated");
    EXPECT_EQ(codeOf("BM"), "truncated");
    EXPECT_EQ(codeOf(QByteArray("RIFF\x40\0\0\0WEBP", 12)), "truncated");
    EXPECT_EQ(codeOf(QByteArray("II*\0\x08\0\0\0", 8)), "truncated");
    EXPECT_EQ(codeOf(reference("444.heic").first(32)), "truncated");
    EXPECT_EQ(codeOf(reference("baseline-420.jpg").first(180)), "truncated");
}

// Each picture is cut after every few bytes. A part must not pass for a photo, grey where the rest should be.
TEST(BadInput, ACutOffPictureIsNeverAPhoto)
{
    for (const char* name :
         {"baseline-420.jpg", "progressive-420.jpg", "restarts.jpg", "cmyk.jpg", "rgb-8.png", "palette-4.png",
          "rgb-interlaced.png", "rgb-24.bmp", "palette-8.bmp", "plain.gif", "interlaced.gif", "plain.tif",
          "lzw.tif", "deflate.tif", "lossless.webp", "lossy.webp", "444.heic", "444.avif"}) {
        const QByteArray whole = reference(name);
        ASSERT_EQ(codeOf(whole), "") << name;
        const QByteArray pixels = packedBytes(decodeBytes(whole, QStringLiteral("w"))->image);
        const qsizetype step = std::max<qsizetype>(1, whole.size() / 150);
        for (qsizetype length = 64; length < whole.size() - 2; length += step) {
            const auto part = decodeBytes(whole.first(length), QStringLiteral("photo.x"));
            if (part) { // nothing that matters was cut off
                EXPECT_EQ(packedBytes(part->image), pixels) << name << " cut to " << length;
            } else {
                EXPECT_EQ(part.error().code.toStdString(), "truncated") << name << " cut to " << length;
            }
        }
    }
}

TEST(BadInput, AJpegThatOnlyLostItsEndMarkIsStillAPhoto)
{
    const QByteArray whole = reference("baseline-420.jpg");
    ASSERT_TRUE(whole.endsWith("\xff\xd9"));
    EXPECT_EQ(codeOf(whole.chopped(2)), "");
    // Half the data with an end mark put behind it does not lack its end, but the picture does.
    EXPECT_EQ(codeOf(whole.first(whole.size() / 2) + "\xff\xd9"), "truncated");
    // Bytes that some cameras write behind the picture are no fault.
    EXPECT_EQ(codeOf(whole + QByteArray(5000, 'x')), "");
}

TEST(BadInput, TooLargeIsToldFromTheHeader)
{
    const auto decoded = decodeBytes(hollowPng(60'000, 60'000), QStringLiteral("墙.png"));
    ASSERT_FALSE(decoded.has_value());
    EXPECT_EQ(decoded.error().code.toStdString(), "too-large");
    EXPECT_TRUE(decoded.error().message.contains(QStringLiteral("墙.png")));
    EXPECT_TRUE(decoded.error().message.contains(u"3600"));
    EXPECT_TRUE(decoded.error().message.contains(u"200")) << "the limit";
    EXPECT_TRUE(decoded.error().hint.contains(u"Settings"));

    // The same bytes within a raised limit are looked into, and found hollow.
    EXPECT_NE(codeOf(hollowPng(1000, 1000)), "too-large");
    EXPECT_EQ(codeOf(hollowPng(1001, 1000), {.maxMegapixels = 1}), "too-large");
    EXPECT_EQ(codeOf(hollowPng(0x7fffffff, 0x7fffffff)), "too-large");
    EXPECT_NE(codeOf(hollowPng(0, 10)), "");

    const QByteArray jpeg = reference("baseline-444.jpg");
    const qsizetype sof = jpeg.indexOf("\xff\xc0");
    ASSERT_GT(sof, 0);
    EXPECT_EQ(codeOf(withBig16(withBig16(jpeg, sof + 5, 65'000), sof + 7, 65'000)), "too-large");
    EXPECT_EQ(codeOf(withLittle32(reference("plain.gif"), 6, 0xffffffffU)), "too-large");
    EXPECT_EQ(codeOf(withLittle32(withLittle32(reference("rgb-24.bmp"), 18, 60'000), 22, 60'000)),
              "too-large");
    EXPECT_EQ(codeOf(withLittle32(withLittle32(reference("rgb-24.bmp"), 18, 60), 22, 0x80000000U)),
              "too-large");
    QByteArray tiff = reference("lzw.tif");
    for (const char tag : {'\0', '\1'}) { // width and height, as LONGs of 32 bits
        const qsizetype entry = tiff.indexOf(QByteArray(1, tag) + QByteArray("\1\3\0\1\0\0\0", 7));
        ASSERT_GT(entry, 0);
        tiff[entry + 2] = 4;
        tiff = withLittle32(tiff, entry + 8, 0xffffffffU);
    }
    EXPECT_EQ(codeOf(tiff), "too-large");
    tiff = reference("lzw.tif");
    EXPECT_EQ(codeOf(tiff, {.maxMegapixels = 0}), "too-large");
    const QByteArray heic = reference("444.heic");
    const qsizetype ispe = heic.indexOf("ispe");
    ASSERT_GT(ispe, 0);
    EXPECT_EQ(codeOf(withBig32(withBig32(heic, ispe + 8, 60'000), ispe + 12, 60'000)), "too-large");
    EXPECT_EQ(codeOf(reference("lossy.webp"), {.maxMegapixels = 0}), "too-large");
    EXPECT_EQ(codeOf(reference("444.heic"), {.maxMegapixels = 0}), "too-large");
    EXPECT_EQ(codeOf(reference("444.avif"), {.maxMegapixels = 0}), "too-large");
}

TEST(BadInput, MoreThanQtsOwnLimitIsDecodedWhenOurLimitAllowsIt)
{
    // 134.6 MB in Qt's hands: over its 128 MiB.
    QImage large(5800, 5800, QImage::Format_RGB888);
    large.fill(QColor(20, 40, 60));
    QByteArray bytes;
    QBuffer buffer(&bytes);
    ASSERT_TRUE(large.save(&buffer, "bmp"));
    const auto decoded = decodeBytes(bytes, QStringLiteral("large.bmp"));
    ASSERT_TRUE(decoded.has_value()) << qPrintable(decoded.error().message);
    EXPECT_EQ(decoded->image.pixel(5799, 5799), qRgb(20, 40, 60));
}

TEST(BadInput, PixelsThatAreDamagedAreAnErrorOrAPhoto)
{
    QByteArray png = reference("rgb-8.png");
    const qsizetype data = png.indexOf("IDAT") + 30;
    png[data] = static_cast<char>(~png[data]);
    EXPECT_EQ(codeOf(png), "damaged");
}

// Bytes are flipped at many places in each format. Anything may come of it but a crash, a hang or a picture
// that is not RGB; the address sanitizer watches.
TEST(BadInput, FlippedBytesNeverCrash)
{
    const QDir pictures(referenceFile(QStringLiteral("pictures")));
    const QStringList names = pictures.entryList(QDir::Files);
    ASSERT_GE(names.size(), 80);
    // GOODSIGHT_FUZZ_ROUNDS=5000 for a long look.
    const int rounds = std::max(60, qEnvironmentVariableIntValue("GOODSIGHT_FUZZ_ROUNDS"));
    quint32 state = 12345;
    const auto random = [&state](quint32 below) {
        state = state * 1664525U + 1013904223U;
        return (state >> 8U) % below;
    };
    for (const QString& name : names) {
        const QByteArray whole = fileBytes(pictures.filePath(name));
        const DecodeLimits limits{.maxMegapixels = 4}; // a flipped size should not cost seconds
        for (int round = 0; round < rounds; ++round) {
            QByteArray bytes = whole;
            // Headers are where the harm is done: every other round stays near the start.
            const auto reach =
                static_cast<quint32>(round % 2 == 0 ? std::min<qsizetype>(whole.size(), 200) : whole.size());
            for (quint32 flips = 1 + random(3); flips > 0; --flips)
                bytes[random(reach)] = static_cast<char>(random(256));
            const auto decoded = decodeBytes(bytes, name, limits);
            if (decoded) {
                EXPECT_EQ(decoded->image.format(), QImage::Format_RGB888);
                EXPECT_FALSE(decoded->image.isNull());
            } else {
                EXPECT_FALSE(decoded.error().message.isEmpty());
            }
        }
    }
}

TEST_F(BadFile, WhatIsWrongWithAFileIsSaidByItsCode)
{
    EXPECT_EQ(codeOfFile(dir.filePath(QStringLiteral("gone.jpg"))), "not-found");
    EXPECT_EQ(codeOfFile(dir.path()), "unreadable");
    EXPECT_EQ(codeOfFile(QString()), "not-found");
    EXPECT_EQ(codeOfFile(write(QStringLiteral("empty.jpg"), {})), "empty-file");
    EXPECT_EQ(codeOfFile(write(QStringLiteral("text.jpg"), "hello")), "not-an-image");
    const QByteArray photo = reference("grey.jpg");
    EXPECT_EQ(codeOfFile(write(QStringLiteral("half.jpg"), photo.first(photo.size() / 2))), "truncated");
    // The name does not matter, the content does.
    EXPECT_EQ(codeOfFile(write(QStringLiteral("photo.txt"), photo)), "");
    const auto decoded = decodeFile(write(QStringLiteral("really-a-jpeg.png"), photo));
    ASSERT_TRUE(decoded.has_value());
    EXPECT_EQ(decoded->format, QStringLiteral("jpeg"));
}

TEST_F(BadFile, AFileOfManyGigabytesIsNotRead)
{
    const QString path = write(QStringLiteral("scan.tif"), reference("plain.tif"));
    ASSERT_TRUE(QFile::resize(path, 6'000'000'000)); // sparse: it takes no room on the disk
    const auto decoded = decodeFile(path);
    ASSERT_FALSE(decoded.has_value());
    EXPECT_EQ(decoded.error().code.toStdString(), "too-large");
    EXPECT_TRUE(decoded.error().message.contains(u"6000 MB")) << qPrintable(decoded.error().message);
}

TEST_F(BadFile, VanishedBetweenDropAndRead)
{
    const QString path = write(QStringLiteral("dropped.jpg"), reference("grey.jpg"));
    EXPECT_EQ(codeOfFile(path), "");
    ASSERT_TRUE(QFile::remove(path));
    const auto decoded = decodeFile(path);
    ASSERT_FALSE(decoded.has_value());
    EXPECT_EQ(decoded.error().code.toStdString(), "not-found");
    EXPECT_TRUE(decoded.error().message.contains(u"dropped.jpg"));
}

TEST_F(BadFile, NamesOfAnyKindAreReadAndNamed)
{
    for (const QString& name :
         {QStringLiteral("青苹果.jpg"), QStringLiteral("🍏🍎.jpg"), QStringLiteral(" a  b .jpg"),
          QStringLiteral("50%1 off %2.jpg"), QStringLiteral("it's \"good\" & <b>.jpg"),
          QStringLiteral("-rf.jpg"), QStringLiteral("#1?.jpg")}) {
        SCOPED_TRACE(qPrintable(name));
        const QString path = write(name, reference("grey.jpg"));
        EXPECT_EQ(codeOfFile(path), "");
        write(name, "no picture");
        const auto failed = decodeFile(path);
        ASSERT_FALSE(failed.has_value());
        EXPECT_TRUE(failed.error().message.contains(name)) << qPrintable(failed.error().message);
    }
}

#ifdef Q_OS_UNIX
TEST_F(BadFile, ANewlineInANameIsShownOnOneLine)
{
    const QString path = write(QStringLiteral("two\nlines.jpg"), reference("grey.jpg"));
    EXPECT_EQ(codeOfFile(path), "");
    write(QStringLiteral("two\nlines.jpg"), "no picture");
    const auto failed = decodeFile(path);
    ASSERT_FALSE(failed.has_value());
    EXPECT_FALSE(failed.error().message.contains(u'\n'));
    EXPECT_TRUE(failed.error().message.contains(QStringLiteral("two␤lines.jpg")));
}

TEST_F(BadFile, APipeDoesNotKeepUsWaiting)
{
    const QString path = dir.filePath(QStringLiteral("pipe.jpg"));
    ASSERT_EQ(mkfifo(qPrintable(path), 0600), 0);
    EXPECT_EQ(codeOfFile(path), "unreadable");
    EXPECT_EQ(codeOfFile(QStringLiteral("/dev/zero")), "unreadable");
}

TEST_F(BadFile, WithoutPermissionItIsUnreadable)
{
    const QString path = write(QStringLiteral("locked.jpg"), reference("grey.jpg"));
    ASSERT_TRUE(QFile::setPermissions(path, {}));
    ASSERT_TRUE(QFile::setPermissions(dir.path(), QFile::Permissions(0x7755)));
    // Root may read everything, so somebody else tries.
    const bool root = geteuid() == 0;
    if (root) {
        ASSERT_EQ(seteuid(65534), 0);
    }
    const std::string code = codeOfFile(path);
    if (root) {
        ASSERT_EQ(seteuid(0), 0);
    }
    EXPECT_EQ(code, "unreadable");
}

TEST_F(BadFile, AReadThatFailsIsUnreadable)
{
    // The kernel opens this file for anybody and fails to read it at address 0: what a broken disk looks
    // like.
    const QString path = QStringLiteral("/proc/self/mem");
    if (!QFile::exists(path))
        GTEST_SKIP() << "skipped: no /proc here";
    EXPECT_EQ(codeOfFile(path), "unreadable");
}
#endif

TEST(Decoding, SmallPhotosAreMarkedSo)
{
    const auto small = decodeBytes(reference("odd-225x301.png"), QStringLiteral("small"));
    ASSERT_TRUE(small.has_value());
    EXPECT_TRUE(small->small());
    DecodedImage enough;
    enough.originalSize = QSize(300, 300);
    EXPECT_FALSE(enough.small());
}

TEST(Decoding, NameFiltersCoverWhatIsRead)
{
    const QStringList filters = imageNameFilters();
    for (const char* suffix : {"jpg", "jpeg", "png", "webp", "bmp", "gif", "tif", "tiff", "heic", "heif"})
        EXPECT_TRUE(filters.contains(QStringLiteral("*.") + QString::fromLatin1(suffix))) << suffix;
    for (const QString& filter : filters)
        EXPECT_EQ(filter, filter.toLower());
}
