#include "core/base/DeviceName.h"

#include <QRegularExpression>

namespace goodsight {

bool isDeviceName(const QString& name)
{
    static const QRegularExpression pattern(
        QStringLiteral("\\A(con|prn|aux|nul|com[0-9]|lpt[0-9])\\s*(\\.|\\z)"),
        QRegularExpression::CaseInsensitiveOption);
    return pattern.match(name).hasMatch();
}

} // namespace goodsight
