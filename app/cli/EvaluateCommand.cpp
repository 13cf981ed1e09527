#include "app/cli/EvaluateCommand.h"

#include "app/cli/Command.h"
#include "app/cli/EvaluationJson.h"
#include "app/cli/ModelChoice.h"
#include "app/cli/Output.h"
#include "app/cli/ProjectEmbeddings.h"
#include "core/base/Paths.h"
#include "core/base/Settings.h"
#include "core/evaluation/EvaluationReport.h"
#include "core/evaluation/PriorReplay.h"
#include "core/evaluation/SwitchEffects.h"
#include "core/inference/BatchRecognitionJob.h"
#include "core/inference/Guard.h"
#include "core/inference/PhotoFiles.h"
#include "core/model/ClassNames.h"
#include "core/model/LearntPhotos.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QHash>
#include <QSet>

#include <utility>

namespace goodsight::cli {

namespace {

/// A photo and the name that it should be recognised by.
struct Labelled {
    EvaluatedPhoto photo;
    QStringList names; ///< of its label, the surest first
};

/// What to score, and how.
struct Wish {
    QString folder;
    QString project;
    QString part; ///< of the project; empty: all
    QString model;
    BackendKind backend = BackendKind::Auto;
    int threads = 0;
    Augmentation augmentation = Augmentation::Off;
    QString prior; ///< a table's file, or kProjectPrior; empty: none
    bool json = false;
    bool exact = false;
};

const QString kProjectPrior = QStringLiteral("project");

void printForAPerson(const Metrics& metrics, const ModelPackage& model)
{
    printLine(QStringLiteral("%1: %2 photos, top-1 %3 %, top-3 %4 %, macro F1 %5, calibration error %6")
                  .arg(model.name)
                  .arg(metrics.photos)
                  .arg(metrics.top1 * 100, 0, 'f', 1)
                  .arg(metrics.top3 * 100, 0, 'f', 1)
                  .arg(metrics.macroF1, 0, 'f', 3)
                  .arg(metrics.ece, 0, 'f', 3));
    for (const ClassMetrics& one : metrics.classes) {
        const ModelClass& names = model.classes[one.label];
        printLine(QStringLiteral("  %1 of %2  %3  %4")
                      .arg(one.right, 4)
                      .arg(one.photos, 4)
                      .arg(names.zh, names.en));
    }
}

int wrongUsage(const QString& reason)
{
    printNote(reason);
    printNote(QStringLiteral("usage: goodsight-cli ") + QString::fromUtf8(kEvaluateUsage));
    return WrongUsage;
}

Error unknownLabel(const Wish& wish, const QString& label)
{
    return {
        QStringLiteral("unknown-label"),
        QCoreApplication::translate("goodsight::Cli", "The model knows no product “%1”.").arg(label),
        wish.project.isEmpty()
            ? QCoreApplication::translate("goodsight::Cli", "Name the folder after a product's id or name.")
            : QCoreApplication::translate("goodsight::Cli", "Train a model on this project.")};
}

/// Reads the words; an empty string or what is wrong with them.
QString parse(const QStringList& arguments, Wish& wish)
{
    QCommandLineParser parser;
    parser.addOptions(
        {{QStringLiteral("json"), QString()},
         {QStringLiteral("exact"), QString()},
         {QStringLiteral("project"), QString(), QStringLiteral("DIR")},
         {QStringLiteral("split"), QString(), QStringLiteral("train|val|test")},
         {QStringLiteral("model"), QString(), QStringLiteral("NAME|FILE")},
         {QStringLiteral("backend"), QString(), QStringLiteral("NAME"),
          Settings(paths::settingsFile()).backend()},
         {QStringLiteral("tta"), QString(), QStringLiteral("off|auto|always"), QStringLiteral("off")},
         {QStringLiteral("prior"), QString(), QStringLiteral("FILE|project")},
         {QStringLiteral("threads"), QString(), QStringLiteral("N")}});
    if (!parser.parse(QStringList{QStringLiteral("evaluate")} + arguments))
        return parser.errorText();
    wish.project = parser.value(QStringLiteral("project"));
    const bool wantsProject = parser.isSet(QStringLiteral("project"));
    if (parser.positionalArguments().size() != (wantsProject ? 0 : 1) ||
        (wantsProject && wish.project.isEmpty()))
        return QStringLiteral("evaluate needs one folder, or a project.");
    if (!wantsProject)
        wish.folder = parser.positionalArguments().first();
    wish.part = parser.value(QStringLiteral("split"));
    static const QStringList parts{QStringLiteral("train"), QStringLiteral("val"), QStringLiteral("test")};
    if (parser.isSet(QStringLiteral("split")) && (!wantsProject || !parts.contains(wish.part)))
        return QStringLiteral("--split takes train, val or test of a project.");
    const QString threads = parser.value(QStringLiteral("threads"));
    wish.threads = threads.toInt();
    if (parser.isSet(QStringLiteral("threads")) && wish.threads < 1)
        return QStringLiteral("--threads takes a number from 1 on.");
    const auto kind = backendKindFromName(parser.value(QStringLiteral("backend")));
    if (!kind)
        return kind.error().message + u' ' + kind.error().hint;
    wish.backend = *kind;
    const auto augmentation = augmentationFromName(parser.value(QStringLiteral("tta")));
    if (!augmentation)
        return augmentation.error().message + u' ' + augmentation.error().hint;
    wish.augmentation = *augmentation;
    wish.prior = parser.value(QStringLiteral("prior"));
    if (wish.prior == kProjectPrior && !wantsProject)
        return QStringLiteral("--prior project learns from the answers of a --project.");
    wish.model = parser.value(QStringLiteral("model"));
    wish.json = parser.isSet(QStringLiteral("json"));
    wish.exact = parser.isSet(QStringLiteral("exact"));
    return {};
}

/// One evaluation: says what fails as it goes, and the figures at the end.
class Evaluation {
public:
    explicit Evaluation(Wish wish)
        : m_wish(std::move(wish))
        , m_settings(paths::settingsFile())
    {}

