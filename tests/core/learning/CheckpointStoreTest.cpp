#include "core/learning/CheckpointStore.h"

#include "tests/support/SmallDisk.h"

#include <QFile>
#include <QTemporaryDir>

#include <gtest/gtest.h>

using namespace goodsight;

namespace {

Result<void> save(CheckpointStore& store, int number, std::size_t floats = 20)
{
    const std::vector<float> first(floats, static_cast<float>(number));
    const std::vector<float> second{1, 2, 3};
    const std::vector<std::span<const float>> tensors{first, second};
    return store.save({{QStringLiteral("number"), number}}, tensors);
}

int newest(const CheckpointStore& store)
{
    const auto checkpoint = store.load();
    return checkpoint ? checkpoint->state.value(QLatin1String("number")).toInt() : -1;
}

QByteArray bytesOf(const QString& path)
{
    QFile file(path);
    EXPECT_TRUE(file.open(QIODevice::ReadOnly));
    return file.readAll();
}

void write(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    ASSERT_EQ(file.write(bytes), bytes.size());
}

} // namespace

TEST(CheckpointStore, KeepsTheLastTwo)
{
    const QTemporaryDir folder;
    CheckpointStore store(folder.path());
    EXPECT_EQ(newest(store), -1);
    for (int number = 1; number <= 5; ++number)
        ASSERT_TRUE(save(store, number));
    EXPECT_EQ(store.files().size(), 2);
    EXPECT_EQ(newest(store), 5);
    const auto checkpoint = store.load();
    ASSERT_EQ(checkpoint->tensors.size(), 2U);
    EXPECT_EQ(checkpoint->tensors[0], std::vector<float>(20, 5.0F));
    EXPECT_EQ(checkpoint->tensors[1], (std::vector<float>{1, 2, 3}));
    store.clear();
    EXPECT_EQ(newest(store), -1);
}

TEST(CheckpointStore, OneCutAtAnyByteFallsBackToTheOneBefore)
{
    const QTemporaryDir folder;
    CheckpointStore store(folder.path());
    ASSERT_TRUE(save(store, 1));
    ASSERT_TRUE(save(store, 2));
    const QString path = store.files().first();
    const QByteArray whole = bytesOf(path);
    for (qsizetype size = 0; size < whole.size(); ++size) {
        write(path, whole.left(size));
        ASSERT_EQ(newest(store), 1) << "cut at " << size;
    }
    write(path, whole);
    EXPECT_EQ(newest(store), 2);
}

TEST(CheckpointStore, OneWithAnyByteChangedFallsBackToTheOneBefore)
{
    const QTemporaryDir folder;
    CheckpointStore store(folder.path());
    ASSERT_TRUE(save(store, 1));
    ASSERT_TRUE(save(store, 2));
    const QString path = store.files().first();
    const QByteArray whole = bytesOf(path);
    for (qsizetype at = 0; at < whole.size(); ++at) {
        QByteArray changed = whole;
        changed[at] = static_cast<char>(changed[at] ^ 0x40);
        write(path, changed);
        ASSERT_EQ(newest(store), 1) << "changed at " << at;
    }
}

TEST(CheckpointStore, GoesOnAfterADamagedOne)
{
    const QTemporaryDir folder;
    CheckpointStore store(folder.path());
    ASSERT_TRUE(save(store, 1));
    ASSERT_TRUE(save(store, 2));
    write(store.files().first(), "x");
    ASSERT_TRUE(save(store, 3));
    EXPECT_EQ(newest(store), 3);
}

TEST(CheckpointStore, AFullDiskIsAnErrorAndLosesNothing)
{
    const testsupport::SmallDisk disk(256);
    if (!disk.isMounted())
        GTEST_SKIP() << "skipped: mounting a file system needs root on Linux";
    CheckpointStore store(disk.path());
    ASSERT_TRUE(save(store, 1));
    const auto refused = save(store, 2, 1'000'000);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, QStringLiteral("disk-full"));
    EXPECT_EQ(newest(store), 1);
    EXPECT_EQ(store.files().size(), 1);
    ASSERT_TRUE(save(store, 3));
    EXPECT_EQ(newest(store), 3);
}

TEST(CheckpointStore, AStopIsSeenWithinALargeTensor)
{
    const QTemporaryDir folder;
    CheckpointStore store(folder.path());
    ASSERT_TRUE(save(store, 1));
    const std::vector<float> large(std::size_t{10} << 20, 0.25F); // 40 MB
    const std::vector<std::span<const float>> tensors{large};
    int asked = 0;
    const auto after = [&asked](int questions) {
        asked = 0;
        return [&asked, questions] { return ++asked > questions; };
    };
    const auto stopped = store.save({{QStringLiteral("number"), 2}}, tensors, after(4));
    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error().code, QStringLiteral("cancelled"));
    EXPECT_EQ(store.files().size(), 1) << "nothing half written is left";
    EXPECT_EQ(newest(store), 1);

    ASSERT_TRUE(store.save({{QStringLiteral("number"), 3}}, tensors, after(1000)));
    EXPECT_GE(asked, 10) << "every four megabytes";
    EXPECT_FALSE(store.load(after(4)));
    EXPECT_LE(asked, 7) << "the one before is not read instead";
    const auto whole = store.load(after(1000));
    ASSERT_TRUE(whole);
    EXPECT_EQ(whole->tensors[0], large);
}

TEST(CheckpointStore, AFolderThatCannotBeIsAnError)
{
    const QTemporaryDir folder;
    write(folder.filePath(QStringLiteral("file")), "x");
    CheckpointStore store(folder.filePath(QStringLiteral("file/below")));
    const auto refused = save(store, 1);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, QStringLiteral("unwritable"));
}
