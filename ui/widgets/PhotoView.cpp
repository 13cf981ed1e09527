#include "ui/widgets/PhotoView.h"

#include "ui/theme/Icons.h"
#include "ui/theme/Theme.h"
#include "ui/widgets/Painting.h"

#include <QEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

namespace goodsight {

PhotoView::PhotoView(QWidget* parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("photoView"));
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::PointingHandCursor);
    setMinimumSize(280, 240);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    retranslate();
}

void PhotoView::retranslate()
{
    setAccessibleName(tr("Photo"));
    setAccessibleDescription(tr("Drop a photo, paste one, or click to choose another"));
    update();
}

void PhotoView::setPhoto(const QImage& photo)
{
    if (m_photo.cacheKey() == photo.cacheKey())
        return;
    m_photo = photo;
    m_scaled = {};
    update();
}

void PhotoView::setMessage(const QString& message, const QString& hint)
{
    m_message = message;
    m_hint = hint;
    update();
}

void PhotoView::setDropTarget(bool on)
{
    m_dropTarget = on;
    update();
}

void PhotoView::paintEvent(QPaintEvent*)
{
    const ThemeColors& c = Theme::colors();
    QPainter painter(this);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    const QRectF frame = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    QPainterPath clip;
    clip.addRoundedRect(frame, 12, 12);
    painter.fillPath(clip, c.track);

    if (!m_photo.isNull()) {
        const qreal ratio = devicePixelRatioF();
        QSizeF fitted = QSizeF(m_photo.size()).scaled(size(), Qt::KeepAspectRatio);
        const qreal most = 2.0;
        if (fitted.width() > m_photo.width() * most)
            fitted = QSizeF(m_photo.size()) * most;
        const QSize pixels = (fitted * ratio).toSize().expandedTo({1, 1});
        if (m_scaled.size() != pixels) {
            m_scaled =
                QPixmap::fromImage(m_photo.scaled(pixels, Qt::IgnoreAspectRatio, Qt::SmoothTransformation));
            m_scaled.setDevicePixelRatio(ratio);
        }
        painter.save();
        painter.setClipPath(clip);
        painter.drawPixmap(QPointF((width() - fitted.width()) / 2, (height() - fitted.height()) / 2),
                           m_scaled);
        painter.restore();

        const QString hint = tr("Drop, paste or click to change");
        painter.setFont(sizedFont(font(), 12));
        const int textWidth = painter.fontMetrics().horizontalAdvance(hint);
        const QRectF pill(16, height() - 16 - 32, textWidth + 24, 32);
        if (pill.width() < width() - 32) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(QColor(0, 0, 0, 150));
            painter.drawRoundedRect(pill, 8, 8);
            painter.setPen(Qt::white);
            painter.drawText(pill, Qt::AlignCenter, hint);
        }
    } else if (!m_message.isEmpty()) {
        const int side = 40;
        painter.drawPixmap(QPoint((width() - side) / 2, height() / 2 - 64),
                           linePixmap(QStringLiteral("photo"), side, c.secondary, devicePixelRatioF()));
        painter.setFont(sizedFont(font(), 16, QFont::DemiBold));
        painter.setPen(c.text);
        const QRect area = rect().adjusted(24, height() / 2 - 12, -24, -16);
        QRect used;
        painter.drawText(area, Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap | Qt::TextWrapAnywhere,
                         m_message, &used);
        painter.setFont(sizedFont(font(), 14));
        painter.setPen(c.secondary);
        painter.drawText(area.adjusted(0, used.height() + 8, 0, 0),
                         Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap, m_hint);
    }
    const bool marked = m_dropTarget || hasFocus();
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(marked ? c.brand : c.hairline, marked ? 2 : 1));
    painter.drawRoundedRect(marked ? frame.adjusted(0.5, 0.5, -0.5, -0.5) : frame, 12, 12);
    if (m_dropTarget) {
        QColor veil = c.brand;
        veil.setAlphaF(0.12F);
        painter.fillPath(clip, veil);
    }
}

void PhotoView::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton && rect().contains(event->position().toPoint()))
        Q_EMIT clicked();
}

void PhotoView::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Space) {
        Q_EMIT clicked();
        return;
    }
    QWidget::keyPressEvent(event);
}

void PhotoView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

} // namespace goodsight
