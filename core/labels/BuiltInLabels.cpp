#include "core/labels/LabelTable.h"

#include <QtDebug>

// Outside the namespace, as the macro asks: a static library's resources are registered by this call.
static void registerTables()
{
    Q_INIT_RESOURCE(labels);
}

namespace goodsight {

namespace {

LabelTable builtIn(const QString& path)
{
    registerTables();
    auto table = LabelTable::readFile(path);
    if (!table)
        qFatal("%s", qPrintable(table.error().message)); // a broken build; a test reads both tables
    return *table;
}

} // namespace

const LabelTable& imagenetLabels()
{
    static const LabelTable table = builtIn(QStringLiteral(":/labels/imagenet.csv"));
    return table;
}

const LabelTable& groceryLabels()
{
    static const LabelTable table = builtIn(QStringLiteral(":/labels/groceries.csv"));
    return table;
}

} // namespace goodsight
