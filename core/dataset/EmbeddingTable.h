#pragma once

#include "core/base/Result.h"

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace goodsight {

/// Reads the embeddings that a project keeps of its photos (DatasetStore::keepEmbeddings() writes them).
/// Belongs to the thread that opened it; sees what is committed meanwhile.
class EmbeddingTable {
public:
    /// Errors: those of database::openReader().
    [[nodiscard]] static Result<std::unique_ptr<EmbeddingTable>> open(const QString& projectDir);

    /// What `backbone` made of the photo with these bytes; nothing where that is not kept (or not readable:
    /// a cache that fails is a cache that has nothing).
    [[nodiscard]] std::optional<std::vector<float>> find(const QString& sha256,
                                                         const QString& backbone) const;

    /// Shows every embedding of `backbone` in the order of the photos. Errors: the database's.
    [[nodiscard]] Result<void>
    each(const QString& backbone,
         const std::function<void(const QString& sha256, std::span<const float> embedding)>& see) const;

    ~EmbeddingTable();

private:
    class Private;
    explicit EmbeddingTable(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace goodsight
