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
    const QString numbers = QStringLiteral("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n "
                                           "WHERE i < %1) ")
                                .arg(kPhotos);
    ASSERT_TRUE(runSql(
        database(),
        {QStringLiteral("BEGIN"),
         QStringLiteral("INSERT INTO images (id, sha256, suffix, name, bytes, captured_at, added_at, source, "
                        "annotation_id, label_id, state) ") +
             numbers +
             QStringLiteral(
                 "SELECT i, printf('%064x', i), 'jpg', printf('IMG_%06d.jpg', i), 1000, i, i, 'import', "
                 "iif(i % 4, i, NULL), CASE i % 4 WHEN 0 THEN NULL WHEN 1 THEN 'apple' WHEN 2 THEN "
                 "'pear' ELSE 'granny-smith' END, i % 4 FROM n"),
         QStringLiteral(
             "INSERT INTO annotations (id, image_id, label_id, origin, at) SELECT id, id, label_id, CASE "
             "state WHEN 1 THEN 'accepted' WHEN 2 THEN 'corrected' ELSE 'imported' END, id FROM images "
             "WHERE state > 0"),
         QStringLiteral("COMMIT")}));
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
