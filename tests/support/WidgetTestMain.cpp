#include <QApplication>
#include <QTemporaryDir>

#include <gtest/gtest.h>

/// Main of the test programs with windows and cameras: a widget application with a home of its own, and the
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
    QApplication::setApplicationName(QStringLiteral("goodsight"));
    return RUN_ALL_TESTS();
}
