#include "ui/shell/LabelIndex.h"

#include "ui/shell/ProjectSession.h"

#include <QLocale>

namespace goodsight {

LabelIndex::LabelIndex(ProjectSession& project, QObject* parent)
    : QObject(parent)
    , m_project(project)
{
    connect(&project, &ProjectSession::labelsChanged, this, &LabelIndex::rebuild);
}

LabelIndex::~LabelIndex() = default;

void LabelIndex::setModelLabels(const QList<Label>& labels)
{
    m_modelLabels = labels;
    rebuild();
}

void LabelIndex::rebuild()
{
    QList<Label> ordered = m_project.store() ? m_project.store()->labels() : QList<Label>();
    QHash<QString, Label> known;
    for (const Label& label : ordered)
        known.insert(label.id, label);
    for (const Label& label : m_modelLabels) {
        if (!known.contains(label.id)) {
            known.insert(label.id, label);
            ordered.append(label);
        }
    }
    if (ordered == m_ordered)
        return;
    m_ordered = ordered;
    m_labels = known;
    Q_EMIT changed();
    m_builder.post([this, ordered, generation = ++m_generation] {
        LabelSearch search(ordered);
        QMetaObject::invokeMethod(
            this,
            [this, search = std::move(search), generation] {
                if (generation != m_generation)
                    return;
                m_search = search;
                Q_EMIT changed();
            },
            Qt::QueuedConnection);
    });
}

QList<Label> LabelIndex::search(const QString& text, int most) const
{
    QList<Label> found;
    for (const LabelHit& hit : m_search.find(text, most))
        found.append(hit.label);
    return found;
}

Label LabelIndex::label(const QString& id) const
{
    return m_labels.value(id, Label{id, {}, id, {}});
}

Label LabelIndex::exact(const QString& name) const
{
    for (const Label& label : m_ordered) {
        if (label.zh == name || label.en.compare(name, Qt::CaseInsensitive) == 0)
            return label;
    }
    return {};
}

QString primaryName(const Label& label, bool englishFirst)
{
    const QString& first = englishFirst ? label.en : label.zh;
    const QString& other = englishFirst ? label.zh : label.en;
    return !first.isEmpty() ? first : !other.isEmpty() ? other : label.id;
}

QString secondaryName(const Label& label, bool englishFirst)
{
    const QString& other = englishFirst ? label.zh : label.en;
    return other == primaryName(label, englishFirst) ? QString() : other;
}

bool interfaceIsEnglish()
{
    return QLocale().language() == QLocale::English;
}

} // namespace goodsight
