#include "ui/capture/CaptureButton.h"

#include "ui/capture/Blend.h"

#include <QFontMetrics>
#include <QPainter>

namespace goodsight {

namespace {
constexpr int kHeight = 44;
constexpr int kPadding = 20;
constexpr int kKeyGap = 10;
constexpr int kKeyHeight = 26;
constexpr qreal kRadius = 8.0;
} // namespace

CaptureButton::CaptureButton(Look look, QWidget* parent)
    : QPushButton(parent)
    , m_look(look)
{
    setSizePolicy(QSizePolicy::Minimum, QSizePolicy::Fixed);
    setAttribute(Qt::WA_Hover);
}

void CaptureButton::setKeyName(const QString& name)
{
    m_keyName = name;
    updateGeometry();
    update();
}

QFont CaptureButton::textFont() const
{
    QFont bold = font();
    bold.setPixelSize(14);
    bold.setWeight(m_look == Look::Filled ? QFont::DemiBold : QFont::Normal);
    return bold;
}

QFont CaptureButton::keyFont() const
{
    QFont small = font();
    small.setPixelSize(13);
    small.setWeight(QFont::DemiBold);
    return small;
}

int CaptureButton::keyWidth() const
{
    return m_keyName.isEmpty() ? 0 : QFontMetrics(keyFont()).horizontalAdvance(m_keyName) + 16;
}

QSize CaptureButton::sizeHint() const
{
    const int key = m_keyName.isEmpty() ? 0 : kKeyGap + keyWidth();
    return {2 * kPadding + QFontMetrics(textFont()).horizontalAdvance(text()) + key, kHeight};
}

QSize CaptureButton::minimumSizeHint() const
{
    return sizeHint();
}

void CaptureButton::paintEvent(QPaintEvent*)
{
    const QPalette& p = palette();
    const bool filled = m_look == Look::Filled && isEnabled();
    QColor ground = m_look == Look::Outlined ? p.color(QPalette::Base)
                    : isEnabled()            ? p.color(QPalette::Highlight)
                                             : p.color(QPalette::Mid);
    QColor ink = !isEnabled() ? secondaryColor()
                 : filled     ? p.color(QPalette::HighlightedText)
                              : p.color(QPalette::WindowText);
    if (isEnabled() && isDown())
        ground = blend(ground, p.color(QPalette::WindowText), 0.16);
    else if (isEnabled() && underMouse())
        ground = blend(ground, p.color(QPalette::WindowText), 0.07);

    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF box = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.setPen(m_look == Look::Outlined ? QPen(p.color(QPalette::Mid), 1.0) : QPen(Qt::NoPen));
    painter.setBrush(ground);
    painter.drawRoundedRect(box, kRadius, kRadius);
    if (hasFocus()) {
        // On the filled button the ring lies inside, in the colour of its text, so that it is seen on both
        // themes.
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(filled ? ink : p.color(QPalette::Highlight), 2.0));
        const qreal inset = filled ? 3.0 : 1.0;
        painter.drawRoundedRect(QRectF(rect()).adjusted(inset, inset, -inset, -inset), kRadius - inset / 2,
                                kRadius - inset / 2);
    }

    const int textWidth = QFontMetrics(textFont()).horizontalAdvance(text());
    const int key = m_keyName.isEmpty() ? 0 : kKeyGap + keyWidth();
    const int left = (width() - textWidth - key) / 2;
    painter.setPen(ink);
    painter.setFont(textFont());
    painter.drawText(QRect(left, 0, textWidth + 1, height()), Qt::AlignLeft | Qt::AlignVCenter, text());
    if (m_keyName.isEmpty())
        return;
    const QRectF cap(left + textWidth + kKeyGap, (height() - kKeyHeight) / 2.0, keyWidth(), kKeyHeight);
    painter.setPen(Qt::NoPen);
    painter.setBrush(blend(ground, ink, filled ? 0.24 : 0.10));
    painter.drawRoundedRect(cap, 6, 6);
    painter.setPen(ink);
    painter.setFont(keyFont());
    painter.drawText(cap, Qt::AlignCenter, m_keyName);
}

} // namespace goodsight
