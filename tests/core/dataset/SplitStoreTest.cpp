#include "tests/core/dataset/DatasetFixture.h"
#include "tests/core/dataset/Mounts.h"
#include "tests/support/TestSupport.h"

#include <QFile>
#include <QProcess>
#include <QThread>

#include <cmath>
#include <limits>

using namespace goodsight;

namespace {

const QString kApple = QStringLiteral("apple");
const QString kPear = QStringLiteral("pear");

QMap<QString, QString> partsOf(const DatasetStore& store)
{
    PhotoQuery all;
    all.limit = -1;
    const auto rows = store.photos(all);
    QMap<QString, QString> parts;
    for (const PhotoRow& row : *rows)
        parts[row.sha256] = row.split;
    return parts;
}

} // namespace

class SplitStoreTest : public DatasetTest {
protected:
    /// Photos `begin` to `end` - 1, pears and apples in turn.
    void answerSome(int begin, int end)
    {
        for (int i = begin; i < end; ++i)
            ASSERT_TRUE(store->answer(answerFor(i, i % 2 ? kApple : kPear)));
    }
};

TEST_F(SplitStoreTest, APartIsKeptAndNewPhotosGetTheirs)
{
    answerSome(0, 20);
    ASSERT_TRUE(store->addPhoto(pasted(100)));
    int changes = 0;
    QObject::connect(store.get(), &DatasetStore::changed, store.get(), [&] { ++changes; });
    EXPECT_EQ(*store->split({0.2, 0.1, 1}), (PartCounts{14, 4, 2}));
    EXPECT_TRUE(testsupport::waitFor([&] { return changes == 1; }));
    const auto before = partsOf(*store);
    EXPECT_EQ(before.values().count(QString()), 1) << "the photo without a label has no part";
    EXPECT_EQ(before.values().count(QStringLiteral("val")), 4);

    EXPECT_EQ(*store->split({0.5, 0.5 - 1e-9, 99}).map([](PartCounts c) { return c.train + c.val + c.test; }),
              0)
        << "nothing is new";
    EXPECT_EQ(partsOf(*store), before);

    reopen();
    answerSome(20, 40);
    EXPECT_EQ(*store->split({0.2, 0.1, 7}), (PartCounts{14, 4, 2}));
    const auto after = partsOf(*store);
    for (auto it = before.begin(); it != before.end(); ++it)
        EXPECT_EQ(after[it.key()], it.value());
}

TEST_F(SplitStoreTest, NumbersForEachPartAndLabel)
{
    answerSome(0, 20);
    ASSERT_TRUE(store->split({0.2, 0.1, 1}));
    ASSERT_TRUE(store->answer(answerFor(50, kApple)));
    const auto stats = store->stats();
    ASSERT_TRUE(stats);
    EXPECT_EQ(stats->parts, (PartCounts{14, 4, 2}));
    EXPECT_EQ(stats->partsPerLabel[kApple], (PartCounts{7, 2, 1}));
    EXPECT_EQ(stats->partsPerLabel[kPear], (PartCounts{7, 2, 1}));
    EXPECT_EQ(stats->partsPerLabel.size(), 2);
}

TEST_F(SplitStoreTest, AnotherLabelOrAMergeMovesNoPhoto)
{
    answerSome(0, 20);
    ASSERT_TRUE(store->split({0.2, 0.1, 1}));
    const auto before = partsOf(*store);
    ASSERT_TRUE(store->label(before.firstKey(), QStringLiteral("granny-smith")));
    ASSERT_TRUE(store->mergeLabels(kApple, kPear));
    EXPECT_EQ(partsOf(*store), before);
    EXPECT_EQ(*store->split({}), PartCounts{});
    ASSERT_TRUE(store->undo());
    EXPECT_EQ(partsOf(*store), before);
    EXPECT_FALSE(store->canUndo() && store->nextUndo()->kind == QStringLiteral("split"))
        << "no journal entry";
}

TEST_F(SplitStoreTest, GroupsStayTogetherInTheProjectToo)
{
    answerSome(0, 40);
    QHash<QString, qint64> groups;
    qint64 number = 0;
    for (const QString& sha256 : partsOf(*store).keys())
        groups[sha256] = 1 + number++ / 5;
    ASSERT_TRUE(store->split({0.3, 0.0, 1}, groups));
    QMap<qint64, QString> partOf;
    const auto parts = partsOf(*store);
    for (auto it = parts.begin(); it != parts.end(); ++it)
        EXPECT_EQ(partOf.value(groups[it.key()], it.value()), it.value());
}

