#include "core/dataset/EmbeddingTable.h"
#include "core/dataset/Migrations.h"
#include "tests/core/dataset/DatasetFixture.h"
#include "tests/support/TestSupport.h"

using namespace goodsight;

namespace {

const QString kFirst = QStringLiteral("4c2ca6ed37ac6333072e98b759a9e3cf4c9abbd8fee6a4072d2a78007b6fef93");
const QString kThird = QStringLiteral("a8db00806323b573627bf2c1c408901dad2206d48885b65e2e38764553b8d79d");

/// A project as version 1 of the tables left it.
class MigrationTest : public ::testing::Test {
protected:
    void SetUp() override { make(1); }

    void make(int version)
    {
        const QString script = QString::fromUtf8(
            fileBytes(testsupport::sourceDir() +
                      QStringLiteral("/tests/core/dataset/data/project-version-%1.sql").arg(version)));
        QStringList statements;
        for (const QString& one : script.split(QStringLiteral(";\n"), Qt::SkipEmptyParts))
            statements.append(one.trimmed());
        writeFile(dir + QStringLiteral("/project.lock"), {});
        ASSERT_TRUE(QFile::remove(dir + QStringLiteral("/project.lock")));
        ASSERT_TRUE(runSql(database, statements));
    }

    QTemporaryDir folder;
    const QString dir = folder.filePath(QStringLiteral("old.goodsight"));
    const QString database = dir + QStringLiteral("/project.sqlite");
};

} // namespace

TEST_F(MigrationTest, AnOldProjectIsBroughtUpToDateWithEverythingInIt)
{
    ASSERT_EQ(askSql(database, QStringLiteral("PRAGMA user_version")), QStringLiteral("1"));
    auto store = DatasetStore::open(dir);
    ASSERT_TRUE(store) << qPrintable(store.error().message);
    EXPECT_EQ(askSql(database, QStringLiteral("PRAGMA user_version")), QString::number(schemaVersion()));
    EXPECT_EQ(askSql(database, QStringLiteral("SELECT value FROM meta WHERE key = 'schema_version'")),
              QString::number(schemaVersion()));
    EXPECT_EQ(askSql(database, QStringLiteral("SELECT value FROM meta WHERE key = 'uuid'")),
              QStringLiteral("c637b098-1159-42c1-b349-94e6b83da138"));

    EXPECT_EQ(*(*store)->count({}), 3);
    EXPECT_EQ((*store)->photo(kFirst)->split, QStringLiteral("val"));
    EXPECT_EQ((*store)->photo(kThird)->labelId, QStringLiteral("lemon"));
    EXPECT_EQ((*store)->stats()->parts, (PartCounts{1, 1, 0}));
    EXPECT_TRUE((*store)->canRedo());
    EXPECT_EQ((*store)->history()->size(), 5);

    const auto models = (*store)->models();
    ASSERT_TRUE(models) << qPrintable(models.error().message);
    ASSERT_EQ(models->size(), 1);
    EXPECT_EQ(models->first().name, QStringLiteral("fruit"));
    EXPECT_EQ(models->first().parent, QStringLiteral("f0"));
    EXPECT_EQ(models->first().metrics[QStringLiteral("top1")].toDouble(), 0.5);
    EXPECT_EQ(models->first().stage, ModelStage::Candidate);
    EXPECT_TRUE(models->first().data.isEmpty());

    const auto table = EmbeddingTable::open(dir);
    ASSERT_TRUE(table);
    EXPECT_EQ((*table)->find(kFirst, QStringLiteral("backbone")), (std::vector{1.0F, 2.0F}));

    // And it works on: the third photo gets its part, the others keep theirs.
    EXPECT_EQ(*(*store)->split({0.5, 0.0, 1}), (PartCounts{1, 0, 0}));
    EXPECT_TRUE((*store)->answer(answerFor(9, QStringLiteral("lemon"))));
    store->reset();
    EXPECT_EQ(askSql(database, QStringLiteral("PRAGMA integrity_check")), QStringLiteral("ok"));
    EXPECT_EQ(askSql(database, QStringLiteral("SELECT count(*) FROM pragma_foreign_key_check")),
              QStringLiteral("0"));
}