    int run()
    {
        const auto photos = m_wish.project.isEmpty() ? photosOfFolder() : photosOfProject();
        if (!photos) {
            if (m_wish.project.isEmpty())
                failure(QStringLiteral("file"), m_wish.folder, photos.error());
            else
                failure(QStringLiteral("entry"), m_wish.project, photos.error());
            return SomeFailed;
        }
        const auto recognizer = open();
        if (!recognizer) {
            failure(QStringLiteral("entry"), m_wish.model.isEmpty() ? m_settings.model() : m_wish.model,
                    recognizer.error());
            return SomeFailed;
        }
        const auto prior = readPrior(*photos);
        if (!prior) {
            failure(QStringLiteral("entry"), m_wish.prior, prior.error());
            return SomeFailed;
        }
        const ModelPackage& model = (*recognizer)->model();
        const EvaluationReport report = score(**recognizer, *photos, prior->get());
        if (m_wish.json) {
            QJsonObject line = toJson(report, model.classes);
            line.insert(QStringLiteral("model"), model.name);
            line.insert(QStringLiteral("learnt_from"), m_learnt);
            line.insert(QStringLiteral("backend"), (*recognizer)->backendName());
            if (isSwitched())
                line.insert(QStringLiteral("effect"), effect(report));
            printJson(line);
        } else {
            printForAPerson(report.metrics, model);
            if (m_learnt > 0)
                printLine(QStringLiteral("  the model has learnt from %1 of these photos").arg(m_learnt));
            if (isSwitched())
                printEffect(report);
        }
        return m_failed ? SomeFailed : AllDone;
    }

private:
    void failure(const QString& key, const QString& subject, const Error& error)
    {
        m_failed = true;
        if (m_wish.json)
            printErrorJson(key, subject, error);
        else
            printError(error);
    }

    [[nodiscard]] QString shown(const QString& file) const
    {
        return m_project ? m_project->shown(file) : file;
    }

