#pragma once

#include "core/dataset/DatasetStore.h"

#include <QObject>

#include <memory>
#include <optional>

namespace goodsight {

/// The project that the window works on: opened after the window is up, reopened on request. UI thread.
class ProjectSession : public QObject {
    Q_OBJECT
public:
    explicit ProjectSession(QObject* parent = nullptr);
    ~ProjectSession() override;

    /// Opens `dir`, closing what was open. A failure leaves no project open and is kept in error().
    void open(const QString& dir, DatasetStore::Access access = DatasetStore::Access::ReadWrite);

    /// The open project or null.
    [[nodiscard]] DatasetStore* store() const { return m_store.get(); }
    [[nodiscard]] bool writable() const;
    /// Folder asked for last, whether it could be opened or not.
    [[nodiscard]] QString dir() const { return m_dir; }
    [[nodiscard]] bool isDefault() const;
    /// Name for people: the default project's, or the folder's without its suffix.
    [[nodiscard]] QString displayName() const;
    [[nodiscard]] const std::optional<Error>& error() const { return m_error; }

    /// Labels that every project should know (the model's classes); added now and to each project opened
    /// later.
    void setModelLabels(const QList<Label>& labels);

Q_SIGNALS:
    /// store() goes when this returns: whoever works with it elsewhere stops now.
    void aboutToClose();
    /// Another project, or none, or an error.
    void opened();
    /// The open project's content changed.
    void changed();
    /// The open project's labels changed.
    void labelsChanged();

private:
    void addModelLabels();

    std::unique_ptr<DatasetStore> m_store;
    QString m_dir;
    std::optional<Error> m_error;
    QList<Label> m_modelLabels;
};

} // namespace goodsight
