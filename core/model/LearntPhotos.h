#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QSet>
#include <QString>

namespace goodsight {

/// Which photos a model learnt from, so that figures on them are never taken for figures on new ones. Told by
/// the first 48 bits of each photo's SHA-256: of 100,000 photos that it never saw, one is taken for learnt
/// with a chance of about 1 in 28,000. A value.
class LearntPhotos {
public:
    /// Of a package's manifest: "training"."learnt_from". Empty where that is missing or damaged, as in
    /// models that were made elsewhere.
    [[nodiscard]] static LearntPhotos fromManifest(const QJsonObject& manifest);

    /// `sha256` in hexadecimal, as all of these; what is too short for one is passed over.
    void add(const QString& sha256);
    void add(const LearntPhotos& others) { m_begun.unite(others.m_begun); }
    [[nodiscard]] bool contains(const QString& sha256) const { return m_begun.contains(begunOf(sha256)); }
    [[nodiscard]] qsizetype count() const { return m_begun.size(); }
    [[nodiscard]] bool isEmpty() const { return m_begun.isEmpty(); }

    /// What fromManifest() reads back: base64, the same whatever order they were added in.
    [[nodiscard]] QString toText() const;

private:
    static constexpr qsizetype kBytes = 6;
    [[nodiscard]] static QByteArray begunOf(const QString& sha256);

    QSet<QByteArray> m_begun;
};

} // namespace goodsight
