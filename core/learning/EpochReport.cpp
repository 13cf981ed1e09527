#include "core/learning/EpochReport.h"

#include <QJsonArray>

#include <cmath>

namespace goodsight {

QJsonObject EpochReport::toJson() const
{
    const auto number = [](double value) {
        return std::isfinite(value) ? QJsonValue(value) : QJsonValue(QJsonValue::Null);
    };
    QJsonArray worst;
    for (const int index : worstClasses)
        worst.append(index);
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
            {QStringLiteral("worst_classes"), worst}};
}

} // namespace goodsight
