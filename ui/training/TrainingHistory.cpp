#include "ui/training/TrainingHistory.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSaveFile>

#include <array>
#include <limits>

namespace goodsight {

namespace {

constexpr std::array<const char*, 5> kStates{"waiting", "running", "done", "failed", "cancelled"};

double number(const QJsonObject& json, const char* key)
{
    return json[QLatin1String(key)].toDouble(std::numeric_limits<double>::quiet_NaN());
}

Error errorFrom(const QJsonObject& json)
{
    return {json[u"code"].toString(), json[u"message"].toString(), json[u"hint"].toString()};
}

EpochReport epochFrom(const QJsonObject& json)
{
    EpochReport report;
    report.stage = json[u"stage"].toInt();
    report.epoch = json[u"epoch"].toInt();
    report.epochs = json[u"epochs"].toInt();
    report.trainLoss = number(json, "train_loss");
    report.valLoss = number(json, "val_loss");
    report.trainTop1 = number(json, "train_top1");
    report.trainTop3 = number(json, "train_top3");
    report.valTop1 = number(json, "val_top1");
    report.valTop3 = number(json, "val_top3");
    report.secondsLeft = -1; // was of another time
    return report;
}

QJsonObject toJson(const TrainingRun& run)
{
    QJsonArray epochs;
    for (const EpochReport& report : run.epochs)
        epochs.append(report.toJson());
    QJsonArray worst;
    for (const WeakProduct& product : run.worst)
        worst.append(QJsonObject{{QStringLiteral("id"), product.id},
                                 {QStringLiteral("recall"), product.recall},
                                 {QStringLiteral("photos"), product.photos}});
    const auto time = [](const QDateTime& at) { return at.toUTC().toString(Qt::ISODateWithMs); };
    return {{QStringLiteral("id"), run.id},
            {QStringLiteral("preset"), run.wish.preset},
            {QStringLiteral("project"), run.wish.projectDir},
            {QStringLiteral("start"), run.wish.startModel},
            {QStringLiteral("photos"), run.wish.photos},
            {QStringLiteral("products"), run.wish.products},
            {QStringLiteral("folder"), run.wish.folder},
            {QStringLiteral("state"), QLatin1String(kStates[static_cast<std::size_t>(run.state)])},
            {QStringLiteral("asked"), time(run.asked)},
            {QStringLiteral("begun"), time(run.begun)},
            {QStringLiteral("ended"), time(run.ended)},
            {QStringLiteral("before"), run.before},
            {QStringLiteral("epochs"), epochs},
            {QStringLiteral("worst"), worst},
            {QStringLiteral("learnt_from"), run.photos},
            {QStringLiteral("model"), run.model},
            {QStringLiteral("error"), run.error.toJson()},
            {QStringLiteral("lost"), run.lost},
            {QStringLiteral("warning"), run.warning.toJson()}};
}

TrainingRun runFrom(const QJsonObject& json)
{
    TrainingRun run;
    run.id = json[u"id"].toInteger();
    run.wish = {json[u"preset"].toString(), json[u"project"].toString(), json[u"start"].toString(),
                json[u"photos"].toInt(),    json[u"products"].toInt(),   json[u"folder"].toString()};
    const QString state = json[u"state"].toString();
    run.state = TrainingRun::State::Cancelled;
    for (std::size_t i = 0; i < kStates.size(); ++i) {
        if (state == QLatin1String(kStates[i]))
            run.state = static_cast<TrainingRun::State>(i);
    }
    if (!run.over())
        run.state = TrainingRun::State::Cancelled;
    const auto time = [&](const char* key) {
        return QDateTime::fromString(json[QLatin1String(key)].toString(), Qt::ISODateWithMs).toLocalTime();
    };
    run.asked = time("asked");
    run.begun = time("begun");
    run.ended = time("ended");
    run.before = json[u"before"].toDouble();
    for (const QJsonValue& epoch : json[u"epochs"].toArray())
        run.epochs.append(epochFrom(epoch.toObject()));
    for (const QJsonValue& product : json[u"worst"].toArray()) {
        const QJsonObject weak = product.toObject();
        if (!weak.isEmpty())
            run.worst.append({weak[u"id"].toString(), number(weak, "recall"), weak[u"photos"].toInt()});
    }
    run.photos = json[u"learnt_from"].toInt();
    run.model = json[u"model"].toString();
    run.error = errorFrom(json[u"error"].toObject());
    run.lost = json[u"lost"].toInt();
    run.warning = errorFrom(json[u"warning"].toObject());
    return run;
}

} // namespace

TrainingHistory::TrainingHistory(QString file)
    : m_file(std::move(file))
{}

QList<TrainingRun> TrainingHistory::load() const
{
    QFile in(m_file);
    if (!in.open(QIODevice::ReadOnly))
        return {};
    const QJsonArray rows = QJsonDocument::fromJson(in.readAll()).object()[u"runs"].toArray();
    QList<TrainingRun> runs;
    for (const QJsonValue& row : rows) {
        if (row.isObject())
            runs.append(runFrom(row.toObject()));
    }
    return runs.last(std::min<qsizetype>(runs.size(), kMost));
}

void TrainingHistory::save(const QList<TrainingRun>& runs) const
{
    QJsonArray rows;
    for (const TrainingRun& run : runs.last(std::min<qsizetype>(runs.size(), kMost)))
        rows.append(toJson(run));
    QDir().mkpath(QFileInfo(m_file).absolutePath());
    QSaveFile out(m_file);
    if (out.open(QIODevice::WriteOnly)) {
        out.write(QJsonDocument(QJsonObject{{QStringLiteral("runs"), rows}}).toJson(QJsonDocument::Compact));
        out.commit();
    }
}

} // namespace goodsight
