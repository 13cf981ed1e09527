#pragma once

#include "core/model/ModelPackage.h"

#include <QHash>

namespace goodsight {

/// The folder that a file lies in, without what is above it.
[[nodiscard]] QString folderName(const QString& file);

/// Finds a model's classes by any of their names, as people name folders after them: "Granny Smith" and
/// "granny_smith" are "granny-smith". An id goes before a name that another class has, too.
class ClassNames {
public:
    explicit ClassNames(const QList<ModelClass>& classes);

    /// The class called `name` (id, English or Chinese); -1 for none.
    [[nodiscard]] int find(const QString& name) const;
    /// The class that the folder of `file` is named after; -1 for none.
    [[nodiscard]] int ofFolder(const QString& file) const { return find(folderName(file)); }

private:
    QHash<QString, int> m_numbers;
};

} // namespace goodsight
