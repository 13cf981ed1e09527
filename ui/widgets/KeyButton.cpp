#include "ui/widgets/KeyButton.h"

#include "ui/theme/Theme.h"
#include "ui/widgets/Painting.h"

#include <QPainter>
#include <QStyleOptionButton>

namespace goodsight {

namespace {
constexpr int kGap = 10;
constexpr int kSidePadding = 16;
} // namespace

KeyButton::KeyButton(QWidget* parent)
    : QPushButton(parent)
{
    setSizePolicy(QSizePolicy::Minimum, QSizePolicy::Fixed);
}

void KeyButton::setKeyHint(const QString& hint)
{
    if (m_hint == hint)
        return;
    m_hint = hint;
    updateGeometry();
    update();
}

int KeyButton::badgeWidth() const
{
    return m_hint.isEmpty() ? 0 : keyBadgeWidth(font(), m_hint);
}

QSize KeyButton::sizeHint() const
{
    int width = fontMetrics().horizontalAdvance(text()) + 2 * kSidePadding;
    if (!icon().isNull())
        width += iconSize().width() + (text().isEmpty() ? 0 : 8);
    if (!m_hint.isEmpty())
        width += kGap + badgeWidth();
    return {width, 44};
}

void KeyButton::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QStyleOptionButton option;
    initStyleOption(&option);
    option.text.clear();
    option.icon = {};
    style()->drawControl(QStyle::CE_PushButtonBevel, &option, &painter, this);

    const int textWidth = fontMetrics().horizontalAdvance(text());
    const int iconWidth = icon().isNull() ? 0 : iconSize().width() + (text().isEmpty() ? 0 : 8);
    const int total = iconWidth + textWidth + (m_hint.isEmpty() ? 0 : kGap + badgeWidth());
    int x = (width() - total) / 2;
    if (iconWidth > 0) {
        icon().paint(&painter, QRect(QPoint(x, (height() - iconSize().height()) / 2), iconSize()),
                     Qt::AlignCenter, isEnabled() ? QIcon::Normal : QIcon::Disabled);
        x += iconWidth;
    }
    const ThemeColors& c = Theme::colors();
    const QString kind = property("kind").toString();
    const bool primary = kind == u"primary" && isEnabled();
    QColor ink = primary ? c.onBrand : kind == u"danger" ? c.weak : c.text;
    if (!isEnabled())
        ink = palette().color(QPalette::Disabled, QPalette::ButtonText);
    painter.setPen(ink);
    painter.drawText(QRect(x, 0, textWidth + 2, height()), Qt::AlignVCenter | Qt::AlignLeft, text());
    if (!m_hint.isEmpty()) {
        const QPoint corner(x + textWidth + kGap, (height() - kKeyBadgeHeight) / 2);
        drawKeyBadge(painter, corner, m_hint, primary ? KeyBadgeLook::OnBrand : KeyBadgeLook::Plain);
    }
}

} // namespace goodsight
