#include "ui/widgets/Banner.h"

#include "ui/theme/Icons.h"
#include "ui/theme/Theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStyle>

namespace goodsight {

Banner::Banner(QWidget* parent)
    : QFrame(parent)
    , m_icon(new QLabel(this))
    , m_text(new QLabel(this))
    , m_hint(new QLabel(this))
    , m_action(new QPushButton(this))
{
    m_text->setProperty("kind", QStringLiteral("strong"));
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    m_hint->setProperty("kind", QStringLiteral("small"));
    m_hint->setWordWrap(true);
    m_hint->setTextFormat(Qt::PlainText);
    m_icon->setFixedSize(22, 22);
    m_action->hide();
    m_action->setObjectName(QStringLiteral("bannerAction"));
    auto* texts = new QVBoxLayout;
    texts->setSpacing(2);
    texts->addWidget(m_text);
    texts->addWidget(m_hint);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(16, 10, 12, 10);
    row->setSpacing(10);
    row->addWidget(m_icon, 0, Qt::AlignVCenter);
    row->addLayout(texts, 1);
    row->addWidget(m_action, 0, Qt::AlignVCenter);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    connect(m_action, &QPushButton::clicked, this, &Banner::actionTriggered);
    hide();
}

void Banner::show(Look look, const QString& text, const QString& hint)
{
    m_look = look;
    setProperty("kind", look == Look::Warning   ? QStringLiteral("banner")
                        : look == Look::Failure ? QStringLiteral("banner-error")
                                                : QStringLiteral("banner-info"));
    drawIcon();
    m_text->setText(text);
    m_hint->setText(hint);
    m_hint->setVisible(!hint.isEmpty());
    setAccessibleName(hint.isEmpty() ? text : text + u' ' + hint);
    style()->unpolish(this);
    style()->polish(this);
    style()->unpolish(m_text);
    style()->polish(m_text);
    setVisible(true);
}

void Banner::drawIcon()
{
    const ThemeColors& c = Theme::colors();
    const QColor ink = m_look == Look::Warning ? c.unsure : m_look == Look::Failure ? c.weak : c.brand;
    m_icon->setPixmap(linePixmap(m_look == Look::Info ? QStringLiteral("info") : QStringLiteral("warning"),
                                 22, ink, devicePixelRatioF()));
}

void Banner::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange)
        drawIcon();
    QFrame::changeEvent(event);
}

void Banner::show(const Error& error)
{
    show(Look::Failure, error.message, error.hint);
}

void Banner::setAction(const QString& text)
{
    m_action->setText(text);
    m_action->setVisible(!text.isEmpty());
}

QString Banner::text() const
{
    return m_text->text();
}

} // namespace goodsight
