#include "app/cli/ProjectEmbeddings.h"

#include "app/cli/Output.h"
#include "app/cli/ProjectPlace.h"

namespace goodsight::cli {

namespace {

constexpr std::size_t kInMemory = 4096;
constexpr qsizetype kAtOnce = 64; ///< embeddings in one transaction

} // namespace

Result<std::unique_ptr<ProjectEmbeddings>> ProjectEmbeddings::open(const QString& dir)
{
    if (!DatasetStore::exists(dir))
        return fail(noProject(dir));
    auto store = DatasetStore::open(dir);
    if (!store)
        store = DatasetStore::open(dir, DatasetStore::Access::ReadOnly);
    if (!store)
        return fail(store.error());
    auto table = EmbeddingTable::open(dir);
    if (!table)
        return fail(table.error());
    return std::unique_ptr<ProjectEmbeddings>(
        new ProjectEmbeddings(dir, std::move(*store), std::move(*table)));
}

ProjectEmbeddings::ProjectEmbeddings(QString dir, std::unique_ptr<DatasetStore> store,
                                     std::unique_ptr<EmbeddingTable> table)
    : m_dir(std::move(dir))
    , m_store(std::move(store))
    , m_table(std::move(table))
{
    EmbeddingCache::Backing backing;
    backing.find = [this](const QString& sha256, const QString& key) { return m_table->find(sha256, key); };
    if (m_store->access() == DatasetStore::Access::ReadWrite) {
        backing.keep = [this](const QString& sha256, const QString& key, const std::vector<float>& numbers) {
            if (key != m_key || m_pending.size() >= kAtOnce)
                flush();
            m_key = key;
            m_pending.append({sha256, numbers});
        };
    }
    m_cache = std::make_shared<EmbeddingCache>(kInMemory, std::move(backing));
}

ProjectEmbeddings::~ProjectEmbeddings()
{
    flush();
}

void ProjectEmbeddings::flush()
{
    if (m_pending.isEmpty())
        return;
    // Answers do not depend on it: a full disk is told, and the work goes on.
    if (const auto kept = m_store->keepEmbeddings(m_key, m_pending); !kept)
        printError(kept.error());
    m_pending.clear();
}

QString ProjectEmbeddings::shown(const QString& file) const
{
    return asGiven(file, m_store->dir(), m_dir);
}

Result<QStringList> ProjectEmbeddings::photos() const
{
    PhotoQuery all;
    all.limit = -1;
    const auto rows = m_store->photos(all);
    if (!rows)
        return fail(rows.error());
    QStringList files;
    for (const PhotoRow& row : *rows)
        files.append(row.file);
    return files;
}

Result<QList<PhotoRow>> ProjectEmbeddings::labelled() const
{
    auto rows = m_store->photos(PhotoQuery::labelled());
    if (rows)
        rows->removeIf([](const PhotoRow& row) { return row.labelId.isEmpty(); });
    return rows;
}

} // namespace goodsight::cli
