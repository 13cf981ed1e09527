#include "ui/evaluation/StatTile.h"

#include <QBoxLayout>
#include <QLabel>

namespace goodsight {

StatTile::StatTile(QWidget* parent)
    : QFrame(parent)
    , m_figure(new QLabel(this))
    , m_title(new QLabel(this))
    , m_meaning(new QLabel(this))
{
    setProperty("kind", QStringLiteral("card"));
    m_figure->setProperty("kind", QStringLiteral("figure"));
    m_title->setProperty("kind", QStringLiteral("strong"));
    m_meaning->setProperty("kind", QStringLiteral("small"));
    m_meaning->setWordWrap(true);
    m_meaning->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 12, 16, 14);
    column->setSpacing(4);
    column->addWidget(m_figure);
    column->addWidget(m_title);
    column->addWidget(m_meaning, 1);
}

void StatTile::setTexts(const QString& figure, const QString& title, const QString& meaning)
{
    m_figure->setText(figure);
    m_title->setText(title);
    m_meaning->setText(meaning);
    setAccessibleName(QStringLiteral("%1: %2. %3").arg(title, figure, meaning));
}

} // namespace goodsight
