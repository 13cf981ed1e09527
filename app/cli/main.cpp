#include "app/cli/Command.h"
#include "app/cli/EvaluateCommand.h"
#include "app/cli/ModelCommand.h"
#include "app/cli/Output.h"
#include "app/cli/PredictCommand.h"
#include "app/cli/ProjectCommand.h"
#include "app/cli/TrainCommand.h"

#include <QCoreApplication>

#include <array>

#ifdef Q_OS_WIN
#include <windows.h>
#endif

using namespace goodsight;

namespace {

/// The whole command line in one visible list.
constexpr std::array kCommands{
    cli::Command{"predict", cli::kPredictUsage, cli::predict},
    cli::Command{"model", cli::kModelUsage, cli::model},
    cli::Command{"project", cli::kProjectUsage, cli::project},
    cli::Command{"train", cli::kTrainUsage, cli::train},
    cli::Command{"evaluate", cli::kEvaluateUsage, cli::evaluate},
};

int usage()
{
    cli::printNote(QStringLiteral("usage: goodsight-cli COMMAND …"));
    for (const cli::Command& command : kCommands)
        cli::printNote(QStringLiteral("  ") + QString::fromUtf8(command.usage));
    return cli::WrongUsage;
}

} // namespace

int main(int argc, char** argv)
{
#ifdef Q_OS_WIN
    SetConsoleOutputCP(CP_UTF8); // what is printed is UTF-8; a console expects its country's code page
#endif
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("goodsight"));
    QCoreApplication::setApplicationVersion(QStringLiteral(GOODSIGHT_VERSION));
    const QStringList words = QCoreApplication::arguments().mid(1);
    if (words.isEmpty())
        return usage();
    for (const cli::Command& command : kCommands) {
        if (words.first() != QLatin1String(command.name))
            continue;
        const int status = command.run(words.mid(1));
        if (!cli::outputLost())
            return status;
        cli::printNote(
            QCoreApplication::translate("goodsight::Cli", "Not all of the output could be written."));
        return status == cli::AllDone ? cli::SomeFailed : status;
    }
    return usage();
}
