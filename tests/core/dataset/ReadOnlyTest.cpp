#include "tests/core/dataset/DatasetFixture.h"
#include "tests/core/dataset/Mounts.h"
#include "tests/support/TestSupport.h"

#include <QDir>
#include <QFile>

using namespace goodsight;

namespace {

const QString kApple = QStringLiteral("apple");

Result<std::unique_ptr<DatasetStore>> openReadOnly(const QString& dir)
{
    return DatasetStore::open(dir, DatasetStore::Access::ReadOnly);
}

} // namespace

using ReadOnlyTest = DatasetTest;

TEST_F(ReadOnlyTest, SeesWhatTheWriterCommitsAndIsToldOfIt)
{
    const auto reader = openReadOnly(projectDir());
    ASSERT_TRUE(reader) << qPrintable(reader.error().message);
    EXPECT_EQ(*(*reader)->count({}), 0);
    EXPECT_EQ((*reader)->labels(), fruit());
    int changes = 0;
    QObject::connect(reader->get(), &DatasetStore::changed, reader->get(), [&] { ++changes; });
    ASSERT_TRUE(store->answer(answerFor(1, kApple)));
    EXPECT_EQ(*(*reader)->count({}), 1);
    EXPECT_TRUE(testsupport::waitFor([&] { return changes == 1; }));
    EXPECT_TRUE((*reader)->canUndo());
    for (const QString& code :
         {(*reader)->undo().error().code, (*reader)->answer(answerFor(2, kApple)).error().code,
          (*reader)->createLabel(kApple).error().code, (*reader)->ensureLabels(fruit()).error().code})
        EXPECT_EQ(code, QStringLiteral("read-only"));
    QString code;
    (*reader)->answerAsync(answerFor(2, kApple),
                           [&](const Result<PhotoRow>& row) { code = row.error().code; });
    EXPECT_TRUE(testsupport::waitFor([&] { return code == QStringLiteral("read-only"); }));
}

TEST_F(ReadOnlyTest, NeedsAProjectAndMakesNothing)
{
    const QString nowhere = folder.filePath(QStringLiteral("nowhere"));
    EXPECT_EQ(openReadOnly(nowhere).error().code, QStringLiteral("bad-project"));
    EXPECT_FALSE(QFile::exists(nowhere));
    EXPECT_EQ(openReadOnly(folder.path()).error().code, QStringLiteral("bad-project"));
    EXPECT_FALSE(QFile::exists(folder.filePath(QStringLiteral("project.sqlite"))));
}

TEST_F(ReadOnlyTest, AFolderThatCannotBeWrittenIsReadAndSaysSoToWriters)
{
    ASSERT_TRUE(store->answer(answerFor(1, kApple)));
    store.reset();
    const Mount sealed = Mount::readOnly(folder.path());
    if (!sealed.mounted())
        GTEST_SKIP() << kNoMount;
    const auto writer = DatasetStore::open(projectDir());
    ASSERT_FALSE(writer);
    EXPECT_EQ(writer.error().code, QStringLiteral("read-only")) << qPrintable(writer.error().message);
    EXPECT_FALSE(writer.error().hint.isEmpty());
    EXPECT_EQ(DatasetStore::open(folder.filePath(QStringLiteral("new.goodsight"))).error().code,
              QStringLiteral("read-only"));
    const auto reader = openReadOnly(projectDir());
    ASSERT_TRUE(reader) << qPrintable(reader.error().message);
    ASSERT_EQ(*(*reader)->count({}), 1);
    EXPECT_EQ(fileBytes((*reader)->photos({})->first().file), pngBytes(1));
    EXPECT_TRUE((*reader)->canUndo());
}

TEST_F(ReadOnlyTest, CommitsThatWaitInTheLogOfAKilledProgramAreReadToo)
{
    for (int i = 0; i < 5; ++i)
        ASSERT_TRUE(store->answer(answerFor(i, kApple)));
    // What a stick holds that was pulled out: the database and its log, with or without the index of the log.
    for (const bool withIndex : {false, true}) {
        const QString stick = folder.filePath(QStringLiteral("stick%1.goodsight").arg(withIndex));
        ASSERT_TRUE(QDir().mkpath(stick));
        QStringList suffixes{QString(), QStringLiteral("-wal")};
        if (withIndex)
            suffixes.append(QStringLiteral("-shm"));
        for (const QString& suffix : suffixes)
            ASSERT_TRUE(QFile::copy(database() + suffix, stick + QStringLiteral("/project.sqlite") + suffix));
        const Mount sealed = Mount::readOnly(stick);
        if (!sealed.mounted())
            GTEST_SKIP() << kNoMount;
        const auto reader = openReadOnly(stick);
        ASSERT_TRUE(reader) << qPrintable(reader.error().message);
        EXPECT_EQ(*(*reader)->count({}), 5) << "with index: " << withIndex;
    }
}
