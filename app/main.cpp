#include "app/Workbench.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QIcon>

int main(int argc, char** argv)
{
#ifdef Q_OS_LINUX
    // Qt 6.4 sees PipeWire's cameras through GStreamer only.
    if (!qEnvironmentVariableIsSet("QT_MEDIA_BACKEND"))
        qputenv("QT_MEDIA_BACKEND", "gstreamer");
#endif
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("goodsight"));
    QApplication::setApplicationVersion(QStringLiteral(GOODSIGHT_VERSION));
    QGuiApplication::setDesktopFileName(QStringLiteral("goodsight"));
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/icons/goodsight.svg")));

    // First of all: it sets the language that the help is in.
    goodsight::Workbench workbench(application);
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addPositionalArgument(
        QStringLiteral("photos"),
        QCoreApplication::translate("goodsight::Main", "Photos and folders to recognise."),
        QCoreApplication::translate("goodsight::Main", "[photos…]"));
    parser.process(application);
    workbench.start(parser.positionalArguments());
    return QApplication::exec();
}
