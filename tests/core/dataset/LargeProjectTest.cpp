#include "core/dataset/EmbeddingTable.h"
#include "core/dataset/ModelRows.h"
#include "core/dataset/PhotoQueries.h"
#include "tests/core/dataset/DatasetFixture.h"

#include <QRegularExpression>

#include <ctime>
#include <string>

using namespace goodsight;

namespace {

constexpr int kPhotos = 100'000;

/// Processor time in microseconds, for the record: what else the machine does must not count.
template <typename Work>
int microseconds(const Work& work)
{
    const std::clock_t begin = std::clock();
    work();
    return static_cast<int>((std::clock() - begin) * 1'000'000 / CLOCKS_PER_SEC);
}

/// The steps in which SQLite answers.
QStringList plan(sql::Session& session, const photoqueries::Statement& statement)
{
    QStringList steps;
    session.each(QStringLiteral("EXPLAIN QUERY PLAN ") + statement.text, statement.values,
                 [&](const QSqlQuery& step) { steps.append(step.value(3).toString()); });
    return steps;
}

} // namespace

using LargeProjectTest = DatasetTest;

TEST_F(LargeProjectTest, PagesAndNumbersOfAHundredThousandPhotosComeAtOnce)
{
    store.reset();
    ASSERT_TRUE(insertPhotos(database(), kPhotos));
    reopen();

    PhotoQuery all;
    PhotoQuery last;
    last.offset = kPhotos - 200;
    PhotoQuery unseen;
    unseen.states = {PhotoState::Unseen};
    unseen.offset = 10'000;
    PhotoQuery label;
    label.labelId = QStringLiteral("pear");
    label.offset = 10'000;
    PhotoQuery name;
    name.text = QStringLiteral("0001");
    PhotoQuery both;
    both.text = QStringLiteral("苹果");
    both.states = {PhotoState::Corrected, PhotoState::Imported};
    struct Case {
        std::string what;
        PhotoQuery query;
        int rows;
        qint64 count;
        QString index; ///< that the page and the count walk; empty: the rows themselves, newest first
    };
    const QString byState = QStringLiteral("images_state");
    const QString byLabel = QStringLiteral("images_label");
    const QList<Case> cases{{"all", all, 200, kPhotos, {}},
                            {"last_page", last, 200, kPhotos, {}},
                            {"unseen", unseen, 200, kPhotos / 4, byState},
                            {"label", label, 200, kPhotos / 4, byLabel},
                            {"name", name, 120, 120, {}},
                            {"text_and_states", both, 200, kPhotos / 4, byState}};
    const auto connection = sql::Connection::open(database(), sql::Mode::ReadOnly);
    ASSERT_TRUE(connection);
    sql::Session session(**connection);
    for (const Case& one : cases) {
        SCOPED_TRACE(one.what);
        const QStringList page = plan(session, photoqueries::pageStatement(session, one.query));
        const QStringList count = plan(session, photoqueries::countStatement(session, one.query));
        ASSERT_FALSE(page.isEmpty());
        ASSERT_FALSE(count.isEmpty());
        for (const QStringList& steps : {page, count}) {
            const QString text = steps.join(QStringLiteral("; "));
            SCOPED_TRACE(qPrintable(text));
            EXPECT_TRUE(one.index.isEmpty() || text.contains(QStringLiteral(" INDEX ") + one.index));
        }
        // What is joined to a page is found by key, and the page comes in the order in which it is stored.
        for (const QString& table : {QStringLiteral("i"), QStringLiteral("a"), QStringLiteral("s")})
            EXPECT_TRUE(page.filter(QRegularExpression(QStringLiteral("^SEARCH (TABLE \\w+ AS )?%1 USING "
                                                                      "INTEGER PRIMARY KEY")
                                                           .arg(table)))
                            .size() == 1)
                << qPrintable(table) << ": " << qPrintable(page.join(QStringLiteral("; ")));

        qsizetype rows = 0;
        qint64 counted = 0;
        RecordProperty(one.what + "_page_us", microseconds([&] { rows = store->photos(one.query)->size(); }));
        RecordProperty(one.what + "_count_us", microseconds([&] { counted = *store->count(one.query); }));
        EXPECT_EQ(rows, one.rows);
        EXPECT_EQ(counted, one.count);
    }
    RecordProperty("stats_us", microseconds([&] { EXPECT_EQ(store->stats()->photos, kPhotos); }));
}

