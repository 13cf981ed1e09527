#include "core/learning/ActivationStore.h"

#include "tests/support/SmallDisk.h"

#include <QTemporaryDir>

#include <gtest/gtest.h>

#include <array>

using namespace goodsight;

namespace {

constexpr std::size_t kBytes = 100;
using Row = std::array<std::byte, kBytes>;

Row row(int number)
{
    Row out{};
    out.fill(static_cast<std::byte>(number));
    return out;
}

bool holds(ActivationStore& store, int number)
{
    Row read{};
    return store.read(number, read) && read == row(number);
}

} // namespace

TEST(ActivationStore, GivesBackWhatItWasGivenAcrossAKill)
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("a.rows"));
    {
        ActivationStore store(path, kBytes, 7, 1 << 20);
        for (int i = 0; i < 10; ++i)
            store.append(row(i));
        EXPECT_TRUE(holds(store, 3));
    }
    {
        QFile file(path); // as a killed program leaves it: half a row at the end
        ASSERT_TRUE(file.open(QIODevice::Append));
        file.write("half a row");
    }
    ActivationStore store(path, kBytes, 7, 1 << 20);
    EXPECT_EQ(store.rows(), 10);
    EXPECT_TRUE(holds(store, 9));
    store.append(row(10));
    EXPECT_TRUE(holds(store, 10));
    Row read{};
    EXPECT_FALSE(store.read(11, read));
}

TEST(ActivationStore, RowsOfAnotherKeyAreNotThere)
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("a.rows"));
    {
        ActivationStore store(path, kBytes, 7, 1 << 20);
        store.append(row(0));
    }
    ActivationStore store(path, kBytes, 8, 1 << 20);
    EXPECT_FALSE(holds(store, 0));
}

TEST(ActivationStore, ADamagedRowIsNotThereAndTheOthersAre)
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("a.rows"));
    ActivationStore store(path, kBytes, 7, 1 << 20);
    for (int i = 0; i < 3; ++i)
        store.append(row(i));
    QFile file(path);
    ASSERT_TRUE(file.open(QIODevice::ReadWrite));
    file.seek(150);
    file.write("!");
    file.close();
    EXPECT_TRUE(holds(store, 0));
    EXPECT_FALSE(holds(store, 1));
    EXPECT_TRUE(holds(store, 2));
}

TEST(ActivationStore, KeepsToItsBound)
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("a.rows"));
    ActivationStore store(path, kBytes, 7, 250);
    for (int i = 0; i < 5; ++i)
        store.append(row(i));
    EXPECT_EQ(store.rows(), 2);
    EXPECT_TRUE(store.isFull());
    EXPECT_LE(QFile(path).size(), 250);
    EXPECT_TRUE(holds(store, 1));
    EXPECT_FALSE(holds(store, 2));
}

TEST(ActivationStore, AFullDiskIsABoundToo)
{
    const testsupport::SmallDisk disk(64);
    if (!disk.isMounted())
        GTEST_SKIP() << "skipped: mounting a file system needs root on Linux";
    ActivationStore store(disk.path() + QStringLiteral("/a.rows"), kBytes, 7, 1 << 20);
    int appended = 0;
    for (; appended < 2000 && !store.isFull(); ++appended)
        store.append(row(appended % 200));
    EXPECT_TRUE(store.isFull());
    EXPECT_GT(store.rows(), 100);
    EXPECT_TRUE(holds(store, 50));
}
