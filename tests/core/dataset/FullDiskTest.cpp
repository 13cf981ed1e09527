#include "tests/core/dataset/DatasetFixture.h"
#include "tests/core/dataset/Mounts.h"

#include <QDirIterator>
#include <QFile>

using namespace goodsight;

namespace {

/// Takes all space that is left on the file system of `folder`.
void fill(const QString& folder)
{
    QFile filler(folder + QStringLiteral("/filler"));
    ASSERT_TRUE(filler.open(QIODevice::Append | QIODevice::Unbuffered));
    for (const int size : {65536, 4096, 1})
        while (filler.write(QByteArray(size, 'x')) == size) {
        }
}

void empty(const QString& folder)
{
    ASSERT_TRUE(QFile::remove(folder + QStringLiteral("/filler")));
}

QStringList filesBelow(const QString& folder)
{
    QStringList names;
    QDirIterator files(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        files.next();
        names.append(files.fileName());
    }
    names.sort();
    return names;
}

Answer largeAnswer(int seed)
{
    Answer answer = answerFor(seed, QStringLiteral("apple"));
    answer.photo.bytes.append(QByteArray(200'000, 'x'));
    return answer;
}

} // namespace

TEST(FullDisk, AnAnswerFailsWholeAndEverythingBeforeItIsSafe)
{
    QTemporaryDir folder;
    const Mount disk = Mount::memory(folder.path(), 1500);
    if (!disk.mounted())
        GTEST_SKIP() << kNoMount;
    const QString project = folder.filePath(QStringLiteral("p.goodsight"));
    const QString images = project + QStringLiteral("/images");
    auto store = DatasetStore::open(project);
    ASSERT_TRUE(store) << qPrintable(store.error().message);
    ASSERT_TRUE((*store)->ensureLabels(fruit()));
    ASSERT_TRUE((*store)->answer(largeAnswer(1)));
    const QStringList before = filesBelow(images);
    fill(folder.path());

    const auto refused = (*store)->answer(largeAnswer(2));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, QStringLiteral("disk-full"));
    EXPECT_FALSE(refused.error().hint.isEmpty());
    EXPECT_EQ(filesBelow(images), before) << "nothing half-written remains";
    EXPECT_EQ(*(*store)->count({}), 1);

    // Without a new photo only the database grows, until it cannot.
    int acknowledged = 1;
    Result<PhotoRow> row = fail(Error{});
    for (int i = 0; i < 2000; ++i) {
        row = (*store)->answer(largeAnswer(1));
        if (!row)
            break;
        ++acknowledged;
    }
    ASSERT_FALSE(row) << "the disk never was full";
    EXPECT_EQ(row.error().code, QStringLiteral("disk-full"));
    EXPECT_EQ((*store)->history(100'000)->size(), acknowledged);

    // Closed and opened on the full disk: reading works; writing says what is wrong or works.
    store->reset();
    store = DatasetStore::open(project, DatasetStore::Access::ReadOnly);
    ASSERT_TRUE(store) << qPrintable(store.error().message);
    EXPECT_EQ(*(*store)->count({}), 1);
    EXPECT_EQ((*store)->history(100'000)->size(), acknowledged);
    store = DatasetStore::open(project);
    if (!store) {
        EXPECT_EQ(store.error().code, QStringLiteral("disk-full")) << qPrintable(store.error().message);
    }
    if (store)
        store->reset();

    empty(folder.path());
    store = DatasetStore::open(project);
    ASSERT_TRUE(store) << qPrintable(store.error().message);
    EXPECT_EQ((*store)->history(100'000)->size(), acknowledged);
    EXPECT_TRUE((*store)->answer(largeAnswer(2)));
    store->reset();
    EXPECT_EQ(askSql(project + QStringLiteral("/project.sqlite"), QStringLiteral("PRAGMA integrity_check")),
              QStringLiteral("ok"));
}

TEST(FullDisk, TheSameStoreWorksAgainOnceThereIsSpace)
{
    QTemporaryDir folder;
    const Mount disk = Mount::memory(folder.path(), 1500);
    if (!disk.mounted())
        GTEST_SKIP() << kNoMount;
    auto store = DatasetStore::open(folder.filePath(QStringLiteral("p.goodsight")));
    ASSERT_TRUE(store);
    ASSERT_TRUE((*store)->ensureLabels(fruit()));
    fill(folder.path());
    Answer newProduct = largeAnswer(1);
    newProduct.labelId.clear();
    newProduct.newLabelName = QStringLiteral("新商品");
    EXPECT_EQ((*store)->answer(newProduct).error().code, QStringLiteral("disk-full"));
    EXPECT_EQ((*store)->labels(), fruit()) << "no label without its answer";
    empty(folder.path());
    EXPECT_TRUE((*store)->answer(largeAnswer(1)));
    EXPECT_TRUE((*store)->undo());
}

TEST(FullDisk, AProjectIsNotBegunOnIt)
{
    QTemporaryDir folder;
    const Mount disk = Mount::memory(folder.path(), 64);
    if (!disk.mounted())
        GTEST_SKIP() << kNoMount;
    fill(folder.path());
    const auto store = DatasetStore::open(folder.filePath(QStringLiteral("p.goodsight")));
    ASSERT_FALSE(store);
    EXPECT_EQ(store.error().code, QStringLiteral("disk-full")) << qPrintable(store.error().message);
    empty(folder.path());
}
