#pragma once

#include "core/dataset/DatasetStore.h"
#include "core/dataset/EditJournal.h"
#include "core/dataset/PhotoFiles.h"
#include "core/dataset/Sql.h"

#include <functional>
#include <utility>

namespace goodsight {

/// Everything that changes a project, each call one transaction (photo files are on the disk before theirs).
/// Lives on the writer's thread: opened, used and destroyed there.
class ProjectWriter {
public:
    /// Creates or migrates the database. Errors: "bad-project", "newer-version", "disk-full", "read-only", …
    [[nodiscard]] static Result<std::unique_ptr<ProjectWriter>> open(const QString& projectDir);

    [[nodiscard]] Result<PhotoRow> answer(const Answer& answer);
    [[nodiscard]] Result<PhotoRow> addPhoto(const PhotoData& photo);
    [[nodiscard]] Result<PhotoRow> label(const QString& sha256, const QString& labelId);
    [[nodiscard]] Result<QList<ImportOutcome>> importPhotos(qint64& edit, const QList<ImportItem>& items);

    [[nodiscard]] Result<void> keepEmbeddings(const QString& backbone,
                                              const QList<KeptEmbedding>& embeddings);
    [[nodiscard]] Result<void> keepHashes(const QList<KeptHash>& hashes);

    [[nodiscard]] Result<PhotoRow> undo();
    [[nodiscard]] Result<PhotoRow> undoAutomatic(const QString& sha256);
    [[nodiscard]] Result<PhotoRow> redo();

    [[nodiscard]] Result<void> ensureLabels(const QList<Label>& labels);
    [[nodiscard]] Result<Label> createLabel(const QString& name);
    [[nodiscard]] Result<Label> renameLabel(const QString& id, const QString& zh, const QString& en);
    [[nodiscard]] Result<Label> mergeLabels(const QString& from, const QString& into);

    /// One transaction of what `work` runs in it; it refuses by Session::reject(). No journal entry.
    [[nodiscard]] Result<void> change(const std::function<void(sql::Session&)>& work);

    /// Whether the labels changed since this was asked last.
    [[nodiscard]] bool takeLabelsChanged() { return std::exchange(m_labelsChanged, false); }

    /// Deletes the files of photos that went with the last change; slow after a large import was undone, so
    /// it is not part of the change itself.
    void deleteOrphans();

private:
    /// A photo's bytes, safe on the disk, and what its row needs.
    struct Stored {
        QString sha256;
        QString suffix;
        QString name;
        QString reference;
        QString source;
        qint64 bytes = 0;
        qint64 capturedAt = 0;
        QSize pixels;
        bool written = false;
    };

    ProjectWriter(QString projectDir, std::unique_ptr<sql::Connection> connection);
    [[nodiscard]] Result<Stored> store(const PhotoData& photo) const;
    void forget(const Stored& stored) const;
    [[nodiscard]] qint64 imageRow(sql::Session& session, const Stored& stored, bool& added) const;
    [[nodiscard]] Result<PhotoRow> move(const std::function<Result<EditRow>(EditJournal&)>& step);
    [[nodiscard]] Result<PhotoRow> row(qint64 image) const;
    [[nodiscard]] Result<Label> labelOf(const QString& id) const;
    [[nodiscard]] QString importLabel(sql::Session& session, EditJournal& journal, qint64 edit,
                                      const QString& name);
    void importOne(sql::Session& session, EditJournal& journal, qint64 edit, const QString& labelId,
                   const Stored& stored, ImportOutcome& outcome);

    QString m_dir;
    PhotoFiles m_files;
    std::unique_ptr<sql::Connection> m_connection;
    QList<OrphanedFile> m_orphans;
    bool m_labelsChanged = false;
};

} // namespace goodsight
