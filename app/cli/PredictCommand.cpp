#include "app/cli/PredictCommand.h"

#include "app/cli/Command.h"
#include "app/cli/ModelChoice.h"
#include "app/cli/Output.h"
#include "app/cli/ProjectEmbeddings.h"
#include "core/base/Paths.h"
#include "core/base/Settings.h"
#include "core/inference/BatchRecognitionJob.h"
#include "core/inference/Guard.h"
#include "core/inference/PhotoFiles.h"

#include <QCommandLineParser>
#include <QFileInfo>
#include <QJsonArray>

#include <cmath>
#include <utility>

namespace goodsight::cli {

namespace {

/// One photo to recognise, or a path whose photos cannot be listed.
struct Target {
    QString path;
    Result<void> listed;
};

struct Wish {
    QStringList paths;
    QString project;
    QString model;
    BackendKind backend = BackendKind::Auto;
    int top = 3;
    int threads = 0;
    bool json = false;
    bool logits = false;
    bool oneByOne = false;
    bool exact = false;
    Augmentation augmentation = Augmentation::Off;
};

int wrongUsage(const QString& reason)
{
    printNote(reason);
    printNote(QStringLiteral("usage: goodsight-cli ") + QString::fromUtf8(kPredictUsage));
    return WrongUsage;
}

/// The number of option `name`, 1 or more; `otherwise` when it was not given; -1 when it is no such number.
int positive(const QCommandLineParser& parser, const QString& name, int otherwise)
{
    if (!parser.isSet(name))
        return otherwise;
    bool isNumber = false;
    const int number = parser.value(name).toInt(&isNumber);
    return isNumber && number >= 1 ? number : -1;
}

/// Reads the words; an empty string or what is wrong with them.
QString parse(const QStringList& arguments, Wish& wish)
{
    QCommandLineParser parser;
    parser.addOptions(
        {{QStringLiteral("json"), {}},
         {QStringLiteral("top"), {}, QStringLiteral("N")},
         {QStringLiteral("project"), {}, QStringLiteral("DIR")},
         {QStringLiteral("model"), {}, QStringLiteral("NAME|FILE")},
         {QStringLiteral("backend"), {}, QStringLiteral("NAME"), Settings(paths::settingsFile()).backend()},
         {QStringLiteral("exact"), {}},
         {QStringLiteral("logits"), {}},
         {QStringLiteral("one-by-one"), {}},
         {QStringLiteral("tta"), {}, QStringLiteral("off|always|auto"), QStringLiteral("off")},
         {QStringLiteral("threads"), {}, QStringLiteral("N")}});
    if (!parser.parse(QStringList{QStringLiteral("predict")} + arguments))
        return parser.errorText();
    wish.paths = parser.positionalArguments();
    wish.project = parser.value(QStringLiteral("project"));
    if (wish.paths.isEmpty() && wish.project.isEmpty())
        return QStringLiteral("predict needs at least one photo or folder, or a project.");
    wish.model = parser.value(QStringLiteral("model"));
    const auto backend = backendKindFromName(parser.value(QStringLiteral("backend")));
    if (!backend)
        return backend.error().message + u' ' + backend.error().hint;
    wish.backend = *backend;
    wish.top = positive(parser, QStringLiteral("top"), wish.top);
    if (wish.top < 0)
        return QStringLiteral("--top takes a number from 1 on.");
    wish.threads = positive(parser, QStringLiteral("threads"), wish.threads);
    if (wish.threads < 0)
        return QStringLiteral("--threads takes a number from 1 on.");
    const auto augmentation = augmentationFromName(parser.value(QStringLiteral("tta")));
    if (!augmentation)
        return augmentation.error().message + u' ' + augmentation.error().hint;
    wish.augmentation = *augmentation;
    wish.json = parser.isSet(QStringLiteral("json"));
    wish.logits = parser.isSet(QStringLiteral("logits"));
    wish.exact = parser.isSet(QStringLiteral("exact"));
    wish.oneByOne = parser.isSet(QStringLiteral("one-by-one"));
    return {};
}

QList<Target> targets(const QStringList& paths)
{
    QList<Target> all;
    for (const QString& path : paths) {
        if (!QFileInfo(path).isDir()) {
            all.append({path, {}});
            continue;
        }
        const auto found = photosIn(path);
        if (!found) {
            all.append({path, fail(found.error())});
            continue;
        }
        for (const QString& photo : found->photos)
            all.append({photo, {}});
        for (const QString& folder : found->unreadable)
            all.append({folder, fail(unreadableFolder(folder))});
    }
    return all;
}

double rounded(double milliseconds)
{
    return std::round(milliseconds * 1000) / 1000;
}

QJsonObject toJson(const QString& file, const Recognition& answer, bool withLogits)
{
    QJsonArray top;
    for (const Candidate& candidate : answer.top) {
        top.append(QJsonObject{{QStringLiteral("id"), candidate.id},
                               {QStringLiteral("zh"), candidate.zh},
                               {QStringLiteral("en"), candidate.en},
                               {QStringLiteral("confidence"), candidate.confidence}});
    }
    QJsonObject line{
        {QStringLiteral("file"), file},
        {QStringLiteral("model"), answer.model},
        {QStringLiteral("backend"), answer.backend},
        {QStringLiteral("top"), top},
        {QStringLiteral("needs_review"), answer.needsReview},
        {QStringLiteral("ms"), QJsonObject{{QStringLiteral("decode"), rounded(answer.times.decode)},
                                           {QStringLiteral("preprocess"), rounded(answer.times.preprocess)},
                                           {QStringLiteral("network"), rounded(answer.times.network)}}}};
    if (answer.views > 1) {
        line.insert(QStringLiteral("views"), answer.views);
        QJsonObject times = line.value(QStringLiteral("ms")).toObject();
        times.insert(QStringLiteral("views"), rounded(answer.times.augment));
        line.insert(QStringLiteral("ms"), times);
    }
    if (withLogits) {
        QJsonArray logits;
        for (const float logit : answer.logits)
            logits.append(static_cast<double>(logit));
        line.insert(QStringLiteral("logits"), logits);
    }
    return line;
}

void printForAPerson(const QString& file, const Recognition& answer)
{
    printLine(file + (answer.needsReview ? QStringLiteral("  (please check)") : QString()));
    int rank = 0;
    for (const Candidate& candidate : answer.top) {
        const QString names = candidate.zh.isEmpty() || candidate.en.isEmpty()
                                  ? candidate.zh + candidate.en
                                  : candidate.zh + QStringLiteral("  ") + candidate.en;
        printLine(QStringLiteral("  %1  %2 %  %3")
                      .arg(++rank, 2)
                      .arg(candidate.confidence * 100, 5, 'f', 1)
                      .arg(names));
    }
}

class Printer {
public:
    explicit Printer(const Wish& wish)
        : m_wish(wish)
    {}
    void answer(const QString& file, const Recognition& answer)
    {
        m_tally.add(answer);
        if (m_wish.json)
            printJson(toJson(file, answer, m_wish.logits));
        else
            printForAPerson(file, answer);
    }
    void failure(const QString& key, const QString& subject, const Error& error)
    {
        m_failed = true;
        if (m_wish.json)
            printErrorJson(key, subject, error);
        else
            printError(error);
    }
    /// How often more views were taken, where somebody asked for them.
    void noteViews() const
    {
        if (m_wish.augmentation == Augmentation::Off || m_tally.photos == 0)
            return;
        printNote(QStringLiteral("More views: %1 of %2 photos, %3 ms each.")
                      .arg(m_tally.augmented)
                      .arg(m_tally.photos)
                      .arg(m_tally.augmented == 0
                               ? 0
                               : m_tally.milliseconds / static_cast<double>(m_tally.augmented),
                           0, 'f', 1));
    }
    [[nodiscard]] int status() const { return m_failed ? SomeFailed : AllDone; }

private:
    const Wish& m_wish;
    AugmentationTally m_tally;
    bool m_failed = false;
};

Result<std::unique_ptr<Recognizer>> open(const Wish& wish)
{
    const auto file = modelFile(wish.model);
    if (!file)
        return fail(file.error());
    return guarded([&] { return Recognizer::open(*file, wish.backend, wish.threads); });
}

} // namespace

int predict(const QStringList& arguments)
{
    Wish wish;
    if (const QString problem = parse(arguments, wish); !problem.isEmpty())
        return wrongUsage(problem);

    const Settings settings(paths::settingsFile());
    BatchOptions options;
    options.recognize.topCount = wish.top;
    options.recognize.reviewThreshold = settings.reviewThreshold();
    options.recognize.limits.maxMegapixels = settings.maxMegapixels();
    options.recognize.exact = wish.exact;
    options.recognize.hash = false;
    options.recognize.augmentation = wish.augmentation;
    if (wish.oneByOne)
        options.batchSize = 1;
    if (wish.threads == 0)
        wish.threads = settings.threads();

    Printer printer(wish);
    const auto recognizer = open(wish);
    if (!recognizer) {
        printer.failure(QStringLiteral("entry"), wish.model.isEmpty() ? settings.model() : wish.model,
                        recognizer.error());
        return printer.status();
    }
    std::unique_ptr<ProjectEmbeddings> project;
    QStringList projectPhotos;
    if (!wish.project.isEmpty()) {
        auto opened = ProjectEmbeddings::open(wish.project);
        auto photos = opened ? (*opened)->photos() : Result<QStringList>(fail(opened.error()));
        if (!photos) {
            printer.failure(QStringLiteral("entry"), wish.project, photos.error());
            return printer.status();
        }
        project = std::move(*opened);
        projectPhotos = std::move(*photos);
        options.cache = project->cache();
    }
    const auto recognise = [&](const QStringList& files, const auto& shown) {
        recognizeFiles(**recognizer, files, options, [&](const BatchItem& item) {
            if (item.result)
                printer.answer(shown(item.file), *item.result);
            else
                printer.failure(QStringLiteral("file"), shown(item.file), item.result.error());
        });
    };
    recognise(projectPhotos, [&project](const QString& file) { return project->shown(file); });
    // Runs of photos between paths that failed already, so that lines come in the order of the arguments.
    QStringList run;
    const auto finishRun = [&] {
        recognise(std::exchange(run, {}), [](const QString& file) { return file; });
    };
    for (const Target& target : targets(wish.paths)) {
        if (target.listed) {
            run.append(target.path);
            continue;
        }
        finishRun();
        printer.failure(QStringLiteral("file"), target.path, target.listed.error());
    }
    finishRun();
    printer.noteViews();
    return printer.status();
}

} // namespace goodsight::cli
