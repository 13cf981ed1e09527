#include "tests/core/dataset/DatasetFixture.h"

#include <QBuffer>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QImage>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QVariant>

namespace goodsight {

namespace {

template <typename Use>
bool withDatabase(const QString& file, const Use& use)
{
    const QString name = QStringLiteral("fixture");
    bool good = true;
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), name);
        database.setDatabaseName(file);
        good = database.open();
        QSqlQuery query(database);
        good = good && use(query);
    }
    QSqlDatabase::removeDatabase(name);
    return good;
}

} // namespace

QByteArray pngBytes(int seed)
{
    QImage image(8, 8, QImage::Format_RGB888);
    image.fill(qRgb(seed & 0xff, (seed >> 8) & 0xff, (seed >> 16) & 0xff));
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    EXPECT_TRUE(image.save(&buffer, "PNG"));
    return bytes;
}

void writeFile(const QString& path, const QByteArray& bytes)
{
    ASSERT_TRUE(QDir().mkpath(QFileInfo(path).absolutePath()));
    QFile file(path);
    ASSERT_TRUE(file.open(QIODevice::WriteOnly)) << qPrintable(path);
    ASSERT_EQ(file.write(bytes), bytes.size());
}

QByteArray fileBytes(const QString& path)
{
    QFile file(path);
    EXPECT_TRUE(file.open(QIODevice::ReadOnly)) << qPrintable(path);
    return file.readAll();
}

PhotoData pasted(int seed)
{
    PhotoData photo;
    photo.bytes = pngBytes(seed);
    photo.suffix = QStringLiteral("png");
    photo.source = QStringLiteral("clipboard");
    return photo;
}

Answer answerFor(int seed, const QString& labelId, PhotoState state)
{
    Answer answer;
    answer.photo = pasted(seed);
    answer.labelId = labelId;
    answer.state = state;
    answer.prediction = {QStringLiteral("groceries"),
                         QStringLiteral("f00d"),
                         QStringLiteral("torch"),
                         {{QStringLiteral("apple"), 0.7}, {QStringLiteral("pear"), 0.2}}};
    return answer;
}

QList<Label> fruit()
{
    return {{QStringLiteral("apple"), QStringLiteral("苹果"), QStringLiteral("Apple"), {}},
            {QStringLiteral("pear"), QStringLiteral("梨"), QStringLiteral("Pear"), QStringLiteral("SKU-7")},
            {QStringLiteral("granny-smith"), QStringLiteral("青苹果"), QStringLiteral("Granny Smith"), {}}};
}

bool runSql(const QString& file, const QStringList& statements)
{
    return withDatabase(file, [&](QSqlQuery& query) {
        for (const QString& statement : statements)
            if (!query.exec(statement)) {
                ADD_FAILURE() << qPrintable(statement) << ": " << qPrintable(query.lastError().text());
                return false;
            }
        return true;
    });
}

bool insertPhotos(const QString& database, int photos)
{
    const QString numbers =
        QStringLiteral("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %1) ")
            .arg(photos);
    return runSql(
        database,
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
         QStringLiteral("COMMIT")});
}

QString askSql(const QString& file, const QString& statement)
{
    QString answer;
    EXPECT_TRUE(withDatabase(file, [&](QSqlQuery& query) {
        if (!query.exec(statement) || !query.next())
            return false;
        answer = query.value(0).toString();
        return true;
    })) << qPrintable(statement);
    return answer;
}

void DatasetTest::SetUp()
{
    ASSERT_TRUE(folder.isValid());
    reopen();
    ASSERT_TRUE(store->ensureLabels(fruit()));
}

void DatasetTest::reopen()
{
    store.reset();
    auto opened = DatasetStore::open(projectDir());
    ASSERT_TRUE(opened) << qPrintable(opened.error().message);
    store = std::move(*opened);
}

QString DatasetTest::projectDir() const
{
    return folder.filePath(QStringLiteral("商店 😀.goodsight"));
}

QString DatasetTest::database() const
{
    return projectDir() + QStringLiteral("/project.sqlite");
}

} // namespace goodsight
