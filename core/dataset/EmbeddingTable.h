#pragma once

#include "core/base/Result.h"
#include "core/dataset/NearDuplicates.h"
#include "core/dataset/Split.h"

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace goodsight {

/// What a network made of a labelled photo.
struct LabelledEmbedding {
    QString sha256;
    QString labelId;
    std::optional<Part> part;         ///< nothing: it came after the last split
    GroupItem taken;                  ///< where it comes from, for photoGroups()
    std::span<const float> embedding; ///< valid during the call
};

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

    /// The same of the photos that people labelled, with the label and the part. One row is in memory at a
    /// time, however many there are.
    [[nodiscard]] Result<void> eachLabelled(const QString& backbone,
                                            const std::function<void(const LabelledEmbedding&)>& see) const;

    /// What eachLabelled() asks, with the backbone as its one value.
    [[nodiscard]] static QString labelledStatement();

    ~EmbeddingTable();

private:
    class Private;
    explicit EmbeddingTable(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace goodsight
