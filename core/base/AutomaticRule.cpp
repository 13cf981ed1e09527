#include "core/base/AutomaticRule.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace goodsight {

namespace {
constexpr QLatin1String kModel{"model"};
constexpr QLatin1String kMaxError{"maxError"};
constexpr QLatin1String kThreshold{"threshold"};
constexpr QLatin1String kPhotos{"photos"};
constexpr QLatin1String kSince{"since"};
constexpr QLatin1String kProject{"project"}; // as text: JSON's numbers are no 64-bit ones
} // namespace

QString AutomaticRule::toText() const
{
    const QJsonObject object{{kModel, modelFingerprint},
                             {kMaxError, maxError},
                             {kThreshold, threshold},
                             {kPhotos, photos},
                             {kSince, since.toMSecsSinceEpoch()},
                             {kProject, QString::number(project)}};
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

std::optional<AutomaticRule> AutomaticRule::fromText(const QString& text)
{
    const QJsonObject object = QJsonDocument::fromJson(text.toUtf8()).object();
    AutomaticRule rule;
    rule.modelFingerprint = object[kModel].toString();
    rule.maxError = object[kMaxError].toDouble();
    rule.threshold = object[kThreshold].toDouble(-1);
    rule.photos = object[kPhotos].toInt();
    rule.since = QDateTime::fromMSecsSinceEpoch(object[kSince].toInteger(), Qt::UTC);
    rule.project = object[kProject].toString().toULongLong();
    const bool possible = rule.project != 0 && !rule.modelFingerprint.isEmpty() && rule.maxError > 0 &&
                          rule.maxError < 1 && rule.threshold >= 0 && rule.threshold <= 1 &&
                          object.contains(kSince);
    return possible ? std::optional(rule) : std::nullopt;
}

} // namespace goodsight
