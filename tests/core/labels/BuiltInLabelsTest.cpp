#include "core/labels/LabelId.h"
#include "core/labels/LabelTable.h"
#include "tests/support/TestSupport.h"

#include <QFile>
#include <QHash>

#include <gtest/gtest.h>

using namespace goodsight;

namespace {

void expectNamesAndIdsUnique(const LabelTable& table)
{
    QHash<QString, qsizetype> seenZh;
    QHash<QString, qsizetype> seenEn;
    QHash<QString, qsizetype> seenId;
    for (qsizetype i = 0; i < table.size(); ++i) {
        const Label& label = table.rows()[i].label;
        EXPECT_FALSE(label.zh.isEmpty() || label.en.isEmpty()) << "line " << i + 2;
        EXPECT_TRUE(isValidLabelId(label.id)) << label.id.toStdString();
        for (const auto& [seen, text] :
             {std::pair(&seenZh, label.zh), std::pair(&seenEn, label.en), std::pair(&seenId, label.id)}) {
            EXPECT_FALSE(seen->contains(text))
                << text.toStdString() << " names both " << seen->value(text) << " and " << i;
            seen->insert(text, i);
        }
    }
}

} // namespace

TEST(ImagenetLabels, EnglishIsTorchvisionsInTheOrderOfTheLogits)
{
    QFile file(testsupport::sourceDir() + QStringLiteral("/tests/core/labels/imagenet_categories.txt"));
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    const QStringList categories = QString::fromUtf8(file.readAll()).trimmed().split(u'\n');
    ASSERT_EQ(categories.size(), 1000);
    ASSERT_EQ(imagenetLabels().size(), 1000);
    for (qsizetype i = 0; i < 1000; ++i)
        EXPECT_EQ(imagenetLabels().rows()[i].label.en, categories[i]) << "index " << i;
}

TEST(ImagenetLabels, NoTwoShareANameOrAnId)
{
    expectNamesAndIdsUnique(imagenetLabels());
}

TEST(ImagenetLabels, IdsAreMadeOfTheEnglishName)
{
    const QHash<QString, QString> told{{QStringLiteral("crane bird"), QStringLiteral("crane-bird")},
                                       {QStringLiteral("crane"), QStringLiteral("crane-machine")},
                                       {QStringLiteral("Cardigan"), QStringLiteral("cardigan-dog")},
                                       {QStringLiteral("cardigan"), QStringLiteral("cardigan-garment")}};
    for (const LabelTableRow& row : imagenetLabels().rows())
        EXPECT_EQ(row.label.id, told.value(row.label.en, labelIdFromName(row.label.en)));
}

TEST(ImagenetLabels, ChineseIsChineseOfOneLine)
{
    for (const LabelTableRow& row : imagenetLabels().rows()) {
        const QString& zh = row.label.zh;
        EXPECT_LE(zh.size(), 12) << zh.toStdString();
        for (const QChar c : zh)
            EXPECT_TRUE(c.script() == QChar::Script_Han || (c.unicode() < 0x80 && c.isLetterOrNumber()))
                << zh.toStdString();
    }
}