    Result<QList<Labelled>> photosOfFolder()
    {
        const auto found = photosIn(m_wish.folder);
        if (!found)
            return fail(found.error());
        for (const QString& unreadable : found->unreadable)
            failure(QStringLiteral("file"), unreadable, unreadableFolder(unreadable));
        QList<Labelled> photos;
        for (const QString& file : found->photos)
            photos.append(Labelled{{QString(), file}, {folderName(file)}});
        return photos;
    }

    Result<QList<Labelled>> photosOfProject()
    {
        auto opened = ProjectEmbeddings::open(m_wish.project);
        if (!opened)
            return fail(opened.error());
        m_project = std::move(*opened);
        const auto rows = m_project->labelled();
        if (!rows)
            return fail(rows.error());
        QHash<QString, QStringList> names;
        for (const Label& label : m_project->labels())
            names.insert(label.id, {label.id, label.en, label.zh});
        QList<Labelled> photos;
        for (const PhotoRow& row : *rows) {
            if (m_wish.part.isEmpty() || row.split == m_wish.part)
                photos.append(Labelled{{row.sha256, row.file}, names.value(row.labelId, {row.labelId})});
        }
        return photos;
    }

    Result<std::unique_ptr<Recognizer>> open() const
    {
        const auto file = modelFile(m_wish.model);
        if (!file)
            return fail(file.error());
        const int threads = m_wish.threads == 0 ? m_settings.threads() : m_wish.threads;
        return guarded([&] { return Recognizer::open(*file, m_wish.backend, threads); });
    }

    /// Something is to be measured against answers without it.
    [[nodiscard]] bool isSwitched() const
    {
        return m_wish.augmentation != Augmentation::Off || !m_wish.prior.isEmpty();
    }

    /// Null where none is asked for.
    Result<std::unique_ptr<PriorReplay>> readPrior(const QList<Labelled>& photos) const
    {
        if (m_wish.prior.isEmpty())
            return nullptr;
        std::shared_ptr<const CoOccurrence> table;
        if (m_wish.prior != kProjectPrior) {
            auto read = CoOccurrence::load(m_wish.prior);
            if (!read)
                return fail(read.error());
            table = std::make_shared<const CoOccurrence>(std::move(*read));
        }
        QList<TimedAnswer> answers;
        if (m_project) {
            auto given = m_project->answers();
            if (!given)
                return fail(given.error());
            answers = std::move(*given);
        }
        QSet<QString> measured;
        for (const Labelled& one : photos)
            measured.insert(one.photo.sha256);
        return std::make_unique<PriorReplay>(std::move(answers), std::move(table), measured);
    }

    /// What the switches did: figures with none of them, with them, and their price.
    [[nodiscard]] QJsonObject effect(const EvaluationReport& report) const
    {
        const auto figures = [](const EvaluationReport& of) {
            return QJsonObject{{QStringLiteral("top1"), of.metrics.top1},
                               {QStringLiteral("top3"), of.metrics.top3},
                               {QStringLiteral("ece"), of.metrics.ece},
                               {QStringLiteral("nll"), of.nll}};
        };
        QJsonObject object{{QStringLiteral("tta"), augmentationName(m_wish.augmentation)},
                           {QStringLiteral("before"), figures(m_before)},
                           {QStringLiteral("after"), figures(report)}};
        if (!m_wish.prior.isEmpty())
            object.insert(QStringLiteral("prior"), m_wish.prior);
        if (m_wish.augmentation != Augmentation::Off && m_tally.photos > 0) {
            const auto photos = static_cast<double>(m_tally.photos);
            object.insert(QStringLiteral("more_views"), m_tally.augmented);
            object.insert(QStringLiteral("ms"), m_plainMs / photos);
            object.insert(QStringLiteral("ms_more_views"), m_tally.milliseconds / photos);
        }
        return object;
    }

