#include "core/imaging/ThumbnailCache.h"
#include "core/imaging/ThumbnailLoader.h"

#include "core/imaging/ImageDecoder.h"

#include "tests/core/imaging/TestPictures.h"
#include "tests/support/TestSupport.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QSet>
#include <QTemporaryDir>
#include <QThread>

#include <gtest/gtest.h>

using namespace goodsight;
using namespace goodsight::testpictures;
using goodsight::testsupport::waitFor;

namespace {

class Thumbnails : public ::testing::Test {
protected:
    void SetUp() override { QDir(ThumbnailCache::defaultDir()).removeRecursively(); }

    /// A photo of one colour.
    QString photo(const QString& name, QColor colour, QSize size = {800, 600}, const char* format = "jpg")
    {
        QImage image(size, QImage::Format_RGB888);
        image.fill(colour);
        const QString path = dir.filePath(name);
        EXPECT_TRUE(image.save(path, format, 90));
        return path;
    }

    static int filesIn(const QString& folder)
    {
        int count = 0;
        for (QDirIterator files(folder, QDir::Files, QDirIterator::Subdirectories); files.hasNext();
             files.next())
            ++count;
        return count;
    }

    /// Collects what a loader says.
    struct Listener {
        explicit Listener(ThumbnailLoader& loader)
        {
            QObject::connect(&loader, &ThumbnailLoader::ready, &loader,
                             [this](const QString& path, int, const QImage& image) {
                                 order.append(path);
                                 images[path] = image;
                             });
            QObject::connect(&loader, &ThumbnailLoader::failed, &loader,
                             [this](const QString& path, const QString& message) { errors[path] = message; });
        }
        QStringList order;
        QMap<QString, QImage> images;
        QMap<QString, QString> errors;
    };

    QTemporaryDir dir;
};

bool isNear(QRgb a, QRgb b)
{
    return qAbs(qRed(a) - qRed(b)) + qAbs(qGreen(a) - qGreen(b)) + qAbs(qBlue(a) - qBlue(b)) < 12;
}

} // namespace

TEST_F(Thumbnails, KeepTheShapeAreNeverEnlargedAndStandUpright)
{
    const auto lying = decodeThumbnail(photo(QStringLiteral("a.jpg"), Qt::red), 160);
    ASSERT_TRUE(lying.has_value());
    EXPECT_EQ(lying->size(), QSize(160, 120));
    EXPECT_EQ(lying->format(), QImage::Format_RGB888);
    const auto tiny = decodeThumbnail(referenceFile(QStringLiteral("pictures/exif-6.jpg")), 160);
    ASSERT_TRUE(tiny.has_value());
    EXPECT_EQ(tiny->size(), QSize(16, 24));
    const auto line = decodeThumbnail(photo(QStringLiteral("l.png"), Qt::red, {4000, 1}, "png"), 160);
    ASSERT_TRUE(line.has_value());
    EXPECT_EQ(line->size(), QSize(160, 1));
    EXPECT_EQ(decodeThumbnail(dir.filePath(QStringLiteral("none.jpg")), 160).error().code,
              QStringLiteral("not-found"));
}

TEST_F(Thumbnails, TheScaledDecodeLooksLikeTheWholePicture)
{
    const QImage large = picture(QStringLiteral("gradient"), 1600, 1200);
    const QString path = dir.filePath(QStringLiteral("large.jpg"));
    ASSERT_TRUE(large.save(path, "jpg", 95));
    const auto thumbnail = decodeThumbnail(path, 100);
    ASSERT_TRUE(thumbnail.has_value());
    for (const QPoint at : {QPoint(2, 2), QPoint(50, 37), QPoint(97, 2), QPoint(2, 72)}) {
        const QRgb whole = large.pixel(at.x() * 16 + 8, at.y() * 16 + 8);
        EXPECT_NEAR(qRed(thumbnail->pixel(at)), qRed(whole), 8);
        EXPECT_NEAR(qGreen(thumbnail->pixel(at)), qGreen(whole), 8);
    }
}