TEST_F(SplitStoreTest, SharesThatLeaveNothingToLearnFromAreRefused)
{
    answerSome(0, 4);
    const double nan = std::numeric_limits<double>::quiet_NaN();
    for (const SplitOptions options :
         {SplitOptions{1.0, 0.0, 1}, SplitOptions{0.6, 0.4, 1}, SplitOptions{-0.1, 0.0, 1},
          SplitOptions{0.1, -0.1, 1}, SplitOptions{nan, 0.0, 1}, SplitOptions{0.1, nan, 1}}) {
        const auto refused = store->split(options);
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().code, QStringLiteral("bad-split"));
        EXPECT_FALSE(refused.error().hint.isEmpty());
    }
    EXPECT_EQ(store->stats()->parts, PartCounts{});
}

TEST_F(SplitStoreTest, AProjectForReadingIsNotSplit)
{
    answerSome(0, 4);
    store.reset();
    const auto reader = DatasetStore::open(projectDir(), DatasetStore::Access::ReadOnly);
    ASSERT_TRUE(reader);
    EXPECT_EQ((*reader)->split({}).error().code, QStringLiteral("read-only"));
    EXPECT_EQ((*reader)->keepHashes({}).error().code, QStringLiteral("read-only"));
    EXPECT_EQ((*reader)->registerModel({}).error().code, QStringLiteral("read-only"));
    EXPECT_EQ((*reader)->stats()->parts, PartCounts{});
}

TEST_F(SplitStoreTest, AKillLeavesTheOldSplitWholeOrTheNewOne)
{
    constexpr int kPhotos = 20'000;
    constexpr int kLabelled = kPhotos / 4 * 3;
    constexpr int kOld = 101;
    store.reset();
    ASSERT_TRUE(insertPhotos(database(), kPhotos));
    const QString old =
        QStringLiteral("INSERT INTO splits SELECT id, 'test' FROM images WHERE label_id IS NOT "
                       "NULL ORDER BY id LIMIT %1")
            .arg(kOld);
    const QString count = QStringLiteral("SELECT count(*) FROM splits");
    int finished = 0;
    // Each round is killed a little later, until the program gets to its end.
    for (int delay = 0; finished < 2 && delay < 3000; delay += delay < 60 ? 4 : 40) {
        ASSERT_TRUE(runSql(database(), {QStringLiteral("DELETE FROM splits"), old}));
        QProcess program;
        program.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        program.start(QStringLiteral(GOODSIGHT_SPLIT_AND_PRINT), {projectDir()});
        ASSERT_TRUE(program.waitForReadyRead(60'000));
        QThread::msleep(static_cast<unsigned long>(delay));
        program.kill();
        ASSERT_TRUE(program.waitForFinished());
        const bool said = program.readAll().contains("split");
        finished += said;
        reopen();
        ASSERT_TRUE(store);
        store.reset();
        const int parts = askSql(database(), count).toInt();
        EXPECT_TRUE(parts == kLabelled || (parts == kOld && !said)) << parts << " after " << delay << " ms";
        EXPECT_EQ(askSql(database(), QStringLiteral("SELECT count(*) FROM splits WHERE part = 'test'")),
                  QString::number(kOld));
        EXPECT_EQ(askSql(database(), QStringLiteral("PRAGMA integrity_check")), QStringLiteral("ok"));
    }
    EXPECT_EQ(finished, 2);
}

TEST(SplitOnAFullDisk, FailsWholeAndWorksOnceThereIsSpace)
{
    QTemporaryDir folder;
    const Mount disk = Mount::memory(folder.path(), 24'000);
    if (!disk.mounted())
        GTEST_SKIP() << kNoMount;
    const QString project = folder.filePath(QStringLiteral("p.goodsight"));
    const QString database = project + QStringLiteral("/project.sqlite");
    {
        const auto store = DatasetStore::open(project);
        ASSERT_TRUE(store);
        ASSERT_TRUE((*store)->ensureLabels(fruit()));
    }
    ASSERT_TRUE(insertPhotos(database, 10'000));
    const auto store = DatasetStore::open(project);
    ASSERT_TRUE(store);
    QFile filler(folder.filePath(QStringLiteral("filler")));
    ASSERT_TRUE(filler.open(QIODevice::Append | QIODevice::Unbuffered));
    while (filler.write(QByteArray(4096, 'x')) == 4096) {
    }
    const auto refused = (*store)->split({});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, QStringLiteral("disk-full")) << qPrintable(refused.error().message);
    EXPECT_EQ((*store)->stats()->parts, PartCounts{});
    filler.close();
    ASSERT_TRUE(filler.remove());
    const auto given = (*store)->split({});
    ASSERT_TRUE(given) << qPrintable(given.error().message);
    EXPECT_EQ(*given, (PartCounts{6375, 1125, 0}));
}
