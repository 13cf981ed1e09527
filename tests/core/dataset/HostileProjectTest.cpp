#include "core/dataset/Migrations.h"
#include "tests/core/dataset/DatasetFixture.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QSysInfo>

using namespace goodsight;

namespace {

constexpr auto kBoth = {DatasetStore::Access::ReadWrite, DatasetStore::Access::ReadOnly};

QString codeOf(const QString& dir, DatasetStore::Access access)
{
    const auto opened = DatasetStore::open(dir, access);
    if (opened)
        return {};
    EXPECT_FALSE(opened.error().message.isEmpty());
    EXPECT_FALSE(opened.error().hint.isEmpty());
    return opened.error().code;
}

} // namespace

using HostileProjectTest = DatasetTest;

TEST_F(HostileProjectTest, ASecondWriterIsToldWhoHoldsTheLock)
{
    const auto second = DatasetStore::open(projectDir());
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, QStringLiteral("locked"));
    const QString message = second.error().message;
    EXPECT_TRUE(message.contains(QString::number(QCoreApplication::applicationPid()))) << qPrintable(message);
    EXPECT_TRUE(message.contains(QSysInfo::machineHostName())) << qPrintable(message);
    EXPECT_TRUE(message.contains(QStringLiteral("goodsight_dataset"))) << qPrintable(message);
    store.reset();
    EXPECT_TRUE(DatasetStore::open(projectDir()));
}

TEST_F(HostileProjectTest, ALockOfAnotherMachineIsRespectedAndTheWayOutNamed)
{
    store.reset();
    writeFile(projectDir() + QStringLiteral("/project.lock"), "4711\ngoodsight\nkasse-3\n");
    const auto opened = DatasetStore::open(projectDir());
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, QStringLiteral("locked"));
    EXPECT_TRUE(opened.error().message.contains(QStringLiteral("kasse-3")));
    EXPECT_TRUE(opened.error().hint.contains(QStringLiteral("project.lock")));
    EXPECT_EQ(codeOf(projectDir(), DatasetStore::Access::ReadOnly), QString());
}

TEST_F(HostileProjectTest, AFileThatIsNoDatabaseIsRefusedAndLeftAlone)
{
    store.reset();
    for (const QByteArray& bytes :
         {QByteArray("not a database, but long enough to look like one").repeated(200), QByteArray("x"),
          QByteArray(4096, '\0')}) {
        writeFile(database(), bytes);
        for (const auto access : kBoth)
            EXPECT_EQ(codeOf(projectDir(), access), QStringLiteral("bad-project"));
        EXPECT_EQ(fileBytes(database()), bytes);
    }
}

TEST_F(HostileProjectTest, ATruncatedDatabaseIsRefused)
{
    for (int i = 0; i < 50; ++i)
        ASSERT_TRUE(store->answer(answerFor(i, QStringLiteral("apple"))));
    store.reset();
    EXPECT_FALSE(QFile::exists(database() + QStringLiteral("-wal"))) << "a closed project is one file";
    const QByteArray whole = fileBytes(database());
    ASSERT_GT(whole.size(), 50'000);
    for (qsizetype size = 1; size < whole.size() - 4096; size += whole.size() / 23) {
        writeFile(database(), whole.left(size));
        for (const auto access : kBoth)
            EXPECT_EQ(codeOf(projectDir(), access), QStringLiteral("bad-project")) << size;
    }
    writeFile(database(), whole);
    reopen();
    EXPECT_EQ(*store->count({}), 50);
}

TEST_F(HostileProjectTest, DamagedPagesAreAnErrorNotACrash)
{
    for (int i = 0; i < 50; ++i)
        ASSERT_TRUE(store->answer(answerFor(i, QStringLiteral("apple"))));
    store.reset();
    const QByteArray whole = fileBytes(database());
    for (int page = 1; page < whole.size() / 4096; ++page) {
        QByteArray damaged = whole;
        damaged.replace(page * 4096, 4096, QByteArray(4096, '\xa5'));
        writeFile(database(), damaged);
        const auto opened = DatasetStore::open(projectDir());
        if (!opened) {
            EXPECT_EQ(opened.error().code, QStringLiteral("bad-project")) << page;
            continue;
        }
        // Whatever can be read is read; the rest is an error with a sentence.
        const auto rows = (*opened)->photos({});
        if (!rows) {
            EXPECT_EQ(rows.error().code, QStringLiteral("bad-project")) << page;
        }
        const auto row = (*opened)->answer(answerFor(1000, QStringLiteral("pear")));
        if (!row) {
            EXPECT_FALSE(row.error().message.isEmpty());
        }
    }
}

TEST_F(HostileProjectTest, ADatabaseOfAnotherProgramIsRefusedAndLeftAlone)
{
    const QString foreign = folder.filePath(QStringLiteral("foreign"));
    ASSERT_TRUE(QDir().mkpath(foreign));
    const QString file = foreign + QStringLiteral("/project.sqlite");
    ASSERT_TRUE(runSql(file, {QStringLiteral("CREATE TABLE images (id INTEGER)")}));
    const QByteArray bytes = fileBytes(file);
    for (const auto access : kBoth)
        EXPECT_EQ(codeOf(foreign, access), QStringLiteral("bad-project"));
    EXPECT_EQ(fileBytes(file), bytes);
    EXPECT_EQ(QDir(foreign).entryList(QDir::AllEntries | QDir::NoDotAndDotDot | QDir::Hidden),
              QStringList{QStringLiteral("project.sqlite")});
}

TEST_F(HostileProjectTest, ANewerVersionIsRefusedAndLeftAlone)
{
    store.reset();
    ASSERT_TRUE(runSql(database(), {QStringLiteral("PRAGMA user_version = %1").arg(schemaVersion() + 1),
                                    QStringLiteral("PRAGMA wal_checkpoint(TRUNCATE)")}));
    const QByteArray bytes = fileBytes(database());
    for (const auto access : kBoth)
        EXPECT_EQ(codeOf(projectDir(), access), QStringLiteral("newer-version"));
    EXPECT_EQ(fileBytes(database()), bytes);
}

TEST_F(HostileProjectTest, AnInterruptedBeginningIsBegunAgain)
{
    const QString begun = folder.filePath(QStringLiteral("begun"));
    writeFile(begun + QStringLiteral("/project.sqlite"), {});
    const auto opened = DatasetStore::open(begun);
    ASSERT_TRUE(opened) << qPrintable(opened.error().message);
    EXPECT_TRUE((*opened)->ensureLabels(fruit()));
}

TEST_F(HostileProjectTest, TheVersionIsWhereItIsLookedFor)
{
    store.reset();
    EXPECT_EQ(askSql(database(), QStringLiteral("PRAGMA user_version")), QString::number(schemaVersion()));
    EXPECT_EQ(askSql(database(), QStringLiteral("SELECT value FROM meta WHERE key = 'schema_version'")),
              QString::number(schemaVersion()));
    EXPECT_EQ(askSql(database(), QStringLiteral("PRAGMA journal_mode")), QStringLiteral("wal"));
}

TEST_F(HostileProjectTest, AFileInTheProjectsPlaceIsNoProject)
{
    const QString file = folder.filePath(QStringLiteral("file.goodsight"));
    writeFile(file, "x");
    EXPECT_FALSE(codeOf(file, DatasetStore::Access::ReadWrite).isEmpty());
    EXPECT_EQ(codeOf(file, DatasetStore::Access::ReadOnly), QStringLiteral("bad-project"));
    EXPECT_EQ(fileBytes(file), QByteArray("x"));
}
