#include "core/learning/RunState.h"

#include <QJsonArray>

namespace goodsight {

QJsonObject RunState::toJson() const
{
    QJsonArray epochs;
    for (const EpochReport& report : reports)
        epochs.append(report.toJson());
    return {{QStringLiteral("stage"), stage},
            {QStringLiteral("epoch"), epoch},
            {QStringLiteral("step"), step},
            {QStringLiteral("optimiser_steps"), optimiserSteps},
            {QStringLiteral("rows_at_once"), rowsAtOnce},
            {QStringLiteral("smallest_pass"), smallestPass},
            {QStringLiteral("loss"), counts.loss},
            {QStringLiteral("top1"), counts.top1},
            {QStringLiteral("top3"), counts.top3},
            {QStringLiteral("rows"), counts.rows},
            {QStringLiteral("seconds"), seconds},
            {QStringLiteral("epochs"), epochs}};
}

RunState RunState::fromJson(const QJsonObject& json)
{
    const auto number = [&json](const char* name) { return json.value(QLatin1String(name)).toDouble(); };
    RunState out;
    out.stage = json.value(QLatin1String("stage")).toInt();
    out.epoch = json.value(QLatin1String("epoch")).toInt();
    out.step = json.value(QLatin1String("step")).toInteger();
    out.optimiserSteps = json.value(QLatin1String("optimiser_steps")).toInteger();
    out.rowsAtOnce = json.value(QLatin1String("rows_at_once")).toInt();
    out.smallestPass = json.value(QLatin1String("smallest_pass")).toInt();
    out.counts = {number("loss"), number("top1"), number("top3"), number("rows")};
    out.seconds = number("seconds");
    const QJsonArray epochs = json.value(QLatin1String("epochs")).toArray();
    for (const QJsonValue& report : epochs)
        out.reports.push_back(EpochReport::fromJson(report.toObject()));
    return out;
}

} // namespace goodsight
