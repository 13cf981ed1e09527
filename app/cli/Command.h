#pragma once

#include <QStringList>

namespace goodsight::cli {

/// Exit status of every command, as the command line's contract has it.
enum ExitStatus { AllDone = 0, SomeFailed = 1, WrongUsage = 2 };

/// One word of the command line and what it does. `run` gets the words after it.
struct Command {
    const char* name;
    const char* usage; ///< one line, e.g. "predict PATH… [--json] [--top N]"
    int (*run)(const QStringList& arguments);
};

} // namespace goodsight::cli