TEST_F(Thumbnails, ChangedPhotosAreNotShownAsTheyWere)
{
    const ThumbnailCache cache(dir.filePath(QStringLiteral("cache")));
    const QString path = photo(QStringLiteral("a.jpg"), Qt::red);
    EXPECT_TRUE(cache.find(path, 64).isNull());
    QImage thumbnail(64, 48, QImage::Format_RGB888);
    thumbnail.fill(Qt::red);
    cache.store(path, 64, thumbnail);
    EXPECT_EQ(cache.find(path, 64).size(), QSize(64, 48));
    EXPECT_TRUE(cache.find(path, 65).isNull());

    QFile file(path);
    ASSERT_TRUE(file.open(QIODevice::ReadWrite));
    ASSERT_TRUE(file.setFileTime(QDateTime::currentDateTime().addSecs(5), QFileDevice::FileModificationTime));
    file.close();
    EXPECT_TRUE(cache.find(path, 64).isNull());
}

TEST_F(Thumbnails, TheCacheLeavesNoHalfFilesAndForgivesAFolderThatCannotBe)
{
    const ThumbnailCache cache(dir.filePath(QStringLiteral("cache")));
    const QString path = photo(QStringLiteral("a.jpg"), Qt::red);
    const QImage thumbnail = decodeThumbnail(path, 64).value();
    cache.store(path, 64, thumbnail);
    cache.store(path, 64, thumbnail);
    EXPECT_EQ(filesIn(dir.filePath(QStringLiteral("cache"))), 1);

    const ThumbnailCache blocked(path + QStringLiteral("/below-a-file"));
    blocked.store(path, 64, thumbnail);
    EXPECT_TRUE(blocked.find(path, 64).isNull());
}

TEST_F(Thumbnails, PruningDeletesTheOldest)
{
    const QString folder = dir.filePath(QStringLiteral("cache"));
    const ThumbnailCache cache(folder);
    QStringList paths;
    for (int i = 0; i < 6; ++i) {
        paths.append(photo(QStringLiteral("%1.jpg").arg(i), QColor(i * 40, 0, 0)));
        cache.store(paths.last(), 64, decodeThumbnail(paths.last(), 64).value());
    }
    qint64 total = 0;
    QDirIterator files(folder, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        files.next();
        total += files.fileInfo().size();
    }
    cache.prune(total / 2);
    const int left = filesIn(folder);
    EXPECT_GE(left, 2);
    EXPECT_LE(left, 3);
    cache.prune(0);
    EXPECT_EQ(filesIn(folder), 0);
}

TEST_F(Thumbnails, TheLoaderAnswersFromTheEventLoopAndKeepsInMemory)
{
    ThumbnailLoader loader;
    Listener heard(loader);
    const QString path = photo(QStringLiteral("苹果.jpg"), Qt::green);
    loader.request(path, 96);
    EXPECT_TRUE(heard.images.isEmpty());
    ASSERT_TRUE(waitFor([&] { return heard.images.contains(path); }));
    EXPECT_EQ(heard.images[path].size(), QSize(96, 72));
    EXPECT_TRUE(isNear(heard.images[path].pixel(40, 40), qRgb(0, 255, 0)));
    EXPECT_FALSE(loader.cached(path, 96).isNull());
    EXPECT_TRUE(loader.cached(path, 97).isNull());

    heard.images.clear();
    loader.request(path, 96);
    EXPECT_TRUE(heard.images.isEmpty()) << "never from inside the call";
    ASSERT_TRUE(waitFor([&] { return heard.images.contains(path); }));
    EXPECT_EQ(filesIn(ThumbnailCache::defaultDir()), 1);
}

TEST_F(Thumbnails, WhatCannotBeLoadedIsSaidWithItsName)
{
    ThumbnailLoader loader;
    Listener heard(loader);
    const QString path = dir.filePath(QStringLiteral("gone.jpg"));
    loader.request(path, 96);
    ASSERT_TRUE(waitFor([&] { return heard.errors.contains(path); }));
    EXPECT_TRUE(heard.errors[path].contains(u"gone.jpg"));
}