TEST_F(LargeProjectTest, AHundredThousandPhotosAreSplitAndAskedForWhatLearningNeeds)
{
    store.reset();
    ASSERT_TRUE(insertPhotos(database(), kPhotos));
    ASSERT_TRUE(runSql(
        database(),
        {QStringLiteral("BEGIN"),
         QStringLiteral("INSERT INTO embeddings SELECT id, 'backbone', zeroblob(16) FROM images"),
         QStringLiteral("INSERT INTO models (id, name, fingerprint, file, at, stage) VALUES (1, 'm', 'f', "
                        "'m', 0, 'shadow')"),
         QStringLiteral("INSERT INTO shadow SELECT 1, id, 'old', 'apple', 0.5, iif(id % 100, 'apple', "
                        "'pear'), 0.5, id FROM images"),
         QStringLiteral("COMMIT")}));
    reopen();
    Result<PartCounts> given = fail(Error{});
    RecordProperty("split_us", microseconds([&] { given = store->split({0.15, 0.1, 1}); }));
    ASSERT_TRUE(given) << qPrintable(given.error().message);
    // A quarter is unseen, and three labels have a quarter each.
    EXPECT_EQ(*given, (PartCounts{56'250, 11'250, 7'500}));
    EXPECT_EQ(store->stats()->parts, *given);

    const auto connection = sql::Connection::open(database(), sql::Mode::ReadOnly);
    ASSERT_TRUE(connection);
    sql::Session session(**connection);
    TimedAnswer middle;
    middle.id = 50'001;
    middle.at = QDateTime::fromMSecsSinceEpoch(50'001);
    for (const auto& after : {std::optional<TimedAnswer>(), std::optional(middle)}) {
        const QString steps =
            plan(session, photoqueries::answersStatement(after, 1000)).join(QStringLiteral("; "));
        SCOPED_TRACE(qPrintable(steps));
        EXPECT_TRUE(steps.contains(QStringLiteral(" INDEX annotations_at")));
        EXPECT_FALSE(steps.contains(QStringLiteral("TEMP B-TREE"))) << "ordered by the index";
    }
    const auto page = store->answers(middle, 1000);
    ASSERT_EQ(page->size(), 1000);
    EXPECT_EQ(page->first().id, 50'002);

    const auto shadow = modelrows::shadowStatement(1, QStringLiteral("old"), true, 100, 0);
    QString steps = plan(session, shadow).join(QStringLiteral("; "));
    EXPECT_TRUE(steps.contains(QStringLiteral("USING PRIMARY KEY (model_id=?)"))) << qPrintable(steps);
    EXPECT_FALSE(steps.contains(QStringLiteral("TEMP B-TREE"))) << qPrintable(steps);
    EXPECT_EQ(store->shadowPhotos(1, QStringLiteral("old"), true)->size(), kPhotos / 100);

    steps = plan(session, {EmbeddingTable::labelledStatement(), {QStringLiteral("backbone")}})
                .join(QStringLiteral("; "));
    EXPECT_TRUE(steps.contains(QStringLiteral("(image_id=? AND fingerprint=?)"))) << qPrintable(steps);
    EXPECT_FALSE(steps.contains(QStringLiteral("TEMP B-TREE"))) << qPrintable(steps);
    const auto table = EmbeddingTable::open(projectDir());
    ASSERT_TRUE(table);
    int seen = 0;
    RecordProperty(
        "embeddings_us", microseconds([&] {
            EXPECT_TRUE((*table)->eachLabelled(QStringLiteral("backbone"), [&](const LabelledEmbedding& one) {
                seen += one.embedding.size() == 4 && one.part && !one.labelId.isEmpty();
            }));
        }));
    EXPECT_EQ(seen, kPhotos / 4 * 3);
}
