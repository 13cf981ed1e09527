#include "core/base/Paths.h"

#include <QDir>

#include <gtest/gtest.h>

using namespace goodsight;

TEST(Paths, JoinedKeepsTheFolderAsGiven)
{
    EXPECT_EQ(paths::joined(QStringLiteral("./a/../b"), QStringLiteral("c.jpg")),
              QStringLiteral("./a/../b/c.jpg"));
    EXPECT_EQ(paths::joined(QStringLiteral("b/"), QStringLiteral("c.jpg")), QStringLiteral("b/c.jpg"));
    EXPECT_EQ(paths::joined(QStringLiteral("/"), QStringLiteral("c.jpg")), QStringLiteral("/c.jpg"));
    const QString native = QStringLiteral("b") + QDir::separator();
    EXPECT_EQ(paths::joined(native, QStringLiteral("c.jpg")), native + QStringLiteral("c.jpg"));
#ifndef Q_OS_WIN
    EXPECT_EQ(paths::joined(QStringLiteral("b\\"), QStringLiteral("c.jpg")), QStringLiteral("b\\/c.jpg"))
        << "elsewhere a backslash is a letter of the name";
#endif
}