TEST_F(Thumbnails, WhatIsInSightNowComesFirstInItsOrder)
{
    ThumbnailLoader loader;
    Listener heard(loader);
    QStringList paths;
    for (int i = 0; i < 80; ++i)
        paths.append(photo(QStringLiteral("%1.png").arg(i), Qt::blue, {300, 300}, "png"));
    for (int i = 0; i < 60; ++i)
        loader.request(paths[i], 96);
    ASSERT_TRUE(waitFor([&] { return !heard.order.isEmpty(); }));
    const auto before = heard.order.size();
    for (int i = 60; i < 80; ++i) // the person scrolled
        loader.request(paths[i], 96);
    ASSERT_TRUE(waitFor([&] { return heard.order.size() == 80; }, 60'000));
    // All of the second go are among the next; the few that ran already may come between.
    for (int i = 60; i < 80; ++i)
        EXPECT_LT(heard.order.indexOf(paths[i]), before + 20 + 2 * QThread::idealThreadCount()) << i;
    EXPECT_LT(heard.order.indexOf(paths[61]), heard.order.indexOf(paths[78]));
}

TEST_F(Thumbnails, TooManyRequestsDropTheOldest)
{
    ThumbnailLoader loader;
    Listener heard(loader);
    QStringList paths;
    for (int i = 0; i < ThumbnailLoader::kMaxPending + 50; ++i) {
        paths.append(dir.filePath(QStringLiteral("%1.bmp").arg(i)));
        ASSERT_TRUE(QFile::copy(referenceFile(QStringLiteral("pictures/rgb-24.bmp")), paths.last()));
        loader.request(paths.last(), 96);
    }
    ASSERT_TRUE(waitFor([&] { return heard.order.size() >= ThumbnailLoader::kMaxPending; }, 60'000));
    EXPECT_FALSE(waitFor([&] { return heard.order.contains(paths[45]); }, 100));
    EXPECT_TRUE(heard.order.contains(paths.last()));
}

TEST_F(Thumbnails, AFailureIsSaidOnceAndTriedAgainWhenThePhotoChanged)
{
    ThumbnailLoader loader;
    Listener heard(loader);
    const QString path = dir.filePath(QStringLiteral("late.jpg"));
    loader.request(path, 96);
    ASSERT_TRUE(waitFor([&] { return heard.errors.contains(path); }));
    heard.errors.clear();
    photo(QStringLiteral("late.jpg"), Qt::red);
    loader.request(path, 96); // a view asks in every paint
    EXPECT_FALSE(waitFor([&] { return !heard.errors.isEmpty() || !heard.images.isEmpty(); }, 100));
    loader.invalidate(path);
    loader.request(path, 96);
    EXPECT_TRUE(waitFor([&] { return heard.images.contains(path); }));
}

TEST_F(Thumbnails, ForgottenRequestsAreSilent)
{
    ThumbnailLoader loader;
    Listener heard(loader);
    QStringList paths;
    for (int i = 0; i < 30; ++i) {
        paths.append(photo(QStringLiteral("%1.png").arg(i), Qt::blue, {500, 500}, "png"));
        loader.request(paths.last(), 96);
    }
    for (int i = 5; i < 30; ++i)
        loader.forget(paths[i]);
    ASSERT_TRUE(waitFor([&] { return heard.order.size() >= 5; }));
    EXPECT_FALSE(waitFor([&] { return heard.order.size() > 12; }, 200));
}

TEST_F(Thumbnails, InvalidatedPhotosAreLoadedAgain)
{
    ThumbnailLoader loader;
    Listener heard(loader);
    const QString path = photo(QStringLiteral("a.jpg"), Qt::red);
    loader.request(path, 96);
    ASSERT_TRUE(waitFor([&] { return heard.images.contains(path); }));
    photo(QStringLiteral("a.jpg"), Qt::blue, {801, 600});
    loader.invalidate(path);
    EXPECT_TRUE(loader.cached(path, 96).isNull());
    heard.images.clear();
    loader.request(path, 96);
    ASSERT_TRUE(waitFor([&] { return heard.images.contains(path); }));
    EXPECT_TRUE(isNear(heard.images[path].pixel(10, 10), qRgb(0, 0, 255)));
}

TEST_F(Thumbnails, ALoaderMayDieWhileItWorks)
{
    for (int round = 0; round < 5; ++round) {
        ThumbnailLoader loader;
        for (int i = 0; i < 20; ++i)
            loader.request(photo(QStringLiteral("%1.png").arg(i), Qt::blue, {300, 300}, "png"), 64 + round);
    }
    QCoreApplication::processEvents();
}
