#include "core/learning/ProjectLessons.h"

#include "core/dataset/EmbeddingTable.h"
#include "core/inference/EmbeddingCache.h"
#include "core/learning/LearningText.h"

namespace goodsight {

namespace {

/// Shows each labelled photo's embedding once.
Result<void> eachPhoto(const QString& projectDir, const ModelPackage& model,
                       const std::function<void(const LabelledEmbedding&)>& see)
{
    const auto table = EmbeddingTable::open(projectDir);
    if (!table)
        return fail(table.error());
    QSet<QString> seen;
    for (const QString& key : ProjectLessons::keys(model)) {
        const auto read = (*table)->eachLabelled(key, [&](const LabelledEmbedding& photo) {
            if (photo.embedding.size() != static_cast<std::size_t>(KnownPhotos::kWidth) ||
                seen.contains(photo.sha256))
                return;
            seen.insert(photo.sha256);
            see(photo);
        });
        if (!read)
            return read;
    }
    return {};
}

} // namespace

ProjectLessons::ProjectLessons(std::shared_ptr<const ModelPackage> model, QString projectDir)
    : m_model(std::move(model))
    , m_projectDir(std::move(projectDir))
{}

QStringList ProjectLessons::keys(const ModelPackage& model)
{
    QStringList keys;
    for (const QString& engine :
         {QStringLiteral("onednn-fp32"), QStringLiteral("onednn-int8"), QStringLiteral("torch")}) {
        for (const bool exact : {false, true})
            keys.append(embeddingKey(model, engine, exact));
    }
    return keys;
}

Result<ProjectLessons> ProjectLessons::read(std::shared_ptr<const ModelPackage> model,
                                            std::shared_ptr<const KnownPhotos> known,
                                            const QString& projectDir)
{
    if (model->backbone.isEmpty()) {
        return fail("bad-model",
                    LearningText::tr("The model “%1” does not say what its answers are made from.")
                        .arg(quotedName(model->name)));
    }
    ProjectLessons lessons(std::move(model), projectDir);
    std::vector<TaughtPhoto> photos;
    std::vector<float> embeddings;
    std::vector<int> labels;
    QHash<QString, int> numbers;
    const auto measure = [&](std::span<const float> embedding, const QString& id) {
        embeddings.insert(embeddings.end(), embedding.begin(), embedding.end());
        const auto next = static_cast<int>(numbers.size());
        const auto number = numbers.constFind(id);
        labels.push_back(number != numbers.cend() ? *number : *numbers.insert(id, next));
    };
    if (known) {
        lessons.m_weights = known->weights;
        for (std::size_t i = 0; i < known->train.labels.size(); ++i) {
            const auto one =
                std::span(known->train.embeddings).subspan(i * KnownPhotos::kWidth, KnownPhotos::kWidth);
            const QString& id = known->classes[known->train.labels[i]];
            measure(one, id);
            // No hash of a photo: what a person says of a photo that the model learnt from counts beside it.
            photos.push_back({QStringLiteral("known/%1").arg(i), id, {one.begin(), one.end()}});
        }
    }
    if (!known) {
        for (const ModelClass& one : lessons.m_model->classes)
            lessons.m_closed.insert(one.id);
    }
    std::size_t measured = 0;
    const auto read = eachPhoto(projectDir, *lessons.m_model, [&](const LabelledEmbedding& photo) {
        if (measured++ < kMetricPhotos)
            measure(photo.embedding, photo.labelId);
        if (!lessons.isTeachable(photo.labelId))
            return;
        photos.push_back({photo.sha256, photo.labelId, {photo.embedding.begin(), photo.embedding.end()}});
        lessons.m_photos.insert(photo.sha256, photo.labelId);
    });
    if (!read)
        return fail(read.error());
    auto metric = EmbeddingMetric::learn(embeddings, KnownPhotos::kWidth, labels);
    if (!metric)
        return fail(metric.error());
    lessons.m_index = std::make_shared<PrototypeIndex>(std::make_shared<EmbeddingMetric>(std::move(*metric)));
    lessons.m_index->rebuild(photos);
    return lessons;
}

Result<void> ProjectLessons::teach(const QString& sha256, const std::vector<float>& embedding,
                                   const QString& labelId)
{
    if (!isTeachable(labelId)) {
        if (m_photos.remove(sha256) > 0)
            m_index->remove(sha256);
        return {};
    }
    auto added = m_index->add(sha256, embedding, labelId);
    if (added)
        m_photos.insert(sha256, labelId);
    return added;
}

Result<bool> ProjectLessons::refresh()
{
    QHash<QString, QString> now;
    bool differs = false;
    const auto read = eachPhoto(m_projectDir, *m_model, [&](const LabelledEmbedding& photo) {
        if (!isTeachable(photo.labelId))
            return;
        if (m_photos.value(photo.sha256) != photo.labelId) {
            differs = true;
            if (!m_index->add(photo.sha256, photo.embedding, photo.labelId))
                return;
        }
        now.insert(photo.sha256, photo.labelId);
    });
    if (!read)
        return fail(read.error());
    for (auto photo = m_photos.cbegin(); photo != m_photos.cend(); ++photo) {
        if (!now.contains(photo.key())) {
            differs = true;
            m_index->remove(photo.key());
        }
    }
    m_photos = std::move(now);
    return differs;
}

Result<std::vector<TaughtPhoto>> ProjectLessons::photosOf(const QString& projectDir,
                                                          const ModelPackage& model)
{
    std::vector<TaughtPhoto> photos;
    std::vector<GroupItem> taken;
    const auto read = eachPhoto(projectDir, model, [&](const LabelledEmbedding& photo) {
        if (photo.part && *photo.part != Part::Train)
            return;
        photos.push_back({photo.sha256, photo.labelId, {photo.embedding.begin(), photo.embedding.end()}});
        taken.push_back(photo.taken);
    });
    if (!read)
        return fail(read.error());
    const std::vector<qint64> groups = photoGroups(taken);
    for (std::size_t i = 0; i < photos.size(); ++i)
        photos[i].group = groups[i];
    return photos;
}

QHash<QString, int> ProjectLessons::taught() const
{
    QHash<QString, int> counts;
    for (const QString& label : m_photos)
        ++counts[label];
    return counts;
}

} // namespace goodsight
