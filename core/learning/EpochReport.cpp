#include "core/learning/EpochReport.h"

#include <QJsonArray>

#include <cmath>
#include <limits>

namespace goodsight {

QJsonObject EpochReport::toJson() const
{
    const auto number = [](double value) {
        return std::isfinite(value) ? QJsonValue(value) : QJsonValue(QJsonValue::Null);
    };
    QJsonArray worst;
    for (const int index : worstClasses)
        worst.append(index);
    QJsonArray recalls;
    for (const double recall : worstRecalls)
        recalls.append(recall);
    return {{QStringLiteral("stage"), stage},
            {QStringLiteral("epoch"), epoch},
            {QStringLiteral("epochs"), epochs},
            {QStringLiteral("train_loss"), number(trainLoss)},
            {QStringLiteral("val_loss"), number(valLoss)},
            {QStringLiteral("train_top1"), number(trainTop1)},
            {QStringLiteral("train_top3"), number(trainTop3)},
            {QStringLiteral("val_top1"), number(valTop1)},
            {QStringLiteral("val_top3"), number(valTop3)},
            {QStringLiteral("seconds_left"), number(secondsLeft)},
            {QStringLiteral("worst_classes"), worst},
            {QStringLiteral("worst_recalls"), recalls}};
}

EpochReport EpochReport::fromJson(const QJsonObject& json)
{
    EpochReport report;
    const auto number = [&json](QLatin1String key) {
        return json.value(key).toDouble(std::numeric_limits<double>::quiet_NaN());
    };
    report.stage = json.value(QLatin1String("stage")).toInt();
    report.epoch = json.value(QLatin1String("epoch")).toInt();
    report.epochs = json.value(QLatin1String("epochs")).toInt();
    report.trainLoss = number(QLatin1String("train_loss"));
    report.valLoss = number(QLatin1String("val_loss"));
    report.trainTop1 = number(QLatin1String("train_top1"));
    report.trainTop3 = number(QLatin1String("train_top3"));
    report.valTop1 = number(QLatin1String("val_top1"));
    report.valTop3 = number(QLatin1String("val_top3"));
    report.secondsLeft = number(QLatin1String("seconds_left"));
    const QJsonArray worst = json.value(QLatin1String("worst_classes")).toArray();
    for (const QJsonValue& index : worst)
        report.worstClasses.append(index.toInt());
    const QJsonArray recalls = json.value(QLatin1String("worst_recalls")).toArray();
    for (const QJsonValue& recall : recalls)
        report.worstRecalls.append(recall.toDouble());
    return report;
}

} // namespace goodsight
