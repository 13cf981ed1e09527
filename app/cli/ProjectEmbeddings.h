#pragma once

#include "core/dataset/DatasetStore.h"
#include "core/dataset/EmbeddingTable.h"
#include "core/inference/EmbeddingCache.h"

namespace goodsight::cli {

/// A project's photos, and a cache of their embeddings that reads from the project and writes to it (unless a
/// window has it open: then it only reads). Used on one thread.
class ProjectEmbeddings {
public:
    /// Errors: "bad-project" where there is none; DatasetStore::open's.
    [[nodiscard]] static Result<std::unique_ptr<ProjectEmbeddings>> open(const QString& dir);
    /// Writes what is still to be written.
    ~ProjectEmbeddings();
    ProjectEmbeddings(const ProjectEmbeddings&) = delete;
    ProjectEmbeddings& operator=(const ProjectEmbeddings&) = delete;

    /// The files of all photos, in the project's order.
    [[nodiscard]] Result<QStringList> photos() const;
    /// The path of one of them for people and scripts: below the project's folder as it was given.
    [[nodiscard]] QString shown(const QString& file) const;
    /// The photos that have a label, in the project's order.
    [[nodiscard]] Result<QList<PhotoRow>> labelled() const;
    /// The answers that count, oldest first.
    [[nodiscard]] Result<QList<TimedAnswer>> answers() const { return m_store->answers(std::nullopt, -1); }
    /// The project's labels.
    [[nodiscard]] QList<Label> labels() const { return m_store->labels(); }
    /// Not to be used after this object is gone.
    [[nodiscard]] std::shared_ptr<EmbeddingCache> cache() const { return m_cache; }

private:
    ProjectEmbeddings(QString dir, std::unique_ptr<DatasetStore> store,
                      std::unique_ptr<EmbeddingTable> table);
    void flush();

    const QString m_dir; ///< as it was given
    std::unique_ptr<DatasetStore> m_store;
    std::unique_ptr<EmbeddingTable> m_table;
    std::shared_ptr<EmbeddingCache> m_cache;
    QString m_key;
    QList<KeptEmbedding> m_pending;
};

} // namespace goodsight::cli
