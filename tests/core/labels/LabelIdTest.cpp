#include "core/labels/LabelId.h"

#include <gtest/gtest.h>

#include <set>

using namespace goodsight;

TEST(LabelId, Valid)
{
    for (const char* id : {"a", "granny-smith", "7-up", "2"})
        EXPECT_TRUE(isValidLabelId(QString::fromLatin1(id))) << id;
    for (const char* id :
         {"", "-a", "a-", "a--b", "A", "a b", "a_b", "苹果", "a/b", "..", "a\n", "con", "lpt1"})
        EXPECT_FALSE(isValidLabelId(QString::fromUtf8(id))) << id;
    EXPECT_FALSE(isValidLabelId(QString(101, u'a')));
}

TEST(LabelId, FromNames)
{
    const std::pair<const char*, const char*> cases[] = {
        {"青苹果", "qing-ping-guo"},
        {"重庆火锅底料", "chong-qing-huo-guo-di-liao"},
        {"可口可乐 330ml", "ke-kou-ke-le-330ml"},
        {"绿茶", "lv-cha"},
        {"Granny Smith", "granny-smith"},
        {"Carpenter's kit", "carpenters-kit"},
        {"Käse & Crème fraîche", "kase-creme-fraiche"},
        {"хлеб", "hleb"},
        {"７ＵＰ（听装）", "7up-ting-zhuang"},
        {"M&M's", "m-ms"},
        {"🍎", "product"},
        {"  ", "product"},
        {"CON", "product-con"},
    };
    for (const auto& [name, id] : cases) {
        EXPECT_EQ(labelIdFromName(QString::fromUtf8(name)).toStdString(), id) << name;
        EXPECT_TRUE(isValidLabelId(labelIdFromName(QString::fromUtf8(name)))) << name;
    }
}

TEST(LabelId, LongNamesAreCutAtAPart)
{
    const QString id = labelIdFromName(QString(40, u'长'));
    EXPECT_LE(id.size(), kLabelIdLength);
    EXPECT_TRUE(id.endsWith(QStringLiteral("-chang")));
    EXPECT_EQ(labelIdFromName(QString(500, u'a')).size(), kLabelIdLength);
    EXPECT_TRUE(isValidLabelId(labelIdFromName(QString(500, u'a') + QStringLiteral(" b"))));
}

TEST(LabelId, UniqueByNumber)
{
    std::set<QString> taken{QStringLiteral("li"), QStringLiteral("li-2")};
    const auto isTaken = [&taken](const QString& id) { return taken.contains(id); };
    EXPECT_EQ(uniqueLabelId(QStringLiteral("梨"), isTaken), QStringLiteral("li-3"));
    EXPECT_EQ(uniqueLabelId(QStringLiteral("桃"), isTaken), QStringLiteral("tao"));
}
