#include <QApplication>
#include <QTemporaryDir>

#include <gtest/gtest.h>

/// Main of the test programs with cameras and windows: a widget application of its own home, and the
/// multimedia backend that the program itself chooses.
int main(int argc, char** argv)
{
    ::testing::InitGoogleTest(&argc, argv);
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
#ifdef Q_OS_LINUX
    if (!qEnvironmentVariableIsSet("QT_MEDIA_BACKEND"))
        qputenv("QT_MEDIA_BACKEND", "gstreamer");
#endif
    const QTemporaryDir home;
    qputenv("GOODSIGHT_HOME", home.path().toLocal8Bit());
    const QApplication application(argc, argv);
    return RUN_ALL_TESTS();
}