/// The places where public Chinese lists go wrong, and others spread over the table that would show a shift.
TEST(ImagenetLabels, KnownTraps)
{
    struct Trap {
        qsizetype index;
        const char* en;
        const char* zh;
    };
    const Trap traps[] = {
        {0, "tench", "丁鱥"},
        {15, "robin", "旅鸫"},
        {16, "bulbul", "鹎"},
        {21, "kite", "鸢"},
        {76, "tarantula", "捕鸟蛛"},
        {77, "wolf spider", "狼蛛"},
        {134, "crane bird", "鹤"},
        {263, "Pembroke", "彭布罗克威尔士柯基犬"},
        {264, "Cardigan", "卡迪根威尔士柯基犬"},
        {281, "tabby", "虎斑猫"},
        {282, "tiger cat", "虎纹猫"},
        {298, "mongoose", "獴"},
        {299, "meerkat", "狐獴"},
        {313, "walking stick", "竹节虫"},
        {383, "Madagascar cat", "环尾狐猴"},
        {387, "lesser panda", "小熊猫"},
        {388, "giant panda", "大熊猫"},
        {408, "amphibian", "水陆两栖车"},
        {456, "bow", "弓"},
        {457, "bow tie", "领结"},
        {458, "brass", "纪念铜牌"},
        {474, "cardigan", "开襟毛衣"},
        {516, "cradle", "摇篮"},
        {517, "crane", "起重机"},
        {518, "crash helmet", "安全头盔"},
        {542, "drumstick", "鼓槌"},
        {592, "hard disc", "硬盘"},
        {606, "iron", "熨斗"},
        {620, "laptop", "手提电脑"},
        {638, "maillot", "连体紧身衣"},
        {639, "maillot tank suit", "连体泳衣"},
        {643, "mask", "面具"},
        {657, "missile", "导弹"},
        {664, "monitor", "显示器"},
        {665, "moped", "轻便摩托车"},
        {666, "mortar", "研钵"},
        {667, "mortarboard", "学位帽"},
        {673, "mouse", "鼠标"},
        {677, "nail", "钉子"},
        {680, "nipple", "奶嘴"},
        {681, "notebook", "笔记本电脑"},
        {687, "organ", "管风琴"},
        {692, "packet", "小包装袋"},
        {714, "pick", "拨片"},
        {726, "plane", "木工刨"},
        {731, "plunger", "皮搋子"},
        {744, "projectile", "抛射体"},
        {746, "puck", "冰球"},
        {782, "screen", "屏幕"},
        {800, "slot", "老虎机"},
        {840, "swab", "拖把"},
        {847, "tank", "坦克"},
        {850, "teddy", "泰迪熊"},
        {862, "torch", "火把"},
        {881, "upright", "立式钢琴"},
        {884, "vault", "拱顶"},
        {908, "wing", "机翼"},
        {926, "hot pot", "火锅"},
        {927, "trifle", "乳脂松糕"},
        {948, "Granny Smith", "青苹果"},
        {950, "orange", "橙子"},
        {959, "carbonara", "奶油培根面"},
        {987, "corn", "玉米"},
        {989, "hip", "玫瑰果"},
        {998, "ear", "玉米穗"},
        {999, "toilet tissue", "卫生纸"},
    };
    for (const Trap& trap : traps) {
        const Label& label = imagenetLabels().rows()[trap.index].label;
        EXPECT_EQ(label.en.toStdString(), trap.en) << "index " << trap.index;
        EXPECT_EQ(label.zh.toStdString(), trap.zh) << "index " << trap.index;
    }
}

TEST(GroceryLabels, EightyOneProductsInGroups)
{
    const LabelTable& table = groceryLabels();
    EXPECT_EQ(table.size(), 81);
    expectNamesAndIdsUnique(table);
    QHash<QString, QString> groups;
    for (const LabelTableRow& row : table.rows()) {
        EXPECT_FALSE(row.groupZh.isEmpty() || row.groupEn.isEmpty()) << row.label.id.toStdString();
        EXPECT_EQ(row.label.id, labelIdFromName(row.label.en));
        EXPECT_EQ(groups.value(row.groupEn, row.groupZh), row.groupZh);
        groups.insert(row.groupEn, row.groupZh);
    }
    EXPECT_EQ(groups.size(), 43);
    ASSERT_TRUE(table.indexOf(QStringLiteral("granny-smith")));
    EXPECT_EQ(table.rows()[*table.indexOf(QStringLiteral("granny-smith"))].label.en,
              QStringLiteral("Granny Smith"));
}

TEST(GroceryLabels, OrderIsTheClassTables)
{
    const QString path = testsupport::shared(QStringLiteral("data/grocery/classes.csv"));
    if (path.isEmpty())
        GTEST_SKIP() << testsupport::kNoShared;
    QFile file(path);
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    const QStringList lines = QString::fromUtf8(file.readAll()).trimmed().split(u'\n');
    ASSERT_EQ(lines.size(), 82);
    for (qsizetype i = 1; i < lines.size(); ++i)
        EXPECT_EQ(groceryLabels().rows()[i - 1].label.id, lines[i].section(u',', 0, 0).toLower());
}
