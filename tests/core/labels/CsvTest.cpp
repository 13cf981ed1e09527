#include "core/labels/Csv.h"

#include <QBuffer>

#include <gtest/gtest.h>

using namespace goodsight;

namespace {

Result<QList<CsvRecord>> parse(QByteArray bytes)
{
    QBuffer buffer(&bytes);
    EXPECT_TRUE(buffer.open(QIODevice::ReadOnly));
    return readCsv(buffer, QStringLiteral("t.csv"));
}

/// Where parsing must fail: the message has to name this line.
void expectBad(const QByteArray& bytes, int line)
{
    const auto records = parse(bytes);
    ASSERT_FALSE(records) << bytes.toStdString();
    EXPECT_EQ(records.error().code, QStringLiteral("bad-csv"));
    EXPECT_TRUE(records.error().message.contains(QStringLiteral("t.csv, line %1 ").arg(line)))
        << records.error().message.toStdString();
    EXPECT_FALSE(records.error().hint.isEmpty());
}

} // namespace

TEST(Csv, QuotesCommasAndLineBreaksInsideFields)
{
    const auto records = parse("a,\"b, \"\"c\"\"\",\"d\ne\"\nf,,\n");
    ASSERT_TRUE(records);
    ASSERT_EQ(records->size(), 2);
    EXPECT_EQ(records->at(0).fields,
              (QStringList{QStringLiteral("a"), QStringLiteral("b, \"c\""), QStringLiteral("d\ne")}));
    EXPECT_EQ(records->at(1).fields, (QStringList{QStringLiteral("f"), QString(), QString()}));
    EXPECT_EQ(records->at(1).line, 3) << "the field that spans two lines counts";
}

TEST(Csv, ByteOrderMarkAndAnyLineEnd)
{
    for (const QByteArray& bytes :
         {QByteArray("\xEF\xBB\xBFid,zh\r\na,\xE6\xA2\xA8\r\n"), QByteArray("id,zh\ra,\xE6\xA2\xA8\r"),
          QByteArray("id,zh\n\n\na,\xE6\xA2\xA8")}) {
        const auto records = parse(bytes);
        ASSERT_TRUE(records);
        ASSERT_EQ(records->size(), 2);
        EXPECT_EQ(records->at(0).fields.first(), QStringLiteral("id"));
        EXPECT_EQ(records->at(1).fields.last(), QStringLiteral("梨"));
    }
}

TEST(Csv, EmptyFileHasNoRecordsAndAQuotedEmptyFieldIsOne)
{
    EXPECT_EQ(parse("")->size(), 0);
    EXPECT_EQ(parse("\n\r\n")->size(), 0);
    EXPECT_EQ(parse("\"\"\n")->size(), 1);
}

TEST(Csv, RefusesBrokenQuotesNamingTheLineWhereTheyBegin)
{
    expectBad("a\nb,\"c\nd\n", 2);
    expectBad("a\n\"b\"c\n", 2);
    expectBad("a\nb\nc\"d\n", 3);
    expectBad("\"", 1);
}

TEST(Csv, RefusesWhatIsNotUtf8)
{
    for (const QByteArray& bytes : {QByteArray("id\n\xC7\xE0\xC6\xBB\xB9\xFB\n"), QByteArray("a\0b\n", 4),
                                    QByteArray("id\n\xE6\xA2")}) {
        const auto records = parse(bytes);
        ASSERT_FALSE(records);
        EXPECT_EQ(records.error().code, QStringLiteral("bad-csv"));
        EXPECT_TRUE(records.error().message.contains(QStringLiteral("UTF-8")));
    }
}

TEST(Csv, RefusesATableBeyondTheLimit)
{
    EXPECT_FALSE(parse(QByteArray(kCsvLimit + 1, 'a')));
}