    void printEffect(const EvaluationReport& report) const
    {
        printLine(
            QStringLiteral("switched on: top-1 %1 -> %2 %, top-3 %3 -> %4 %, calibration error %5 -> %6")
                .arg(m_before.metrics.top1 * 100, 0, 'f', 1)
                .arg(report.metrics.top1 * 100, 0, 'f', 1)
                .arg(m_before.metrics.top3 * 100, 0, 'f', 1)
                .arg(report.metrics.top3 * 100, 0, 'f', 1)
                .arg(m_before.metrics.ece, 0, 'f', 3)
                .arg(report.metrics.ece, 0, 'f', 3));
        if (m_wish.augmentation == Augmentation::Off || m_tally.photos == 0)
            return;
        const auto photos = static_cast<double>(m_tally.photos);
        printLine(
            QStringLiteral("more views: %1 of %2 photos, %3 ms more than %4 ms for each photo on average")
                .arg(m_tally.augmented)
                .arg(m_tally.photos)
                .arg(m_tally.milliseconds / photos, 0, 'f', 1)
                .arg(m_plainMs / photos, 0, 'f', 1));
    }

    EvaluationReport score(Recognizer& recognizer, const QList<Labelled>& photos, const PriorReplay* prior)
    {
        const ModelPackage& model = recognizer.model();
        const ClassNames numbers(model.classes);
        std::vector<int> truths;
        QStringList files;
        QList<EvaluatedPhoto> known;
        for (const Labelled& one : photos) {
            int truth = -1;
            for (const QString& name : one.names)
                truth = truth < 0 && !name.isEmpty() ? numbers.find(name) : truth;
            if (truth < 0) {
                failure(QStringLiteral("file"), shown(one.photo.file),
                        unknownLabel(m_wish, one.names.first()));
                continue;
            }
            truths.push_back(truth);
            files.append(one.photo.file);
            known.append(one.photo);
        }
        BatchOptions options;
        options.recognize.exact = m_wish.exact;
        const LearntPhotos learnt = LearntPhotos::fromManifest(model.manifest);
        options.recognize.hash = !learnt.isEmpty();
        options.recognize.augmentation = m_wish.augmentation;
        options.recognize.limits.maxMegapixels = m_settings.maxMegapixels();
        options.cache = m_project ? m_project->cache() : nullptr;
        EvaluationBuilder builder;
        EvaluationBuilder before;
        recognizeFiles(recognizer, files, options, [&](const BatchItem& item) {
            if (!item.result) {
                failure(QStringLiteral("file"), shown(item.file), item.result.error());
                return;
            }
            const Recognition& answer = *item.result;
            m_learnt += learnt.contains(answer.sha256) ? 1 : 0;
            const EvaluatedPhoto& photo = known[item.index];
            const int truth = truths[static_cast<std::size_t>(item.index)];
            if (prior)
                builder.add(
                    photo, truth,
                    probabilitiesAfter(model, prior->of(photo.sha256), answer.embedding, answer.logits));
            else
                builder.addLogits(photo, truth, answer.logits, model.temperature);
            if (!isSwitched())
                return;
            m_tally.add(answer);
            m_plainMs += answer.times.decode + answer.times.preprocess + answer.times.network;
            const auto centre = answer.views > 1
                                    ? recognizer.recognizeEmbedding(answer.embedding, {}, options.recognize)
                                    : Result<Recognition>(answer);
            if (centre)
                before.addLogits(photo, truth, centre->logits, model.temperature);
        });
        m_before = before.finish();
        return builder.finish();
    }

    const Wish m_wish;
    const Settings m_settings;
    std::unique_ptr<ProjectEmbeddings> m_project;
    EvaluationReport m_before; ///< without what is switched on
    AugmentationTally m_tally;
    double m_plainMs = 0; ///< of all photos, without more views
    int m_learnt = 0;     ///< photos that the model has learnt from
    bool m_failed = false;
};

} // namespace

int evaluate(const QStringList& arguments)
{
    Wish wish;
    if (const QString problem = parse(arguments, wish); !problem.isEmpty())
        return wrongUsage(problem);
    return Evaluation(std::move(wish)).run();
}

} // namespace goodsight::cli
