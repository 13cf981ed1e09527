#pragma once

#include "core/learning/EmbeddingMetric.h"

#include <QHash>
#include <QString>

#include <memory>
#include <shared_mutex>
#include <span>
#include <vector>

namespace goodsight {

/// A photo whose product a person named.
struct TaughtPhoto {
    QString sha256;
    QString labelId;
    std::vector<float> embedding;
    /// Photos with one number other than 0 were taken in one go or are nearly the same (photoGroups()): what
    /// is learnt from one of them must not be judged by another.
    qint64 group = 0;
};

/// How well a photo fits a product that has prototypes.
struct PrototypeScore {
    QString labelId;
    /// log p(photo | product) - log p(photo | some product or other), natural logarithm.
    double evidence = 0;
    int photos = 0; ///< that taught the product
};

/// Knows products from single photos: each has one prototype, or several where its photos differ as much as
/// photos of different products do. A correction counts for the next photo; nothing is trained.
///
/// A prototype is the mean of n photos in the coordinates of an EmbeddingMetric, drawn towards the mean of
/// all products, and its spread holds what n photos leave open: so that products taught by one photo and by a
/// hundred may be compared (Ioffe 2006). Densities have heavy tails, multivariate t instead of normal (Kenny
/// 2010, "Bayesian speaker verification with heavy-tailed priors"), so that a picture that is like no product
/// does not count as one that it is the least unlike. What it holds depends on the photos, not on the order
/// in which they came. Every function on any thread, many at once; a query that runs while a photo is added
/// sees it or not. Nothing is kept on disk. 2 KB a photo, 4 KB a prototype.
class PrototypeIndex {
public:
    explicit PrototypeIndex(std::shared_ptr<const EmbeddingMetric> metric);

    /// Teaches that the photo `sha256` shows `labelId`, in place of whatever the same photo taught before.
    /// `embedding`: the metric's dimensions(). Errors, with nothing changed: "bad-embedding" (another length,
    /// a number that is not finite, all 0).
    [[nodiscard]] Result<void> add(const QString& sha256, std::span<const float> embedding,
                                   const QString& labelId);
    /// Forgets what the photo taught; false where it taught nothing.
    bool remove(const QString& sha256);
    /// Replaces everything by `photos`; of two with the same hash the later counts. Photos that add() refuses
    /// are left out. Returns how many are held. Queries go on with what was there before until it is done.
    int rebuild(std::span<const TaughtPhoto> photos);

    /// Photos held.
    [[nodiscard]] int photos() const;
    /// Prototypes of `labelId`.
    [[nodiscard]] int prototypes(const QString& labelId) const;

    /// The score of every product that has prototypes, in the order of their ids; empty for an embedding that
    /// add() would refuse. Well below a millisecond for 1,000 products.
    [[nodiscard]] std::vector<PrototypeScore> scores(std::span<const float> embedding) const;

private:
    struct Prototype {
        std::vector<float> centre;  ///< posterior mean
        std::vector<float> inverse; ///< 1 / predictive variance
        float offset = 0;           ///< log of its share of the product's photos and of the normalisation
    };
    struct Product {
        std::vector<QString> photos; ///< sorted, so that sums do not depend on the order of additions
        std::vector<Prototype> prototypes;
    };
    struct Photo {
        QString labelId;
        std::vector<float> point; ///< coordinates
    };
    struct Contents {
        QHash<QString, Photo> photos;
        std::vector<std::pair<QString, Product>> products; ///< sorted by label
    };

    [[nodiscard]] Result<std::vector<float>> project(std::span<const float> embedding) const;
    [[nodiscard]] std::vector<Prototype> learn(const Contents& contents, const Product& product) const;
    static Product& product(Contents& contents, const QString& labelId);
    void forget(Contents& contents, const QString& sha256) const;

    const std::shared_ptr<const EmbeddingMetric> m_metric;
    mutable std::shared_mutex m_mutex;
    Contents m_contents;
};

} // namespace goodsight
