#pragma once

#include "core/model/ModelPackage.h"

#include <QHash>
#include <QString>

#include <functional>
#include <list>
#include <mutex>
#include <optional>
#include <vector>

namespace goodsight {

/// Everything that an embedding depends on besides the photo's bytes: the weights below the head, how photos
/// are prepared, and the arithmetic. Empty where the package does not tell its backbone.
[[nodiscard]] QString embeddingKey(const ModelPackage& package, const QString& backendName, bool exact);

/// Embeddings of photos seen before, by the hash of the photo's bytes and embeddingKey(): the most recently
/// used ones in memory, over a slower place that keeps more (a project). Any thread.
class EmbeddingCache {
public:
    /// The slower place. Both are called without locks held, on the thread that asked; recognizeFiles() asks
    /// on its own.
    struct Backing {
        std::function<std::optional<std::vector<float>>(const QString& sha256, const QString& key)> find;
        std::function<void(const QString& sha256, const QString& key, const std::vector<float>&)> keep;
    };

    /// `capacity`: embeddings in memory, 2 KB each.
    explicit EmbeddingCache(std::size_t capacity, Backing backing = {});

    [[nodiscard]] std::optional<std::vector<float>> find(const QString& sha256, const QString& key);
    void insert(const QString& sha256, const QString& key, const std::vector<float>& embedding);

    /// Embeddings in memory.
    [[nodiscard]] std::size_t size() const;

private:
    using Id = std::pair<QString, QString>;
    struct Entry {
        Id id;
        std::vector<float> embedding;
    };
    void remember(const Id& id, const std::vector<float>& embedding);

    const std::size_t m_capacity;
    const Backing m_backing;
    mutable std::mutex m_mutex;
    std::list<Entry> m_recent; ///< the last used first
    QHash<Id, std::list<Entry>::iterator> m_places;
};

} // namespace goodsight
