#include "core/inference/PhotoReader.h"

#include <QFile>
#include <QTemporaryDir>

#include <gtest/gtest.h>

using namespace goodsight;

namespace {

/// Bytes that begin like a JPEG, the number of the file after them.
QByteArray bytesOf(int number, int size = 0)
{
    return QByteArray("\xff\xd8\xff\xe0", 4) + QByteArray::number(number) + QByteArray(size, 'x');
}

QStringList write(const QTemporaryDir& dir, int count, int size = 0)
{
    QStringList files;
    for (int i = 0; i < count; ++i) {
        files += dir.filePath(QString::number(i));
        QFile out(files.last());
        EXPECT_TRUE(out.open(QIODevice::WriteOnly));
        out.write(bytesOf(i, size));
    }
    return files;
}

} // namespace

TEST(PhotoReader, GivesEveryFileInItsOrder)
{
    QTemporaryDir dir;
    const QStringList files = write(dir, 300);
    ASSERT_TRUE(QFile::remove(files[7]));
    PhotoReader reader(files, {});
    for (int i = 0; i < 300; ++i) {
        const auto read = reader.take();
        if (i == 7) {
            ASSERT_FALSE(read);
            EXPECT_EQ(read.error().code, QStringLiteral("not-found"));
        } else {
            ASSERT_TRUE(read);
            EXPECT_EQ(*read, bytesOf(i));
        }
    }
}

TEST(PhotoReader, FilesLargerThanTheBoundStillCome)
{
    QTemporaryDir dir;
    const QStringList files = write(dir, 3, static_cast<int>(PhotoReader::kBytes));
    PhotoReader reader(files, {});
    for (int i = 0; i < 3; ++i)
        EXPECT_EQ(reader.take()->size(), bytesOf(i).size() + PhotoReader::kBytes);
}

TEST(PhotoReader, MayGoBeforeAllIsTaken)
{
    QTemporaryDir dir;
    const QStringList files = write(dir, 500);
    for (int taken = 0; taken < 20; ++taken) {
        PhotoReader reader(files, {});
        for (int i = 0; i < taken; ++i)
            EXPECT_TRUE(reader.take());
    }
}
