#include "ui/widgets/ViewTabs.h"

#include "ui/widgets/KeyButton.h"

#include <QBoxLayout>
#include <QButtonGroup>

namespace goodsight {

ViewTabs::ViewTabs(std::initializer_list<QLatin1String> names, QWidget* parent)
    : QWidget(parent)
    , m_tabs(new QButtonGroup(this))
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins({});
    row->setSpacing(8);
    for (const QLatin1String name : names) {
        auto* tab = new KeyButton(this);
        tab->setObjectName(name);
        tab->setCheckable(true);
        m_tabs->addButton(tab, static_cast<int>(m_tabs->buttons().size()));
        row->addWidget(tab);
    }
    connect(m_tabs, &QButtonGroup::idClicked, this, &ViewTabs::chosen);
}

QAbstractButton& ViewTabs::tab(int view) const
{
    return *m_tabs->button(view);
}

void ViewTabs::setShown(int view)
{
    tab(view).setChecked(true);
}

} // namespace goodsight
