#include "app/cli/ProjectPlace.h"

#include "core/base/Paths.h"

#include <QCoreApplication>

namespace goodsight::cli {

Error noProject(const QString& dir)
{
    return {QStringLiteral("bad-project"),
            QCoreApplication::translate("goodsight::ProjectCommand", "%1 is not a Goodsight project.")
                .arg(quotedName(dir)),
            QCoreApplication::translate("goodsight::ProjectCommand",
                                        "Make one with: goodsight-cli project init DIR")};
}

QString asGiven(const QString& file, const QString& root, const QString& project)
{
    return file.startsWith(root + u'/') ? paths::joined(project, file.mid(root.size() + 1)) : file;
}

} // namespace goodsight::cli
