#include "core/inference/EmbeddingCache.h"

#include <QCryptographicHash>
#include <QJsonDocument>

#include <utility>

namespace goodsight {

namespace {

/// What 8-bit embeddings depend on besides: the scales, and how rounding is done. Not on golden logits, which
/// another head changes, nor on the report.
QString arithmeticOf(const Int8Scales& int8)
{
    QJsonObject scales = int8.toJson();
    scales.remove(QStringLiteral("golden_logits"));
    scales.remove(QStringLiteral("report"));
    const QByteArray told = QJsonDocument(scales).toJson(QJsonDocument::Compact);
    constexpr qsizetype kDigits = 16;
    return QString::number(int8::kArithmetic) + u'-' +
           QString::fromLatin1(
               QCryptographicHash::hash(told, QCryptographicHash::Sha256).toHex().first(kDigits));
}

} // namespace

QString embeddingKey(const ModelPackage& package, const QString& backendName, bool exact)
{
    if (package.backbone.isEmpty())
        return {};
    const PreprocessSpec& spec = package.preprocessing;
    QStringList parts{package.backbone, backendName,
                      exact ? QStringLiteral("exact") : QStringLiteral("reduced"),
                      QString::number(spec.resize), QString::number(spec.crop)};
    for (const float number :
         {spec.mean[0], spec.mean[1], spec.mean[2], spec.std[0], spec.std[1], spec.std[2]})
        parts.append(QString::number(static_cast<double>(number), 'g', 9));
    if (package.int8 && backendName == u"onednn-int8")
        parts.append(arithmeticOf(*package.int8));
    return parts.join(u'/');
}

EmbeddingCache::EmbeddingCache(std::size_t capacity, Backing backing)
    : m_capacity(capacity)
    , m_backing(std::move(backing))
{}

std::optional<std::vector<float>> EmbeddingCache::find(const QString& sha256, const QString& key)
{
    if (sha256.isEmpty() || key.isEmpty())
        return std::nullopt;
    const Id id(sha256, key);
    {
        const std::lock_guard lock(m_mutex);
        if (const auto found = m_places.constFind(id); found != m_places.cend()) {
            m_recent.splice(m_recent.begin(), m_recent, *found);
            return (*found)->embedding;
        }
    }
    if (!m_backing.find)
        return std::nullopt;
    auto found = m_backing.find(sha256, key);
    if (found)
        remember(id, *found);
    return found;
}

void EmbeddingCache::insert(const QString& sha256, const QString& key, const std::vector<float>& embedding)
{
    if (sha256.isEmpty() || key.isEmpty())
        return;
    remember({sha256, key}, embedding);
    if (m_backing.keep)
        m_backing.keep(sha256, key, embedding);
}

void EmbeddingCache::remember(const Id& id, const std::vector<float>& embedding)
{
    const std::lock_guard lock(m_mutex);
    if (const auto found = m_places.constFind(id); found != m_places.cend()) {
        (*found)->embedding = embedding;
        m_recent.splice(m_recent.begin(), m_recent, *found);
        return;
    }
    m_recent.push_front({id, embedding});
    m_places.insert(id, m_recent.begin());
    if (m_recent.size() > m_capacity) {
        m_places.remove(m_recent.back().id);
        m_recent.pop_back();
    }
}

std::size_t EmbeddingCache::size() const
{
    const std::lock_guard lock(m_mutex);
    return m_recent.size();
}

} // namespace goodsight
