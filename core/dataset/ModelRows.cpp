#include "core/dataset/ModelRows.h"

#include "core/dataset/AutomaticRows.h"

#include <QCoreApplication>
#include <QJsonDocument>

#include <algorithm>
#include <array>

namespace goodsight::modelrows {

namespace {

const QString kSelect =
    QStringLiteral("SELECT id, name, fingerprint, file, parent, data, plan, seed, metrics, at, stage, "
                   "promoted_at, replaced_name, replaced_fingerprint FROM models ");

constexpr std::array kStages{ModelStage::Candidate, ModelStage::InShadow, ModelStage::Promoted,
                             ModelStage::Rejected};

QString stageWord(ModelStage stage)
{
    switch (stage) {
    case ModelStage::InShadow:
        return QStringLiteral("shadow");
    case ModelStage::Promoted:
        return QStringLiteral("promoted");
    case ModelStage::Rejected:
        return QStringLiteral("rejected");
    case ModelStage::Candidate:
        break;
    }
    return QStringLiteral("candidate");
}

ModelStage stageFromWord(const QString& word)
{
    const auto* const found =
        std::find_if(kStages.begin(), kStages.end(), [&](ModelStage one) { return stageWord(one) == word; });
    return found == kStages.end() ? ModelStage::Rejected : *found;
}

QString json(const QJsonObject& object)
{
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

QJsonObject object(const QVariant& text)
{
    return QJsonDocument::fromJson(text.toString().toUtf8()).object();
}

QDateTime time(const QVariant& value)
{
    return value.isNull() ? QDateTime() : QDateTime::fromMSecsSinceEpoch(value.toLongLong(), Qt::UTC);
}

ModelRecord read(const QSqlQuery& row)
{
    ModelRecord model;
    model.id = row.value(0).toLongLong();
    model.name = row.value(1).toString();
    model.fingerprint = row.value(2).toString();
    model.file = row.value(3).toString();
    model.parent = row.value(4).toString();
    model.data = row.value(5).toString();
    model.plan = object(row.value(6));
    model.seed = row.value(7).toUInt();
    model.metrics = object(row.value(8));
    model.at = time(row.value(9));
    model.stage = stageFromWord(row.value(10).toString());
    model.promotedAt = time(row.value(11));
    model.replaced = {row.value(12).toString(), row.value(13).toString()};
    return model;
}

std::optional<ModelRecord> first(sql::Session& session, const QString& where, const QVariantList& values)
{
    std::optional<ModelRecord> found;
    session.each(kSelect + where + QStringLiteral(" LIMIT 1"), values,
                 [&](const QSqlQuery& row) { found = read(row); });
    return found;
}

std::optional<ModelRecord> byId(sql::Session& session, qint64 id)
{
    return first(session, QStringLiteral("WHERE id = ?"), {id});
}

} // namespace

ModelRecord add(sql::Session& session, const ModelRecord& model)
{
    if (session.value(QStringLiteral("SELECT 1 FROM models WHERE name = ?"), {model.name}).isValid())
        session.reject(
            {QStringLiteral("model-name-taken"),
             QCoreApplication::translate("goodsight::Dataset", "The project has a model called %1 already.")
                 .arg(model.name),
             QCoreApplication::translate("goodsight::Dataset", "Choose another name.")});
    const qint64 id = session.insert(
        QStringLiteral("INSERT INTO models (name, fingerprint, file, parent, data, plan, seed, metrics, at) "
                       "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"),
        {model.name, model.fingerprint, model.file, model.parent, model.data, json(model.plan), model.seed,
         json(model.metrics), QDateTime::currentMSecsSinceEpoch()});
    return byId(session, id).value_or(model);
}

QList<ModelRecord> all(sql::Session& session)
{
    QList<ModelRecord> models;
    session.each(kSelect + QStringLiteral("ORDER BY id DESC"), {},
                 [&](const QSqlQuery& row) { models.append(read(row)); });
    return models;
}

QList<ModelRecord> lineage(sql::Session& session, const QString& fingerprint)
{
    QList<ModelRecord> line;
    QString wanted = fingerprint;
    // Training that changed nothing gives a model that is its own parent; a parent is always older.
    for (const ModelRecord& model : all(session))
        if (model.fingerprint == wanted) {
            line.append(model);
            wanted = model.parent;
        }
    return line;
}

bool mayMove(ModelStage from, ModelStage to)
{
    switch (from) {
    case ModelStage::Candidate:
        return to == ModelStage::InShadow || to == ModelStage::Rejected;
    case ModelStage::InShadow:
        return to == ModelStage::Promoted || to == ModelStage::Rejected;
    case ModelStage::Promoted:
    case ModelStage::Rejected:
        break;
    }
    return false;
}

ModelRecord move(sql::Session& session, qint64 id, ModelStage stage, const ModelRef& inUse)
{
    const auto model = byId(session, id);
    if (!model)
        session.reject(
            {QStringLiteral("model-unknown"),
             QCoreApplication::translate("goodsight::Dataset", "The project does not know this model."),
             {}});
    else if (!mayMove(model->stage, stage))
        session.reject(
            {QStringLiteral("model-stage"),
             QCoreApplication::translate("goodsight::Dataset", "The model %1 cannot take this step now.")
                 .arg(model->name),
             QCoreApplication::translate(
                 "goodsight::Dataset", "A new model runs in the shadow first; what was promoted or rejected "
                                       "stays so.")});
    if (stage == ModelStage::Promoted)
        session.run(
            QStringLiteral("UPDATE models SET stage = ?, promoted_at = ?, replaced_name = ?, "
                           "replaced_fingerprint = ? WHERE id = ?"),
            {stageWord(stage), QDateTime::currentMSecsSinceEpoch(), inUse.name, inUse.fingerprint, id});
    else
        session.run(QStringLiteral("UPDATE models SET stage = ? WHERE id = ?"), {stageWord(stage), id});
    return byId(session, id).value_or(ModelRecord{});
}

ModelRef takeBack(sql::Session& session)
{
    const auto model = first(session, QStringLiteral("WHERE stage = ? ORDER BY promoted_at DESC, id DESC"),
                             {stageWord(ModelStage::Promoted)});
    if (!model) {
        session.reject(
            {QStringLiteral("nothing-to-take-back"),
             QCoreApplication::translate("goodsight::Dataset", "No model of this project was put into use."),
             {}});
        return {};
    }
    session.run(QStringLiteral("UPDATE models SET stage = ? WHERE id = ?"),
                {stageWord(ModelStage::Rejected), model->id});
    return model->replaced;
}

void keepShadow(sql::Session& session, qint64 model, const QString& against,
                const QList<ShadowAnswer>& answers)
{
    for (const ShadowAnswer& one : answers)
        session.run(QStringLiteral("INSERT OR REPLACE INTO shadow (model_id, image_id, against, old_label, "
                                   "old_confidence, new_label, new_confidence, at) "
                                   "SELECT m.id, i.id, ?, ?, ?, ?, ?, ? FROM models m, images i "
                                   "WHERE m.id = ? AND m.stage = 'shadow' AND i.sha256 = ? AND NOT EXISTS "
                                   "(SELECT 1 FROM annotations a WHERE a.image_id = i.id AND a.at < m.at)"),
                    {against, one.oldLabel, one.oldConfidence, one.newLabel, one.newConfidence,
                     QDateTime::currentMSecsSinceEpoch(), model, one.sha256});
}

photoqueries::Statement shadowStatement(qint64 model, const QString& against, bool onlyDiffering,
                                        qint64 limit, qint64 offset)
{
    const QString differing = onlyDiffering ? QStringLiteral("AND coalesce(o.merged_into, s.old_label) <> "
                                                             "coalesce(n.merged_into, s.new_label) ")
                                            : QString();
    return {
        QStringLiteral("SELECT i.sha256, coalesce(o.merged_into, s.old_label), s.old_confidence, "
                       "coalesce(n.merged_into, s.new_label), s.new_confidence, "
                       "CASE WHEN %1 THEN i.label_id END "
                       "FROM shadow s JOIN images i ON i.id = s.image_id "
                       "LEFT JOIN labels o ON o.id = s.old_label LEFT JOIN labels n ON n.id = s.new_label "
                       "WHERE s.model_id = ? AND s.against = ? AND i.removed = 0 ")
                .arg(automaticrows::labelledByPeople()) +
            differing + QStringLiteral("ORDER BY s.image_id DESC LIMIT ? OFFSET ?"),
        {model, against, limit, offset}};
}

QList<ShadowPhoto> shadow(sql::Session& session, const photoqueries::Statement& statement)
{
    QList<ShadowPhoto> photos;
    session.each(statement.text, statement.values, [&](const QSqlQuery& row) {
        photos.append({{row.value(0).toString(), row.value(1).toString(), row.value(2).toDouble(),
                        row.value(3).toString(), row.value(4).toDouble()},
                       row.value(5).toString()});
    });
    return photos;
}

} // namespace goodsight::modelrows
