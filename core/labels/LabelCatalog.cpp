#include "core/labels/LabelCatalog.h"

#include "core/labels/LabelId.h"

#include <algorithm>

namespace goodsight {

namespace {

bool holdsHan(const QString& text)
{
    const QList<uint> points = text.toUcs4();
    return std::any_of(points.begin(), points.end(),
                       [](uint point) { return QChar::script(point) == QChar::Script_Han; });
}

} // namespace

Result<LabelCatalog> LabelCatalog::restore(const QList<Label>& labels, const QHash<QString, QString>& merges)
{
    LabelCatalog catalog;
    for (const Label& label : labels) {
        if (const auto added = catalog.add(label); !added)
            return fail(added.error());
    }
    for (auto merge = merges.begin(); merge != merges.end(); ++merge) {
        QString target = merge.value();
        for (qsizetype steps = 0; merges.contains(target) && steps < merges.size(); ++steps)
            target = merges.value(target);
        if (!catalog.m_byId.contains(target) || catalog.m_byId.contains(merge.key()))
            return fail("label-unknown", tr("The merged product \"%1\" leads to none.").arg(merge.key()));
        catalog.m_merges.insert(merge.key(), target);
    }
    return catalog;
}

Result<Label> LabelCatalog::add(const Label& label)
{
    if (!isValidLabelId(label.id))
        return fail("label-id-invalid", tr("\"%1\" is not a product id.").arg(label.id.left(100)),
                    tr("Use lower-case letters and digits, joined by hyphens."));
    if (!resolve(label.id).isEmpty())
        return fail("label-id-taken", tr("The product id \"%1\" is in use.").arg(label.id),
                    tr("Choose another id."));
    if (label.zh.trimmed().isEmpty() && label.en.trimmed().isEmpty())
        return fail("label-name-missing", tr("The product \"%1\" has no name.").arg(label.id),
                    tr("Give it a Chinese or an English name."));
    m_byId.insert(label.id, m_labels.size());
    m_labels.append(label);
    return label;
}

Result<Label> LabelCatalog::addNew(const QString& name, const QString& sku)
{
    const QString trimmed = name.simplified();
    if (trimmed.isEmpty())
        return fail("label-name-missing", tr("A product needs a name."),
                    tr("Give it a Chinese or an English name."));
    const QString key = labelNameKey(trimmed);
    for (const Label& label : m_labels) {
        if (labelNameKey(label.zh) == key || labelNameKey(label.en) == key)
            return fail("label-name-taken", tr("There is a product named \"%1\" already.").arg(trimmed),
                        tr("Choose the product \"%1\".").arg(label.id));
    }
    Label label;
    label.id = uniqueLabelId(trimmed, [this](const QString& id) { return !resolve(id).isEmpty(); });
    (holdsHan(trimmed) ? label.zh : label.en) = trimmed;
    label.sku = sku.trimmed();
    return add(label);
}

Result<Label> LabelCatalog::rename(const QString& id, const QString& zh, const QString& en)
{
    Label* label = living(id);
    if (label == nullptr)
        return unknown(id);
    if (zh.trimmed().isEmpty() && en.trimmed().isEmpty())
        return fail("label-name-missing", tr("The product \"%1\" would have no name.").arg(id),
                    tr("Give it a Chinese or an English name."));
    label->zh = zh.trimmed();
    label->en = en.trimmed();
    return *label;
}

Result<Label> LabelCatalog::setSku(const QString& id, const QString& sku)
{
    Label* label = living(id);
    if (label == nullptr)
        return unknown(id);
    label->sku = sku.trimmed();
    return *label;
}

Result<Label> LabelCatalog::merge(const QString& from, const QString& into)
{
    const QString source = resolve(from);
    const QString target = resolve(into);
    if (source.isEmpty() || target.isEmpty())
        return unknown(source.isEmpty() ? from : into);
    if (source == target)
        return fail("label-merge-itself", tr("\"%1\" and \"%2\" are one product already.").arg(from, into));
    const Label gone = *living(source);
    Label* kept = living(target);
    for (QString Label::*field : {&Label::zh, &Label::en, &Label::sku}) {
        if ((kept->*field).isEmpty())
            kept->*field = gone.*field;
    }
    const Label result = *kept;
    m_labels.removeAt(m_byId.value(source));
    for (QString& stands : m_merges) {
        if (stands == source)
            stands = target;
    }
    m_merges.insert(source, target);
    index();
    return result;
}

std::optional<Label> LabelCatalog::find(const QString& id) const
{
    const auto found = m_byId.constFind(resolve(id));
    return found == m_byId.constEnd() ? std::nullopt : std::optional(m_labels[*found]);
}

std::optional<Label> LabelCatalog::findByName(const QString& name) const
{
    if (const auto label = find(name))
        return label;
    const auto found = indexByName(m_labels, name);
    return found ? std::optional(m_labels[*found]) : std::nullopt;
}

QString LabelCatalog::resolve(const QString& id) const
{
    return m_byId.contains(id) ? id : m_merges.value(id);
}

Label* LabelCatalog::living(const QString& id)
{
    const auto found = m_byId.constFind(resolve(id));
    return found == m_byId.constEnd() ? nullptr : &m_labels[*found];
}

tl::unexpected<Error> LabelCatalog::unknown(const QString& id)
{
    return fail("label-unknown", tr("There is no product \"%1\".").arg(id), tr("Check the product's id."));
}

void LabelCatalog::index()
{
    m_byId.clear();
    for (qsizetype i = 0; i < m_labels.size(); ++i)
        m_byId.insert(m_labels[i].id, i);
}

} // namespace goodsight
