#include "core/model/ModelLibrary.h"

#include "core/base/DeviceName.h"
#include "core/base/Paths.h"
#include "core/model/ModelErrors.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>

namespace goodsight {

namespace {

const QString kSuffix = QStringLiteral(".safetensors");
const QString kEmbeddings = QStringLiteral(".embeddings");
constexpr qsizetype kMaxName = 60;

QString nameOf(const QString& path)
{
    return QFileInfo(path).completeBaseName();
}

InstalledModel describe(const QString& path, bool shipped)
{
    InstalledModel model;
    model.name = nameOf(path);
    model.path = path;
    model.shipped = shipped;
    model.bytes = QFileInfo(path).size();
    const auto package = ModelPackage::loadManifest(path);
    if (!package) {
        model.error = package.error();
        return model;
    }
    model.titleZh = package->titleZh;
    model.titleEn = package->titleEn;
    model.classes = static_cast<int>(package->classes.size());
    model.licence = package->licence;
    model.fingerprint = package->fingerprint;
    model.metrics = package->manifest.value(QStringLiteral("metrics")).toObject();
    model.parent = package->manifest.value(QStringLiteral("parent")).toString();
    model.parentFingerprint = package->manifest.value(QStringLiteral("parent_fingerprint")).toString();
    model.training = package->manifest.value(QStringLiteral("training")).toObject();
    return model;
}

bool isSafeCharacter(QChar c)
{
    return c.isLetterOrNumber() || c == u'-' || c == u'_' || c == u'.' || c.isSurrogate();
}

bool isSafeName(const QString& name)
{
    return !name.isEmpty() && name.size() <= kMaxName &&
           std::all_of(name.begin(), name.end(), isSafeCharacter) && name.isValidUtf16() &&
           !name.startsWith(u'.') && !name.startsWith(u'-') && !name.endsWith(u'.') && !isDeviceName(name) &&
           !name.endsWith(kEmbeddings, Qt::CaseInsensitive);
}

Error noSuchModel(const QString& name)
{
    return {QStringLiteral("no-such-model"),
            QCoreApplication::translate("goodsight::Model", "There is no model “%1”.").arg(quotedName(name)),
            QCoreApplication::translate("goodsight::Model", "“goodsight-cli model list” shows the models.")};
}

} // namespace

ModelLibrary::ModelLibrary()
    : m_folder(paths::modelsDir())
{
    const QString groceries =
        paths::shippedFile(QStringLiteral("models/") + QString(kDefaultModel) + kSuffix);
    if (!groceries.isEmpty())
        m_shipped.append(groceries);
}

ModelLibrary::ModelLibrary(QString folder, QStringList shippedFiles)
    : m_folder(std::move(folder))
    , m_shipped(std::move(shippedFiles))
{}

QList<InstalledModel> ModelLibrary::list() const
{
    QList<InstalledModel> models;
    for (const QString& path : m_shipped)
        models.append(describe(path, true));
    const QFileInfoList files = QDir(m_folder).entryInfoList({u'*' + kSuffix}, QDir::Files, QDir::Name);
    for (const QFileInfo& file : files) {
        if (nameOf(file.filePath()).endsWith(kEmbeddings))
            continue;
        const InstalledModel model = describe(file.filePath(), false);
        // A file that somebody put there under a shipped model's name is used in its place (find() too).
        const auto same = std::find_if(models.begin(), models.end(),
                                       [&](const InstalledModel& other) { return other.name == model.name; });
        if (same != models.end())
            *same = model;
        else
            models.append(model);
    }
    return models;
}

std::optional<QString> ModelLibrary::pathOf(const QString& name, bool& shipped) const
{
    if (name.isEmpty() || name.contains(u'/') || name.contains(u'\\'))
        return {};
    shipped = false;
    if (QFileInfo(pathFor(name)).isFile())
        return pathFor(name);
    for (const QString& path : m_shipped) {
        if (nameOf(path) == name) {
            shipped = true;
            return path;
        }
    }
    return {};
}

Result<InstalledModel> ModelLibrary::find(const QString& nameOrFile) const
{
    const auto path = fileOf(nameOrFile);
    if (!path)
        return fail(path.error());
    InstalledModel model = describe(*path, m_shipped.contains(*path));
    if (model.error)
        return fail(*model.error);
    return model;
}

Result<QString> ModelLibrary::fileOf(const QString& nameOrFile) const
{
    bool shipped = false;
    if (const auto path = pathOf(nameOrFile, shipped))
        return *path;
    if (QFileInfo(nameOrFile).isFile())
        return nameOrFile;
    return fail(noSuchModel(nameOrFile));
}

QString ModelLibrary::pathFor(const QString& name) const
{
    return m_folder + u'/' + name + kSuffix;
}

Result<void> ModelLibrary::checkNewName(const QString& name) const
{
    if (!isSafeName(name)) {
        return fail("bad-name",
                    QCoreApplication::translate("goodsight::Model", "“%1” cannot be the name of a model.")
                        .arg(quotedName(name)),
                    QCoreApplication::translate(
                        "goodsight::Model", "Use up to %1 letters, digits, hyphens, underscores and dots.")
                        .arg(kMaxName));
    }
    // Without regard to case, since some file systems have none.
    const QList<InstalledModel> models = list();
    for (const InstalledModel& model : models) {
        if (model.name.compare(name, Qt::CaseInsensitive) == 0) {
            return fail("name-taken",
                        QCoreApplication::translate("goodsight::Model", "There is a model “%1” already.")
                            .arg(model.name),
                        QCoreApplication::translate("goodsight::Model",
                                                    "Choose another name (--name NAME), or remove that model "
                                                    "first."));
        }
    }
    return {};
}

QString ModelLibrary::freeName(const QString& wish) const
{
    QString base;
    for (const QChar c : wish.left(kMaxName - 8))
        base.append(isSafeCharacter(c) ? c : QChar(u'-'));
    while (base.startsWith(u'.') || base.startsWith(u'-'))
        base.remove(0, 1);
    while (base.endsWith(u'.') || base.endsWith(u'-'))
        base.chop(1);
    if (!isSafeName(base))
        base = QStringLiteral("model");
    QString name = base;
    for (int i = 2; !checkNewName(name); ++i)
        name = base + u'-' + QString::number(i);
    return name;
}

Result<InstalledModel> ModelLibrary::install(const ModelPackage& package, bool half) const
{
    if (auto name = checkNewName(package.name); !name)
        return fail(name.error());
    const QString path = pathFor(package.name);
    if (!QDir().mkpath(m_folder)) {
        return fail(
            "unwritable",
            QCoreApplication::translate("goodsight::Model", "The folder %1 cannot be made.").arg(m_folder),
            QCoreApplication::translate("goodsight::Model", "Check that you may write there."));
    }
    if (auto saved = package.save(path, half); !saved)
        return fail(saved.error());
    return describe(path, false);
}

Result<void> ModelLibrary::remove(const QString& name) const
{
    bool shipped = false;
    const std::optional<QString> path = pathOf(name, shipped);
    if (!path)
        return fail(noSuchModel(name));
    if (shipped) {
        return fail("shipped-model",
                    QCoreApplication::translate("goodsight::Model",
                                                "The model “%1” comes with Goodsight and cannot be removed.")
                        .arg(name),
                    QCoreApplication::translate("goodsight::Model", "You may use another model instead."));
    }
    QFile file(*path);
    if (!file.remove())
        return fail(modelerrors::cannotWrite(*path, file));
    QFile::remove(embeddingsFile(*path));
    return {};
}

QString ModelLibrary::embeddingsFile(const QString& modelFile)
{
    const QFileInfo file(modelFile);
    return file.path() + u'/' + file.completeBaseName() + kEmbeddings + kSuffix;
}

} // namespace goodsight