TEST_F(MigrationTest, AProjectThatLearntIsBroughtUpToDate)
{
    ASSERT_TRUE(QFile::remove(database));
    make(2);
    ASSERT_EQ(askSql(database, QStringLiteral("PRAGMA user_version")), QStringLiteral("2"));
    auto store = DatasetStore::open(dir);
    ASSERT_TRUE(store) << qPrintable(store.error().message);
    EXPECT_EQ(askSql(database, QStringLiteral("PRAGMA user_version")), QString::number(schemaVersion()));
    EXPECT_EQ((*store)->stats()->imported, 2);
    EXPECT_EQ((*store)->stats()->automatic, 0);
    const auto shadow = (*store)->shadowPhotos(1, QStringLiteral("f0"));
    ASSERT_TRUE(shadow) << qPrintable(shadow.error().message);
    ASSERT_EQ(shadow->size(), 1);
    EXPECT_EQ(shadow->first().labelId, QStringLiteral("lemon"));
    EXPECT_EQ(askSql(database, QStringLiteral("SELECT hash FROM image_hashes")), QStringLiteral("77"));
    // What was undone before can be done again.
    const auto redone = (*store)->redo();
    ASSERT_TRUE(redone);
    EXPECT_EQ(redone->state, PhotoState::Corrected);
    Answer taken = answerFor(9, QStringLiteral("lemon"), PhotoState::Automatic);
    taken.automatic = AutomaticNote{false, QStringLiteral("lemon"), QStringLiteral("f0"), 0.99, 0.97};
    EXPECT_TRUE((*store)->answer(taken));
    store->reset();
    EXPECT_EQ(askSql(database, QStringLiteral("SELECT count(*) FROM pragma_foreign_key_check")),
              QStringLiteral("0"));
}

TEST_F(MigrationTest, AutomaticAnswersOfAnOldProjectAreNoStepsOfAPerson)
{
    ASSERT_TRUE(QFile::remove(database));
    make(3);
    ASSERT_EQ(askSql(database, QStringLiteral("PRAGMA user_version")), QStringLiteral("3"));
    auto store = DatasetStore::open(dir);
    ASSERT_TRUE(store) << qPrintable(store.error().message);
    EXPECT_EQ((*store)->stats()->automatic, 1);
    EXPECT_FALSE((*store)->canRedo());
    const auto photos = (*store)->photos({{}, {}, {PhotoState::Automatic}});
    ASSERT_EQ(photos->size(), 1);
    const auto back = (*store)->undo();
    ASSERT_TRUE(back);
    EXPECT_EQ(back->name, QStringLiteral("d.png")) << "the audit, which a person answered";
    const auto taken = (*store)->undoAutomatic(photos->first().sha256);
    ASSERT_TRUE(taken);
    EXPECT_EQ(taken->name, QStringLiteral("e.png"));
    EXPECT_EQ((*store)->stats()->automatic, 0);
}

TEST_F(MigrationTest, ANewProjectHasTheSameTables)
{
    ASSERT_TRUE(DatasetStore::open(dir));
    const QString fresh = folder.filePath(QStringLiteral("fresh.goodsight"));
    ASSERT_TRUE(DatasetStore::open(fresh));
    const QString tables =
        QStringLiteral("SELECT group_concat(type || ' ' || name || ' ' || coalesce(sql, ''), "
                       "char(10)) FROM (SELECT * FROM sqlite_master ORDER BY type, name)");
    EXPECT_EQ(askSql(database, tables), askSql(fresh + QStringLiteral("/project.sqlite"), tables));
}

TEST_F(MigrationTest, ReadingAloneDoesNotChangeIt)
{
    const QByteArray bytes = fileBytes(database);
    const auto store = DatasetStore::open(dir, DatasetStore::Access::ReadOnly);
    ASSERT_FALSE(store);
    EXPECT_EQ(store.error().code, QStringLiteral("older-version"));
    EXPECT_EQ(fileBytes(database), bytes);
}

TEST_F(MigrationTest, AStepThatFailsIsTakenBackWhole)
{
    // Somebody made a table of this name: the step cannot be taken, and the rest of it is not kept either.
    ASSERT_TRUE(runSql(database, {QStringLiteral("CREATE TABLE shadow (x)")}));
    const auto store = DatasetStore::open(dir);
    ASSERT_FALSE(store);
    EXPECT_EQ(askSql(database, QStringLiteral("PRAGMA user_version")), QStringLiteral("1"));
    EXPECT_EQ(
        askSql(database, QStringLiteral("SELECT count(*) FROM sqlite_master WHERE name = 'image_hashes'")),
        QStringLiteral("0"));
    ASSERT_TRUE(runSql(database, {QStringLiteral("DROP TABLE shadow")}));
    EXPECT_TRUE(DatasetStore::open(dir));
}
