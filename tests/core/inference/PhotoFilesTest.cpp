#include "core/inference/PhotoFiles.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <gtest/gtest.h>

using namespace goodsight;

namespace {

class PhotoFiles : public testing::Test {
protected:
    QTemporaryDir folder;
    void touch(const QString& relative)
    {
        const QString path = folder.filePath(relative);
        ASSERT_TRUE(QDir().mkpath(QFileInfo(path).path()));
        QFile file(path);
        ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    }
    [[nodiscard]] QStringList relative() const
    {
        QStringList found = photosIn(folder.path()).value_or(FoundPhotos()).photos;
        for (QString& path : found)
            path = path.mid(folder.path().size() + 1);
        return found;
    }
};

} // namespace

TEST_F(PhotoFiles, AreFoundInSubfoldersInSortedOrder)
{
    for (const char* name :
         {"b.JPG", "a/z.png", "a/b/c.webp", "a-1.jpeg", "notes.txt", "苹果.heic", "a/.hidden.jpg"})
        touch(QString::fromUtf8(name));
    const QStringList expected{QStringLiteral("a/b/c.webp"), QStringLiteral("a/z.png"),
                               QStringLiteral("a-1.jpeg"), QStringLiteral("b.JPG"),
                               QStringLiteral("苹果.heic")};
    EXPECT_EQ(relative(), expected);
}

TEST_F(PhotoFiles, PathsAreJoinedToTheFolderAsGiven)
{
    touch(QStringLiteral("x/a.png"));
    EXPECT_EQ(photosIn(folder.path() + QStringLiteral("/x/"))->photos.first(),
              folder.path() + QStringLiteral("/x/a.png"));
    EXPECT_EQ(photosIn(folder.path() + QStringLiteral("/x/../x"))->photos.first(),
              folder.path() + QStringLiteral("/x/../x/a.png"));
}

TEST_F(PhotoFiles, ALoopOfLinksEnds)
{
    touch(QStringLiteral("a/photo.jpg"));
    if (!QFile::link(folder.path(), folder.filePath(QStringLiteral("a/again"))))
        GTEST_SKIP() << "this file system has no links";
    ASSERT_TRUE(QFile::link(folder.filePath(QStringLiteral("a")), folder.filePath(QStringLiteral("b"))));
    ASSERT_TRUE(QFile::link(folder.filePath(QStringLiteral("nowhere.jpg")),
                            folder.filePath(QStringLiteral("broken"))));
    EXPECT_EQ(relative(), QStringList{QStringLiteral("a/photo.jpg")});
}

TEST_F(PhotoFiles, NoPhotosAndNoFolderAreErrors)
{
    EXPECT_EQ(photosIn(folder.path()).error().code, QStringLiteral("no-photos"));
    EXPECT_EQ(photosIn(folder.filePath(QStringLiteral("gone"))).error().code, QStringLiteral("not-found"));
}

TEST_F(PhotoFiles, AFolderThatMayNotBeListedIsNamed)
{
    touch(QStringLiteral("open/a.png"));
    touch(QStringLiteral("shut/b.png"));
    const QString shut = folder.filePath(QStringLiteral("shut"));
    ASSERT_TRUE(QFile::setPermissions(shut, QFile::WriteOwner));
    const bool rightsCount = !QFileInfo(shut).isReadable();
    const auto found = photosIn(folder.path());
    const auto alone = photosIn(shut);
    ASSERT_TRUE(QFile::setPermissions(shut, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    if (!rightsCount)
        GTEST_SKIP() << "this user may read everything";
    ASSERT_TRUE(found);
    EXPECT_EQ(found->photos.size(), 1);
    EXPECT_EQ(found->unreadable, QStringList{shut});
    EXPECT_EQ(alone.error().code, QStringLiteral("unreadable"));
}
