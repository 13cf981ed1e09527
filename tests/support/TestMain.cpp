#include <QGuiApplication>
#include <QTemporaryDir>

#include <gtest/gtest.h>

/// One main for all test programs that need no widgets: a GUI application (offscreen), and a home of its own
/// so that no test reads or writes the user's data.
int main(int argc, char** argv)
{
    ::testing::InitGoogleTest(&argc, argv);
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    const QTemporaryDir home;
    qputenv("GOODSIGHT_HOME", home.path().toLocal8Bit());
    const QGuiApplication application(argc, argv);
    return RUN_ALL_TESTS();
}
