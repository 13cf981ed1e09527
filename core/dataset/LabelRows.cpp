#include "core/dataset/LabelRows.h"

#include "core/labels/LabelId.h"

#include <QCoreApplication>

namespace goodsight::labelrows {

namespace {

Label read(const QSqlQuery& query)
{
    return {query.value(0).toString(), query.value(1).toString(), query.value(2).toString(),
            query.value(3).toString()};
}

bool hasHan(const QString& text)
{
    for (const char32_t c : text.toUcs4())
        if (QChar::script(c) == QChar::Script_Han)
            return true;
    return false;
}

void insert(sql::Session& session, const Label& label)
{
    session.run(QStringLiteral("INSERT INTO labels (id, zh, en, sku, position) VALUES (?, ?, ?, ?, "
                               "(SELECT coalesce(max(position), 0) + 1 FROM labels))"),
                {label.id, label.zh, label.en, label.sku});
}

} // namespace

QList<Label> all(sql::Session& session)
{
    QList<Label> labels;
    session.each(QStringLiteral("SELECT id, zh, en, sku FROM labels WHERE hidden = 0 AND merged_into IS NULL "
                                "ORDER BY position"),
                 {}, [&](const QSqlQuery& query) { labels.append(read(query)); });
    return labels;
}

std::optional<Label> find(sql::Session& session, const QString& id)
{
    std::optional<Label> found;
    session.each(QStringLiteral("SELECT l.id, l.zh, l.en, l.sku FROM labels given "
                                "JOIN labels l ON l.id = coalesce(given.merged_into, given.id) "
                                "WHERE given.id = ? AND l.hidden = 0"),
                 {id}, [&](const QSqlQuery& query) { found = read(query); });
    return found;
}

std::optional<Label> findByName(sql::Session& session, const QString& name)
{
    if (auto byId = find(session, name))
        return byId;
    const QString key = labelNameKey(name);
    if (key.isEmpty())
        return std::nullopt;
    const QList<Label> labels = all(session);
    for (const Label& label : labels)
        if (labelNameKey(label.zh) == key || labelNameKey(label.en) == key || labelNameKey(label.id) == key)
            return label;
    for (const Label& label : labels)
        if (labelNameKey(label.sku) == key)
            return label;
    return std::nullopt;
}

bool ensure(sql::Session& session, const Label& label)
{
    session.run(
        QStringLiteral("UPDATE labels SET hidden = 0, zh = iif(zh = '', ?, zh), en = iif(en = '', ?, en), "
                       "sku = iif(sku = '', ?, sku) WHERE id = ? AND (hidden = 1 OR (zh = '' AND ? <> '') "
                       "OR (en = '' AND ? <> '') OR (sku = '' AND ? <> ''))"),
        {label.zh, label.en, label.sku, label.id, label.zh, label.en, label.sku});
    if (session.changes() > 0)
        return true;
    if (session.value(QStringLiteral("SELECT 1 FROM labels WHERE id = ?"), {label.id}).isValid())
        return false;
    insert(session, label);
    return true;
}

Named named(sql::Session& session, const QString& name)
{
    if (auto known = findByName(session, name))
        return {*known, false};
    Label label;
    const QString clean = name.simplified();
    (hasHan(clean) ? label.zh : label.en) = clean;
    session.each(QStringLiteral("SELECT id FROM labels WHERE hidden = 1 AND merged_into IS NULL AND zh = ? "
                                "AND en = ? ORDER BY position LIMIT 1"),
                 {label.zh, label.en}, [&](const QSqlQuery& query) { label.id = query.value(0).toString(); });
    if (!label.id.isEmpty()) {
        show(session, label.id);
        return {label, true};
    }
    label.id = uniqueLabelId(clean, [&](const QString& id) {
        return session.value(QStringLiteral("SELECT 1 FROM labels WHERE id = ?"), {id}).isValid();
    });
    insert(session, label);
    return {label, true};
}

void setNames(sql::Session& session, const Label& label)
{
    session.run(QStringLiteral("UPDATE labels SET zh = ?, en = ?, sku = ? WHERE id = ?"),
                {label.zh, label.en, label.sku, label.id});
}

void show(sql::Session& session, const QString& id)
{
    session.run(QStringLiteral("UPDATE labels SET hidden = 0 WHERE id = ?"), {id});
}

void hideUnused(sql::Session& session, const QString& id)
{
    session.run(QStringLiteral("UPDATE labels SET hidden = 1 WHERE id = ? AND NOT EXISTS "
                               "(SELECT 1 FROM images WHERE removed = 0 AND label_id = labels.id)"),
                {id});
}

Error nameMissing()
{
    return {QStringLiteral("label-name-missing"),
            QCoreApplication::translate("goodsight::Dataset", "A new product needs a name."),
            QCoreApplication::translate("goodsight::Dataset", "Type its Chinese or English name.")};
}

Error unknown(const QString& id)
{
    return {
        QStringLiteral("label-unknown"),
        QCoreApplication::translate("goodsight::Dataset", "The project has no label %1.").arg(quotedName(id)),
        QCoreApplication::translate("goodsight::Dataset", "Choose one of its labels or make a new product.")};
}

} // namespace goodsight::labelrows
