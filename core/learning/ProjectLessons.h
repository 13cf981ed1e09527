#pragma once

#include "core/learning/KnownPhotos.h"
#include "core/learning/TaughtProducts.h"

#include <QSet>

#include <memory>

namespace goodsight {

/// What a model and a project's answers teach together: a PrototypeIndex over what the model learnt from
/// (KnownPhotos, where it is beside the model) and over the photos of the project that have a label and an
/// embedding. One thread at a time; only the index is shared.
class ProjectLessons {
public:
    /// Most photos of the project that the metric is learnt from; more change nothing and take minutes.
    static constexpr std::size_t kMetricPhotos = 20'000;

    /// `model` without weights; `known` may be null. `projectDir`: an open project. A second, and more for
    /// tens of thousands of photos. Errors: "bad-model" where the model does not tell its backbone; the
    /// database's.
    ///
    /// Without `known` only products that the model lacks are taught: those of its own that have prototypes
    /// could not be compared with those that have none.
    [[nodiscard]] static Result<ProjectLessons> read(std::shared_ptr<const ModelPackage> model,
                                                     std::shared_ptr<const KnownPhotos> known,
                                                     const QString& projectDir);

    /// The photo shows `labelId`, whatever it taught before. Errors: PrototypeIndex::add()'s.
    [[nodiscard]] Result<void> teach(const QString& sha256, const std::vector<float>& embedding,
                                     const QString& labelId);
    /// Takes over what else happened in the project: labels changed, merged or taken back. Reads every
    /// embedding, computes only with what differs. True where something did. Errors: the database's.
    [[nodiscard]] Result<bool> refresh();

    [[nodiscard]] const ModelPackage& model() const { return *m_model; }
    [[nodiscard]] std::shared_ptr<const PrototypeIndex> index() const { return m_index; }
    [[nodiscard]] const FusionWeights& weights() const { return m_weights; }
    /// What a person taught: sha256 to label id.
    [[nodiscard]] const QHash<QString, QString>& photos() const { return m_photos; }
    /// Photos that a person taught, by label id.
    [[nodiscard]] QHash<QString, int> taught() const;

    /// The photos of a project that have a label and an embedding of the backbone of `model`, 2 KB each,
    /// without those that its split keeps from training. Any thread. Errors: the database's.
    [[nodiscard]] static Result<std::vector<TaughtPhoto>> photosOf(const QString& projectDir,
                                                                   const ModelPackage& model);
    /// Keys of the project's embeddings that are comparable with the model's, whatever engine made them.
    [[nodiscard]] static QStringList keys(const ModelPackage& model);

private:
    ProjectLessons(std::shared_ptr<const ModelPackage> model, QString projectDir);
    [[nodiscard]] bool isTeachable(const QString& labelId) const { return !m_closed.contains(labelId); }

    std::shared_ptr<const ModelPackage> m_model;
    QString m_projectDir;
    FusionWeights m_weights;
    std::shared_ptr<PrototypeIndex> m_index;
    QHash<QString, QString> m_photos; ///< sha256 to label id
    QSet<QString> m_closed;           ///< ids of products that cannot be taught
};

} // namespace goodsight
