#include "core/imaging/CaptureTime.h"
#include "tests/core/imaging/TestPictures.h"
#include "tests/support/ExifBytes.h"

#include <gtest/gtest.h>

using namespace goodsight;

namespace {

/// The beginning of a JPEG whose camera says `time`, behind a JFIF segment.
QByteArray photo(const QByteArray& time, bool bigEndian)
{
    return QByteArray("\xff\xd8\xff\xe0\0\x09", 6) + QByteArray("JFIF\0\1\1", 7) +
           testsupport::exifSegment(time, bigEndian) + QByteArray("\xff\xda\0\4\0\0", 6);
}

const QByteArray kTime("2026:03:28 23:59:58", 20);

} // namespace

TEST(CaptureTime, IsWhatTheCameraSays)
{
    const QDateTime expected(QDate(2026, 3, 28), QTime(23, 59, 58));
    EXPECT_EQ(captureTime(photo(kTime, false)), expected);
    EXPECT_EQ(captureTime(photo(kTime, true)), expected);
    EXPECT_EQ(captureTime(photo(kTime.chopped(1), true)), expected) << "without the closing zero";
}

TEST(CaptureTime, NonsenseIsNothing)
{
    for (const char* text : {"0000:00:00 00:00:00", "    :  :     :  :  ", "2026:13:01 00:00:00", "", "2026"})
        EXPECT_FALSE(captureTime(photo(QByteArray(text) + '\0', false)).isValid()) << text;
    EXPECT_FALSE(captureTime({}).isValid());
    EXPECT_FALSE(captureTime(QByteArray("\x89PNG\r\n\x1a\n", 8)).isValid());
    EXPECT_FALSE(captureTime(testpictures::fileBytes(
                                 testpictures::referenceFile(QStringLiteral("pictures/exif-6.jpg"))))
                     .isValid())
        << "an orientation and no time";
}

TEST(CaptureTime, CutAnywhereOrChangedAnywhereItDoesNotReadPastTheEnd)
{
    const QByteArray whole = photo(kTime, true);
    for (qsizetype size = 0; size < whole.size(); ++size) {
        // A copy of its own, so that a sanitizer sees a read past its end.
        const QByteArray cut(whole.constData(), size);
        static_cast<void>(captureTime(cut));
    }
    for (qsizetype at = 0; at < whole.size(); ++at)
        for (const char value : {'\0', '\x7f', '\xff'}) {
            QByteArray changed = whole;
            changed[at] = value;
            static_cast<void>(captureTime(changed));
        }
}
