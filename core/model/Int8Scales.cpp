#include "core/model/Int8Scales.h"

#include <QJsonArray>

#include <cmath>

namespace goodsight {

namespace {

bool positive(const QJsonValue& value, float& out)
{
    out = static_cast<float>(value.toDouble(NAN));
    return std::isfinite(out) && out > 0.0F;
}

double written(float value)
{
    return QString::number(static_cast<double>(value), 'g', 9).toDouble();
}

bool hasShortcut(std::size_t block)
{
    return block == 2 || block == 4 || block == 6;
}

} // namespace

bool Int8Scales::areOfAnotherVersion(const QJsonObject& json)
{
    const int levels = json.value(QStringLiteral("levels")).toInt();
    return levels > 0 && levels != int8::kLevels;
}

tl::expected<Int8Scales, QString> Int8Scales::fromJson(const QJsonObject& json)
{
    Int8Scales scales;
    if (json.value(QStringLiteral("levels")).toInt() != int8::kLevels)
        return tl::make_unexpected(QStringLiteral("levels"));
    if (!positive(json.value(QStringLiteral("pooled")), scales.pooled))
        return tl::make_unexpected(QStringLiteral("pooled"));
    const QJsonArray blocks = json.value(QStringLiteral("blocks")).toArray();
    if (static_cast<std::size_t>(blocks.size()) != scales.blocks.size())
        return tl::make_unexpected(QStringLiteral("blocks"));
    for (std::size_t i = 0; i < scales.blocks.size(); ++i) {
        const QJsonObject block = blocks[static_cast<qsizetype>(i)].toObject();
        if (!positive(block.value(QStringLiteral("middle")), scales.blocks[i].middle) ||
            !positive(block.value(QStringLiteral("out")), scales.blocks[i].out) ||
            (hasShortcut(i) && !positive(block.value(QStringLiteral("shortcut")), scales.blocks[i].shortcut)))
            return tl::make_unexpected(QStringLiteral("blocks[%1]").arg(i));
    }
    for (const QJsonValue& row : json.value(QStringLiteral("golden_logits")).toArray()) {
        std::vector<float> logits;
        for (const QJsonValue& value : row.toArray()) {
            logits.push_back(static_cast<float>(value.toDouble(NAN)));
            if (!std::isfinite(logits.back()))
                return tl::make_unexpected(QStringLiteral("golden_logits"));
        }
        scales.goldenLogits.push_back(std::move(logits));
    }
    scales.report = json.value(QStringLiteral("report")).toObject();
    return scales;
}

QJsonObject Int8Scales::toJson() const
{
    QJsonArray all;
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        QJsonObject block{{QStringLiteral("middle"), written(blocks[i].middle)},
                          {QStringLiteral("out"), written(blocks[i].out)}};
        if (hasShortcut(i))
            block.insert(QStringLiteral("shortcut"), written(blocks[i].shortcut));
        all.append(block);
    }
    QJsonArray golden;
    for (const std::vector<float>& logits : goldenLogits) {
        QJsonArray row;
        for (const float value : logits)
            row.append(written(value));
        golden.append(row);
    }
    return {{QStringLiteral("levels"), int8::kLevels},
            {QStringLiteral("pooled"), written(pooled)},
            {QStringLiteral("blocks"), all},
            {QStringLiteral("golden_logits"), golden},
            {QStringLiteral("report"), report}};
}

} // namespace goodsight
