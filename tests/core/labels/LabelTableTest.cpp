#include "core/labels/LabelTable.h"

#include <QBuffer>

#include <gtest/gtest.h>

using namespace goodsight;

namespace {

Result<LabelTable> table(QByteArray bytes)
{
    QBuffer buffer(&bytes);
    EXPECT_TRUE(buffer.open(QIODevice::ReadOnly));
    return LabelTable::read(buffer, QStringLiteral("t.csv"));
}

struct Hostile {
    const char* csv;
    int line;
    const char* says;
};

} // namespace

TEST(LabelTable, ReadsColumnsInAnyOrderAndIgnoresOthers)
{
    const auto read =
        table("en,note,id,group_en,zh,group_zh,sku\r\nGranny Smith,x,granny-smith,Apple,青苹果,苹果,A 1\r\n");
    ASSERT_TRUE(read);
    ASSERT_EQ(read->size(), 1);
    const LabelTableRow& row = read->rows().first();
    EXPECT_EQ(row.label, (Label{QStringLiteral("granny-smith"), QStringLiteral("青苹果"),
                                QStringLiteral("Granny Smith"), QStringLiteral("A 1")}));
    EXPECT_EQ(row.groupZh, QStringLiteral("苹果"));
    EXPECT_EQ(row.groupEn, QStringLiteral("Apple"));
}

TEST(LabelTable, OneLanguageIsEnough)
{
    EXPECT_TRUE(table("id,zh\npear,梨\n"));
    EXPECT_TRUE(table("id,zh,en\npear,,Pear\n"));
}

TEST(LabelTable, HostileTablesAreRefusedByLine)
{
    const Hostile cases[] = {
        {"", 1, "empty"},
        {"id,zh,en\n", 1, "no line follows"},
        {"zh,en\n梨,Pear\n", 1, "\"id\""},
        {"id,price\npear,1\n", 1, "\"zh\""},
        {"id,zh,en\npear,梨,Pear\nplum,李子\n", 3, "2 fields where the header has 3"},
        {"id,zh,en\npear,梨,Pear,4\n", 2, "4 fields where the header has 3"},
        {"id,zh,en\n,梨,Pear\n", 2, "id is empty"},
        {"id,zh,en\nGreen Pear,梨,Pear\n", 2, "not an id"},
        {"id,zh,en\n../pear,梨,Pear\n", 2, "not an id"},
        {"id,zh,en\npear,梨,Pear\nplum,李子,Plum\npear,鸭梨,Ya pear\n", 4, "stands already in line 2"},
        {"id,zh,en\npear,,\n", 2, "no name"},
        {"index,id,zh,en\n0,pear,梨,Pear\n2,plum,李子,Plum\n", 3, "index is \"2\" where 1 follows"},
        {"index,id,zh,en\n1,pear,梨,Pear\n", 2, "index is \"1\" where 0 follows"},
    };
    for (const Hostile& hostile : cases) {
        const auto read = table(hostile.csv);
        ASSERT_FALSE(read) << hostile.csv;
        EXPECT_EQ(read.error().code, QStringLiteral("bad-label-table")) << hostile.csv;
        const QString message = read.error().message;
        EXPECT_TRUE(message.contains(QStringLiteral("t.csv, line %1:").arg(hostile.line)))
            << hostile.csv << " gave " << message.toStdString();
        EXPECT_TRUE(message.contains(QString::fromLatin1(hostile.says)))
            << hostile.csv << " gave " << message.toStdString();
    }
}

TEST(LabelTable, ATruncatedQuoteNamesTheLineWhereItOpens)
{
    const auto read = table("id,zh,en\npear,梨,Pear\nplum,\"李子,Plum\nlime,青柠,Lime\n");
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, QStringLiteral("bad-csv"));
    EXPECT_TRUE(read.error().message.contains(QStringLiteral("line 3")));
}

TEST(LabelTable, AMissingFileIsNamed)
{
    const auto read = LabelTable::readFile(QStringLiteral("/nowhere/标签.csv"));
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, QStringLiteral("not-found"));
    EXPECT_TRUE(read.error().message.contains(QStringLiteral("标签.csv")));
}

TEST(LabelTable, FindsByIdEnglishOrChinese)
{
    const auto read = table("id,zh,en\ncardigan-dog,柯基,Cardigan\ncardigan-garment,开襟毛衣,cardigan\n"
                            "granny-smith,青苹果,Granny Smith\n");
    ASSERT_TRUE(read);
    EXPECT_EQ(read->indexOf(QStringLiteral("granny-smith")), 2);
    EXPECT_EQ(read->indexOf(QStringLiteral("Granny Smith")), std::nullopt);
    for (const char* name :
         {"granny-smith", "Granny Smith", "青苹果", "GRANNY_SMITH", " granny  smith ", "Granny-Smith"})
        EXPECT_EQ(read->indexOfName(QString::fromUtf8(name)), 2) << name;
    EXPECT_EQ(read->indexOfName(QStringLiteral("Cardigan")), 0) << "as written comes first";
    EXPECT_EQ(read->indexOfName(QStringLiteral("cardigan")), 1);
    EXPECT_EQ(read->indexOfName(QStringLiteral("苹果")), std::nullopt);
    EXPECT_EQ(read->indexOfName(QString()), std::nullopt);
    EXPECT_EQ(read->indexOfName(QStringLiteral("-")), std::nullopt);
}
