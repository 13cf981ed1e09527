#include "app/cli/ProjectCommand.h"

#include "app/cli/Command.h"
#include "app/cli/Output.h"
#include "app/cli/ProjectWords.h"
#include "core/dataset/importers/ImportSource.h"

#include <QCommandLineParser>

#include <algorithm>
#include <array>

namespace goodsight::cli {

namespace {

/// The words of `project` in one visible list.
struct Word {
    const char* name;
    const char* usage;
    int least; ///< words that must follow, besides options
    int most;
    bool needsProject;
    int (*run)(const ProjectCall& call);
};

constexpr int kMany = 1'000'000;
constexpr std::array kWords{
    Word{"init", "init DIR", 1, 1, false, initProject},
    Word{"import", "import PATH… --project DIR [--format imagefolder|auto] [--reference]", 1, kMany, true,
         importPhotos},
    Word{"export", "export --project DIR --format imagefolder OUT", 1, 1, true, exportPhotos},
    Word{"list", "list --project DIR [--json]", 0, 0, true, listPhotos},
    Word{"label", "label --project DIR SHA256 LABEL [--new]", 2, 2, true, labelPhoto},
    Word{"undo", "undo --project DIR", 0, 0, true, undoEdit},
    Word{"history", "history --project DIR [--json] [--limit N]", 0, 0, true, showHistory},
    Word{"split", "split --project DIR [--val 0.15] [--test 0] [--seed N]", 0, 0, true, splitPhotos},
    Word{"stats", "stats --project DIR [--json]", 0, 0, true, showStats},
    Word{"verify", "verify --project DIR [--json]", 0, 0, true, verifyProject},
    Word{"merge", "merge BUNDLE --project DIR", 1, 1, true, refuseBundle},
    Word{"bundle", "bundle OUT --project DIR", 1, 1, true, refuseBundle},
};

int usage(const QString& complaint = {})
{
    if (!complaint.isEmpty())
        printNote(complaint);
    for (const Word& word : kWords)
        printNote(QStringLiteral("usage: goodsight-cli project ") + QString::fromUtf8(word.usage));
    return WrongUsage;
}

} // namespace

int project(const QStringList& arguments)
{
    const auto* const word = std::find_if(kWords.begin(), kWords.end(), [&](const Word& one) {
        return !arguments.isEmpty() && arguments.first() == QLatin1String(one.name);
    });
    if (word == kWords.end())
        return usage();

    QCommandLineParser parser;
    const QCommandLineOption projectDir(QStringLiteral("project"), {}, QStringLiteral("dir"));
    const QCommandLineOption format(QStringLiteral("format"), {}, QStringLiteral("format"));
    const QCommandLineOption limit(QStringLiteral("limit"), {}, QStringLiteral("n"), QStringLiteral("100"));
    const QCommandLineOption json(QStringLiteral("json"));
    const QCommandLineOption reference(QStringLiteral("reference"));
    const QCommandLineOption makeLabel(QStringLiteral("new"));
    const QCommandLineOption val(QStringLiteral("val"), {}, QStringLiteral("share"), QStringLiteral("0.15"));
    const QCommandLineOption test(QStringLiteral("test"), {}, QStringLiteral("share"), QStringLiteral("0"));
    const QCommandLineOption seed(QStringLiteral("seed"), {}, QStringLiteral("n"), QStringLiteral("1"));
    parser.addOptions({projectDir, format, limit, json, reference, makeLabel, val, test, seed});
    if (!parser.parse(arguments)) // the word takes the place of the program's name
        return usage(parser.errorText());

    ProjectCall call;
    call.project = parser.value(projectDir);
    call.format = parser.value(format);
    call.rest = parser.positionalArguments();
    call.json = parser.isSet(json);
    call.reference = parser.isSet(reference);
    call.makeLabel = parser.isSet(makeLabel);
    std::array<bool, 4> isNumber{};
    call.limit = parser.value(limit).toInt(&isNumber[0]);
    call.split.val = parser.value(val).toDouble(&isNumber[1]);
    call.split.test = parser.value(test).toDouble(&isNumber[2]);
    call.split.seed = parser.value(seed).toUInt(&isNumber[3]);
    const bool noNumber = std::count(isNumber.begin(), isNumber.end(), false) > 0;
    const bool noFormat = word->run == exportPhotos && call.format.isEmpty();
    if (noNumber || call.limit < 0 || call.rest.size() < word->least || call.rest.size() > word->most ||
        call.rest.contains(QString()) || (word->needsProject && call.project.isEmpty()) || noFormat) {
        printNote(QStringLiteral("usage: goodsight-cli project ") + QString::fromUtf8(word->usage));
        return WrongUsage;
    }
    if (!call.format.isEmpty() && call.format != u"auto" && !knownFormats().contains(call.format)) {
        printError(formatError(call.format));
        return WrongUsage;
    }
    return word->run(call);
}

} // namespace goodsight::cli
