#pragma once

#include <QJsonDocument>
#include <QJsonObject>
#include <QList>

namespace goodsight::testsupport {

/// What a command printed with --json: an object a line; an empty one for a line that is none.
[[nodiscard]] inline QList<QJsonObject> jsonLines(const QByteArray& out)
{
    QList<QJsonObject> lines;
    for (const QByteArray& line : out.split('\n')) {
        if (!line.isEmpty())
            lines += QJsonDocument::fromJson(line).object();
    }
    return lines;
}

} // namespace goodsight::testsupport
