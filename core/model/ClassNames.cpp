#include "core/model/ClassNames.h"

#include <QFileInfo>

namespace goodsight {

namespace {

QString folded(const QString& name)
{
    return name.simplified().toLower().replace(u' ', u'-').replace(u'_', u'-');
}

} // namespace

QString folderName(const QString& file)
{
    return QFileInfo(QFileInfo(file).absolutePath()).fileName();
}

ClassNames::ClassNames(const QList<ModelClass>& classes)
{
    for (int i = 0; i < classes.size(); ++i) {
        for (const QString& name : {folded(classes[i].en), folded(classes[i].zh)}) {
            if (!m_numbers.contains(name))
                m_numbers.insert(name, i);
        }
    }
    // An id is unique; a name that two classes share must not hide one.
    for (int i = 0; i < classes.size(); ++i)
        m_numbers.insert(folded(classes[i].id), i);
    m_numbers.remove(QString());
}

int ClassNames::find(const QString& name) const
{
    return m_numbers.value(folded(name), -1);
}

} // namespace goodsight
