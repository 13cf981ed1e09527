#include "core/model/ClassList.h"

#include <QFile>
#include <QTemporaryDir>

#include <gtest/gtest.h>

using namespace goodsight;

namespace {

class Classes : public ::testing::Test {
protected:
    Result<QList<ModelClass>> read(const QByteArray& text, int count,
                                   const QString& name = QStringLiteral("labels.txt"))
    {
        QFile file(m_dir.filePath(name));
        EXPECT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(text);
        file.close();
        return classList(file.fileName(), count, QStringLiteral("/x/权重.pth"));
    }
    QString codeOf(const QByteArray& text, int count)
    {
        const auto classes = read(text, count);
        return classes ? QString() : classes.error().code;
    }
    QTemporaryDir m_dir;
};

} // namespace

TEST_F(Classes, AThousandAreImageNets)
{
    const auto classes = classList({}, 1000, QStringLiteral("x.pth"));
    ASSERT_TRUE(classes);
    ASSERT_EQ(classes->size(), 1000);
    EXPECT_EQ(classes->at(948).en, QStringLiteral("Granny Smith"));
    EXPECT_FALSE(classes->at(948).zh.isEmpty());
}

TEST_F(Classes, AnotherNumberNeedsLabels)
{
    const auto classes = classList({}, 81, QStringLiteral("/x/权重.pth"));
    ASSERT_FALSE(classes);
    EXPECT_EQ(classes.error().code, QStringLiteral("labels-needed"));
    EXPECT_TRUE(classes.error().message.contains(QStringLiteral("权重.pth")));
    EXPECT_TRUE(classes.error().message.contains(QStringLiteral("81")));
    EXPECT_TRUE(classes.error().hint.contains(QStringLiteral("--labels")));
}

TEST_F(Classes, ATableWithAHeaderIsRead)
{
    const auto classes = read("en,id,zh\r\nApple,apple,苹果\r\n\"Pear, ripe\",pear,梨\r\n", 2);
    ASSERT_TRUE(classes) << qPrintable(classes.error().message);
    EXPECT_EQ(classes->at(1).id, QStringLiteral("pear"));
    EXPECT_EQ(classes->at(1).zh, QStringLiteral("梨"));
    EXPECT_EQ(classes->at(1).en, QStringLiteral("Pear, ripe"));
    EXPECT_EQ(codeOf("id,zh,en\napple,苹果,Apple\napple,梨,Pear\n", 2), QStringLiteral("bad-label-table"));
}

TEST_F(Classes, LinesOfThreeAreRead)
{
    const auto classes = read("apple,苹果,Apple\npear,梨,Pear\n", 2);
    ASSERT_TRUE(classes);
    EXPECT_EQ(classes->at(0).id, QStringLiteral("apple"));
    EXPECT_EQ(classes->at(0).zh, QStringLiteral("苹果"));
    EXPECT_EQ(classes->at(0).en, QStringLiteral("Apple"));
    EXPECT_EQ(codeOf("apple,苹果,Apple\napple,梨,Pear\n", 2), QStringLiteral("bad-label-table"));
    EXPECT_EQ(codeOf("apple,苹果,Apple\npear,,\n", 2), QStringLiteral("bad-label-table"));
}

TEST_F(Classes, OneNameALineIsRead)
{
    const auto classes =
        read("\xef\xbb\xbf苹果\r\n\r\n  Granny Smith \nGranny Smith\nthe 5\" pizza\nrice, white\n", 5);
    ASSERT_TRUE(classes) << qPrintable(classes.error().message);
    EXPECT_EQ(classes->at(0).zh, QStringLiteral("苹果"));
    EXPECT_EQ(classes->at(0).id, QStringLiteral("ping-guo"));
    EXPECT_TRUE(classes->at(0).en.isEmpty());
    EXPECT_EQ(classes->at(1).en, QStringLiteral("Granny Smith"));
    EXPECT_EQ(classes->at(1).id, QStringLiteral("granny-smith"));
    EXPECT_EQ(classes->at(2).id, QStringLiteral("granny-smith-2"));
    EXPECT_EQ(classes->at(4).en, QStringLiteral("rice, white"));
}

TEST_F(Classes, AnotherNumberOfNamesIsRefused)
{
    const auto classes = read("a\nb\nc\n", 4);
    ASSERT_FALSE(classes);
    EXPECT_EQ(classes.error().code, QStringLiteral("labels-mismatch"));
    EXPECT_TRUE(classes.error().message.contains(u'3') && classes.error().message.contains(u'4'));
    EXPECT_EQ(codeOf("", 4), QStringLiteral("labels-mismatch"));
    EXPECT_EQ(classList(m_dir.filePath(QStringLiteral("no.csv")), 4, {}).error().code,
              QStringLiteral("not-found"));
}
