#pragma once

#include "core/model/ModelPackage.h"

#include <QStringList>

#include <optional>

namespace goodsight {

/// A model that Goodsight can use, or a file in the models' folder that it cannot.
struct InstalledModel {
    QString name; ///< what people and scripts call it: the file's name without .safetensors
    QString titleZh;
    QString titleEn;
    QString path;
    bool shipped = false; ///< comes with the program; cannot be removed
    int classes = 0;
    qint64 bytes = 0;
    QString licence;
    QString fingerprint;       ///< as recorded; may be empty
    QJsonObject metrics;       ///< the manifest's, e.g. {"val": {"n", "top1", "top3", "ece"}}
    QString parent;            ///< name of the model that training began from; empty where none is recorded
    QString parentFingerprint; ///< of its weights; may be empty
    QJsonObject training;      ///< the manifest's, e.g. {"plan", "seed", "data_fingerprint", "photos"}
    /// Why it cannot be used; the fields above are then only the name, path and size.
    std::optional<Error> error;
};

/// The models that came with the program and those in the user's folder. Holds no state of its own: every
/// call looks at the disk. Any thread.
class ModelLibrary {
public:
    /// The model that a fresh installation uses.
    static constexpr QLatin1String kDefaultModel{"groceries"};

    /// The user's folder paths::modelsDir() and the shipped models.
    ModelLibrary();
    /// Other places, for tests.
    ModelLibrary(QString folder, QStringList shippedFiles);

    /// Shipped ones first, then by name. Only manifests are read.
    [[nodiscard]] QList<InstalledModel> list() const;
    /// By name or by the path of a package file. Errors: "no-such-model", and the file's own.
    [[nodiscard]] Result<InstalledModel> find(const QString& nameOrFile) const;
    /// The file of such a model, unread: weights without a manifest too. Error "no-such-model".
    [[nodiscard]] Result<QString> fileOf(const QString& nameOrFile) const;

    /// Where a model of this name is or would be installed.
    [[nodiscard]] QString pathFor(const QString& name) const;
    /// Ok when a new model may have this name. Errors: "bad-name" (not a safe file name on every system),
    /// "name-taken" (a model that is there already, the shipped ones included).
    [[nodiscard]] Result<void> checkNewName(const QString& name) const;
    /// A name that checkNewName() takes, made from any text: unsafe characters replaced, a number added.
    [[nodiscard]] QString freeName(const QString& wish) const;

    /// Installs `package` under package.name. `half`: weights as F16. Errors: as checkNewName and
    /// ModelPackage::save, "unwritable" when the folder cannot be made.
    [[nodiscard]] Result<InstalledModel> install(const ModelPackage& package, bool half) const;
    /// Deletes a model's file, a damaged one's too. Errors: "no-such-model", "shipped-model", "unwritable".
    [[nodiscard]] Result<void> remove(const QString& name) const;

    /// Where the embeddings lie that a model has learnt from: beside `modelFile`, which need not exist. No
    /// model of its own, and removed with it.
    [[nodiscard]] static QString embeddingsFile(const QString& modelFile);

private:
    [[nodiscard]] std::optional<QString> pathOf(const QString& name, bool& shipped) const;

    QString m_folder;
    QStringList m_shipped;
};

} // namespace goodsight
