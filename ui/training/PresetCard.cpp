#include "ui/training/PresetCard.h"

#include "ui/theme/Theme.h"
#include "ui/training/TrainingWords.h"
#include "ui/widgets/Painting.h"

#include <QEvent>
#include <QPainter>

namespace goodsight {

PresetCard::PresetCard(const QString& preset, QWidget* parent)
    : QAbstractButton(parent)
    , m_preset(preset)
{
    setObjectName(QStringLiteral("preset-") + preset);
    setCheckable(true);
    setAutoExclusive(true);
    setCursor(Qt::PointingHandCursor);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    retranslate();
}

void PresetCard::setEstimate(const QString& text)
{
    m_estimate = text;
    setAccessibleDescription(TrainingWords::presetMeaning(m_preset) + u' ' + m_estimate);
    update();
}

void PresetCard::retranslate()
{
    setText(TrainingWords::preset(m_preset));
    setAccessibleName(text());
    setEstimate(m_estimate);
}

void PresetCard::paintEvent(QPaintEvent*)
{
    const ThemeColors& c = Theme::colors();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool strong = isChecked() || hasFocus();
    const QRectF box = QRectF(rect()).adjusted(1, 1, -1, -1);
    painter.setPen(QPen(strong ? c.brand : c.hairline, hasFocus() ? 2 : 1));
    painter.setBrush(isChecked() ? c.brandSoft : underMouse() ? c.window : c.panel);
    painter.drawRoundedRect(box, 10, 10);

    const QPointF dot(26, 26);
    painter.setPen(QPen(isChecked() ? c.brand : c.secondary, 1.7));
    painter.setBrush(Qt::NoBrush);
    painter.drawEllipse(dot, 8, 8);
    if (isChecked()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(c.brand);
        painter.drawEllipse(dot, 4.5, 4.5);
    }
    const int left = 46;
    painter.setFont(sizedFont(font(), 12));
    const int estimateWidth = painter.fontMetrics().horizontalAdvance(m_estimate);
    painter.setPen(c.text);
    painter.drawText(QRect(width() - 16 - estimateWidth, 12, estimateWidth + 1, 28),
                     Qt::AlignRight | Qt::AlignVCenter, m_estimate);
    painter.setFont(sizedFont(font(), 15, QFont::DemiBold));
    painter.drawText(QRect(left, 12, width() - left - estimateWidth - 28, 28),
                     Qt::AlignLeft | Qt::AlignVCenter, text());
    painter.setFont(sizedFont(font(), 12));
    painter.setPen(c.secondary);
    painter.drawText(QRect(left, 42, width() - left - 16, height() - 48),
                     Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, TrainingWords::presetMeaning(m_preset));
}

void PresetCard::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QAbstractButton::changeEvent(event);
}

} // namespace goodsight
