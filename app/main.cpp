#include "app/Workbench.h"
#include "core/base/Language.h"
#include "core/base/Paths.h"
#include "core/base/Settings.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QIcon>

#include <algorithm>
#include <string_view>

namespace {

/// The photos to open. Does not come back from --help, --version and words that make no sense.
QStringList photosOf(const QCoreApplication& application)
{
    goodsight::Language language; // that the help is in
    language.apply(goodsight::Settings(goodsight::paths::settingsFile()).language());
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addPositionalArgument(
        QStringLiteral("photos"),
        QCoreApplication::translate("goodsight::Main", "Photos and folders to recognise."),
        QCoreApplication::translate("goodsight::Main", "[photos…]"));
    parser.process(application);
    return parser.positionalArguments();
}

bool isQuestion(std::string_view word)
{
    return word == "--help" || word == "--help-all" || word == "-h" || word == "--version" || word == "-v";
}

} // namespace

int main(int argc, char** argv)
{
#ifdef Q_OS_LINUX
    // Qt 6.4 sees PipeWire's cameras through GStreamer only.
    if (!qEnvironmentVariableIsSet("QT_MEDIA_BACKEND"))
        qputenv("QT_MEDIA_BACKEND", "gstreamer");
#endif
    QCoreApplication::setApplicationName(QStringLiteral("goodsight"));
    QCoreApplication::setApplicationVersion(QStringLiteral(GOODSIGHT_VERSION));
    if (std::any_of(argv, argv + argc, isQuestion)) {
        const QCoreApplication withoutDisplay(argc, argv);
        static_cast<void>(photosOf(withoutDisplay));
    }
    QApplication application(argc, argv);
    QGuiApplication::setDesktopFileName(QStringLiteral("goodsight"));
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/icons/goodsight.svg")));
    const QStringList photos = photosOf(application);
    goodsight::Workbench workbench(application);
    workbench.start(photos);
    return QApplication::exec();
}
