#include "core/base/Error.h"

#include <QFileInfo>

namespace goodsight {

QJsonObject Error::toJson() const
{
    return {
        {QStringLiteral("code"), code}, {QStringLiteral("message"), message}, {QStringLiteral("hint"), hint}};
}

QString quotedName(const QString& path)
{
    QString name = QFileInfo(path).fileName();
    if (name.isEmpty())
        name = path;
    for (QChar& c : name) {
        if (c == u'\n')
            c = QChar(0x2424);
        else if (c.unicode() < 0x20)
            c = QChar(0x2400 + c.unicode());
        else if (c.unicode() == 0x7f)
            c = QChar(0x2421);
    }
    if (name.size() > kQuotedNameLength) {
        const qsizetype tail = kQuotedNameLength / 3;
        name = name.left(kQuotedNameLength - tail - 1) + QChar(0x2026) + name.right(tail);
    }
    return name;
}

} // namespace goodsight
