#include "core/base/Error.h"

#include <gtest/gtest.h>

using namespace goodsight;

TEST(Error, JsonCarriesAllThreeParts)
{
    const Error error{QStringLiteral("empty-file"), QStringLiteral("a.jpg is empty."),
                      QStringLiteral("Try again.")};
    const QJsonObject json = error.toJson();
    EXPECT_EQ(json.value(QStringLiteral("code")).toString(), QStringLiteral("empty-file"));
    EXPECT_EQ(json.value(QStringLiteral("message")).toString(), error.message);
    EXPECT_EQ(json.value(QStringLiteral("hint")).toString(), error.hint);
}

TEST(Error, QuotedNameShowsLineBreaksAndKeepsChineseAndEmoji)
{
    EXPECT_EQ(quotedName(QStringLiteral("/photos/苹果 🍎\n1.jpg")), QStringLiteral("苹果 🍎␤1.jpg"));
}

TEST(Error, QuotedNameShortensInTheMiddleAndKeepsTheSuffix)
{
    const QString name = quotedName(QString(300, u'a') + QStringLiteral(".jpeg"));
    EXPECT_EQ(name.size(), kQuotedNameLength);
    EXPECT_TRUE(name.endsWith(QStringLiteral(".jpeg")));
    EXPECT_TRUE(name.contains(u'…'));
}
