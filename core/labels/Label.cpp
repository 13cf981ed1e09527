#include "core/labels/Label.h"

namespace goodsight {

QString Label::displayName(const QLocale& locale) const
{
    const bool chinese = locale.language() == QLocale::Chinese;
    const QString& first = chinese ? zh : en;
    const QString& second = chinese ? en : zh;
    if (!first.isEmpty())
        return first;
    return second.isEmpty() ? id : second;
}

} // namespace goodsight
