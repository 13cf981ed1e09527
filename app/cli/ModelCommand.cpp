#include "app/cli/ModelCommand.h"

#include "app/cli/Command.h"
#include "app/cli/EmbedCommand.h"
#include "app/cli/ExportCommand.h"
#include "app/cli/Output.h"
#include "app/cli/QuantizeCommand.h"
#include "core/base/JobRunner.h"
#include "core/base/Paths.h"
#include "core/base/Settings.h"
#include "core/inference/ModelCheck.h"
#include "core/model/InstallModelJob.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QLocale>

namespace goodsight::cli {

namespace {

struct Wish {
    QString action;
    QString subject; ///< NAME or FILE
    QString out;     ///< of export
    ExportFormat format = ExportFormat::Onnx;
    QString name;
    QString labels;
    QString calibration;
    QString photos; ///< of embed
    QString val;    ///< of embed
    BackendKind backend = BackendKind::Torch;
    int timeoutSeconds = 0;
    bool json = false;
};

int wrongUsage(const QString& reason)
{
    printNote(reason);
    printNote(QStringLiteral("usage: goodsight-cli ") + QString::fromUtf8(kModelUsage));
    return WrongUsage;
}

/// Reads the words; an empty string or what is wrong with them.
QString parse(const QStringList& arguments, Wish& wish)
{
    QCommandLineParser parser;
    parser.addOptions({{QStringLiteral("json"), {}},
                       {QStringLiteral("name"), {}, QStringLiteral("N")},
                       {QStringLiteral("labels"), {}, QStringLiteral("FILE")},
                       {QStringLiteral("calibration"), {}, QStringLiteral("FOLDER")},
                       {QStringLiteral("photos"), {}, QStringLiteral("FOLDER")},
                       {QStringLiteral("val"), {}, QStringLiteral("FOLDER")},
                       {QStringLiteral("format"), {}, QStringLiteral("F")},
                       {QStringLiteral("backend"), {}, QStringLiteral("NAME"), QStringLiteral("torch")},
                       {QStringLiteral("timeout"), {}, QStringLiteral("S"), QStringLiteral("0")}});
    if (!parser.parse(QStringList{QStringLiteral("model")} + arguments))
        return parser.errorText();
    const QStringList words = parser.positionalArguments();
    wish.action = words.value(0);
    wish.subject = words.value(1);
    wish.out = words.value(2);
    static const QStringList actions{
        QStringLiteral("list"),     QStringLiteral("install"), QStringLiteral("import"),
        QStringLiteral("verify"),   QStringLiteral("use"),     QStringLiteral("remove"),
        QStringLiteral("quantize"), QStringLiteral("embed"),   QStringLiteral("export")};
    if (!actions.contains(wish.action))
        return wish.action.isEmpty() ? QStringLiteral("model needs to be told what to do.")
                                     : QStringLiteral("model cannot “%1”.").arg(wish.action);
    const qsizetype wanted = wish.action == u"list" ? 1 : wish.action == u"export" ? 3 : 2;
    if (words.size() != wanted || words.last().isEmpty()) {
        static const QStringList others{QStringLiteral("no other word"), QStringLiteral("one other word"),
                                        QStringLiteral("a model's name and a file to write")};
        return QStringLiteral("model %1 takes %2.").arg(wish.action, others[wanted - 1]);
    }
    if (wish.action == u"install" && wish.subject != u"imagenet")
        return QStringLiteral("Only “imagenet” can be installed; import other models from a file.");
    const bool isImport = wish.action == u"import";
    if (!isImport && (parser.isSet(QStringLiteral("name")) || parser.isSet(QStringLiteral("labels"))))
        return QStringLiteral("--name and --labels go with import.");
    wish.calibration = parser.value(QStringLiteral("calibration"));
    if ((wish.action == u"quantize") != !wish.calibration.isEmpty())
        return QStringLiteral("model quantize takes --calibration FOLDER.");
    wish.photos = parser.value(QStringLiteral("photos"));
    wish.val = parser.value(QStringLiteral("val"));
    if ((wish.action == u"embed") != !wish.photos.isEmpty() || (wish.photos.isEmpty() && !wish.val.isEmpty()))
        return QStringLiteral("model embed takes --photos FOLDER [--val FOLDER].");
    if ((wish.action == u"export") != parser.isSet(QStringLiteral("format")))
        return QStringLiteral("model export takes --format onnx, torchscript, safetensors or pth.");
    if (wish.action == u"export") {
        const auto format = exportFormatFromName(parser.value(QStringLiteral("format")));
        if (!format)
            return format.error().message + u' ' + format.error().hint;
        wish.format = *format;
    }
    const auto backend = backendKindFromName(parser.value(QStringLiteral("backend")));
    if (!backend)
        return backend.error().message + u' ' + backend.error().hint;
    wish.backend = *backend;
    bool isNumber = false;
    wish.timeoutSeconds = parser.value(QStringLiteral("timeout")).toInt(&isNumber);
    if (!isNumber || wish.timeoutSeconds < 0 || wish.timeoutSeconds > 1'000'000)
        return QStringLiteral("--timeout takes a number of seconds.");
    wish.name = parser.value(QStringLiteral("name"));
    wish.labels = parser.value(QStringLiteral("labels"));
    wish.json = parser.isSet(QStringLiteral("json"));
    return {};
}

int failure(const Wish& wish, const QString& key, const QString& subject, const Error& error)
{
    if (wish.json)
        printErrorJson(key, subject, error);
    else
        printError(error);
    return SomeFailed;
}

QString inUse()
{
    return Settings(paths::settingsFile()).model();
}

QJsonObject toJson(const InstalledModel& model)
{
    return {{QStringLiteral("name"), model.name},
            {QStringLiteral("title"),
             QJsonObject{{QStringLiteral("zh"), model.titleZh}, {QStringLiteral("en"), model.titleEn}}},
            {QStringLiteral("classes"), model.classes},
            {QStringLiteral("licence"), model.licence},
            {QStringLiteral("path"), model.path},
            {QStringLiteral("bytes"), model.bytes},
            {QStringLiteral("shipped"), model.shipped},
            {QStringLiteral("in_use"), model.name == inUse()},
            {QStringLiteral("fingerprint"), model.fingerprint},
            {QStringLiteral("metrics"), model.metrics}};
}

void print(const Wish& wish, const InstalledModel& model)
{
    if (wish.json)
        return printJson(toJson(model));
    const QString mark = model.name == inUse() ? QStringLiteral("*") : QStringLiteral(" ");
    const QString title =
        model.titleZh == model.titleEn ? model.titleEn : model.titleZh + u' ' + model.titleEn;
    printLine(QStringLiteral("%1 %2  %3, %4 classes, %5%6")
                  .arg(mark, model.name.leftJustified(16), title)
                  .arg(model.classes)
                  .arg(QLocale::c().formattedDataSize(model.bytes, 0, QLocale::DataSizeSIFormat),
                       model.licence.isEmpty() ? QString() : QStringLiteral(", ") + model.licence));
}

int list(const Wish& wish)
{
    int status = AllDone;
    const QList<InstalledModel> models = ModelLibrary().list();
    for (const InstalledModel& model : models) {
        if (!model.error) {
            print(wish, model);
            continue;
        }
        status = failure(wish, QStringLiteral("entry"), model.name, *model.error);
    }
    return status;
}

/// Runs a job that installs a model, to its end.
int runJob(const Wish& wish, Job& job, const QString& key, const Result<InstalledModel>& model)
{
    const auto result = runInline(job, Progress());
    if (!result)
        return failure(wish, key, wish.subject, result.error());
    print(wish, *model);
    return AllDone;
}

int install(const Wish& wish)
{
    InstallRequest request = InstallRequest::imagenet();
    request.download.totalTimeout = wish.timeoutSeconds * 1000;
    request.golden = referenceGolden;
    Result<InstalledModel> model;
    InstallModelJob job(ModelLibrary(), std::move(request),
                        [&](const auto& installed) { model = installed; });
    return runJob(wish, job, QStringLiteral("entry"), model);
}

int import(const Wish& wish)
{
    ImportRequest request;
    request.file = wish.subject;
    request.name = wish.name;
    request.labelsFile = wish.labels;
    request.golden = referenceGolden;
    Result<InstalledModel> model;
    ImportModelJob job(ModelLibrary(), std::move(request), [&](const auto& imported) { model = imported; });
    return runJob(wish, job, QStringLiteral("file"), model);
}

int verify(const Wish& wish)
{
    const auto refuse = [&](const Error& error) {
        return failure(wish, QStringLiteral("entry"), wish.subject, error);
    };
    const auto found = ModelLibrary().find(wish.subject);
    if (!found)
        return refuse(found.error());
    const auto check = checkModel(found->path, found->name, wish.backend);
    if (!check)
        return refuse(check.error());
    if (wish.json) {
        printJson({{QStringLiteral("name"), found->name},
                   {QStringLiteral("verified"), true},
                   {QStringLiteral("fingerprint"), check->fingerprint},
                   {QStringLiteral("max_difference"), check->difference},
                   {QStringLiteral("tolerance"), check->tolerance}});
    } else {
        printLine(QStringLiteral("%1: verified, off by %2 at most")
                      .arg(found->name)
                      .arg(check->difference, 0, 'g', 2));
    }
    return AllDone;
}

int use(const Wish& wish)
{
    const auto found = ModelLibrary().find(wish.subject);
    if (!found)
        return failure(wish, QStringLiteral("entry"), wish.subject, found.error());
    if (found->name != wish.subject) { // a path: settings keep names, which survive a move of the folder
        return failure(
            wish, QStringLiteral("entry"), wish.subject,
            {QStringLiteral("no-such-model"),
             QCoreApplication::translate("goodsight::Cli", "“%1” is a file, not an installed model.")
                 .arg(quotedName(wish.subject)),
             QCoreApplication::translate("goodsight::Cli",
                                         "Import it first: goodsight-cli model import FILE")});
    }
    Settings(paths::settingsFile()).setModel(found->name);
    print(wish, *found);
    return AllDone;
}

int remove(const Wish& wish)
{
    if (const auto removed = ModelLibrary().remove(wish.subject); !removed)
        return failure(wish, QStringLiteral("entry"), wish.subject, removed.error());
    if (wish.subject == inUse())
        Settings(paths::settingsFile()).setModel(ModelLibrary::kDefaultModel);
    if (wish.json)
        printJson({{QStringLiteral("name"), wish.subject}, {QStringLiteral("removed"), true}});
    else
        printLine(QStringLiteral("%1: removed").arg(wish.subject));
    return AllDone;
}

} // namespace

int model(const QStringList& arguments)
{
    Wish wish;
    if (const QString problem = parse(arguments, wish); !problem.isEmpty())
        return wrongUsage(problem);
    if (wish.action == u"list")
        return list(wish);
    if (wish.action == u"install")
        return install(wish);
    if (wish.action == u"import")
        return import(wish);
    if (wish.action == u"verify")
        return verify(wish);
    if (wish.action == u"use")
        return use(wish);
    if (wish.action == u"quantize")
        return quantizeModel(wish.subject, wish.calibration, wish.json);
    if (wish.action == u"embed")
        return embedModel(wish.subject, wish.photos, wish.val, wish.json);
    if (wish.action == u"export")
        return exportModel(wish.subject, wish.format, wish.out, wish.json);
    return remove(wish);
}

} // namespace goodsight::cli
