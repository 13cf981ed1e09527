#include "ui/capture/LivePicture.h"

#include <QFontMetrics>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace goodsight {

namespace {
constexpr qreal kRadius = 12.0;
constexpr int kCaptionHeight = 32;
constexpr int kCaptionInset = 16;
constexpr int kFlashMilliseconds = 180;
} // namespace

LivePicture::LivePicture(QWidget* parent)
    : QWidget(parent)
{
    setMinimumSize(240, 180);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    m_flash.setDuration(kFlashMilliseconds);
    m_flash.setStartValue(0.7);
    m_flash.setEndValue(0.0);
    connect(&m_flash, &QVariantAnimation::valueChanged, this, qOverload<>(&QWidget::update));
}

void LivePicture::setImage(const QImage& image)
{
    m_image = image;
    update();
}

void LivePicture::setCaption(const QString& caption)
{
    if (caption == m_caption)
        return;
    m_caption = caption;
    update();
}

void LivePicture::flash()
{
    m_flash.stop();
    m_flash.start();
}

QRectF LivePicture::pictureRect() const
{
    if (m_image.isNull())
        return {};
    const QSizeF fitted = QSizeF(m_image.size()).scaled(QSizeF(size()), Qt::KeepAspectRatio);
    const QPointF corner((width() - fitted.width()) / 2, (height() - fitted.height()) / 2);
    return QRectF(QRectF(corner, fitted).toRect());
}

void LivePicture::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    const QRectF card = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    QPainterPath outline;
    outline.addRoundedRect(card, kRadius, kRadius);
    painter.fillPath(outline, palette().color(m_image.isNull() ? QPalette::Base : QPalette::Midlight));

    const QRectF area = pictureRect();
    if (!area.isEmpty()) {
        // Filled as a texture: a clip path would leave jagged corners.
        QBrush brush(m_image);
        QTransform placed;
        // Half a pixel over each edge, where the smoothing would mix in the opposite edge of the tiled
        // texture.
        const qreal across = area.width() / std::max(1, m_image.width() - 1);
        const qreal down = area.height() / std::max(1, m_image.height() - 1);
        placed.translate(area.x() - across / 2, area.y() - down / 2);
        placed.scale(across, down);
        brush.setTransform(placed);
        QPainterPath picture;
        picture.addRect(area);
        const QPainterPath visible = outline.intersected(picture);
        painter.fillPath(visible, brush);
        if (m_flash.state() == QAbstractAnimation::Running) {
            QColor white(Qt::white);
            white.setAlphaF(m_flash.currentValue().toFloat());
            painter.fillPath(visible, white);
        }
        paintCaption(painter);
    }
    painter.setPen(QPen(palette().color(QPalette::Mid), 1.0));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(outline);
}

void LivePicture::paintCaption(QPainter& painter) const
{
    if (m_caption.isEmpty())
        return;
    QFont small = font();
    small.setPixelSize(12);
    const QFontMetrics metrics(small);
    constexpr int kDot = 8;
    constexpr int kTextLeft = 12 + kDot + 8;
    const int room = width() - 2 * kCaptionInset - kTextLeft - 12;
    if (room <= 0)
        return;
    const QString text = metrics.elidedText(m_caption, Qt::ElideRight, room);
    const QRectF chip(kCaptionInset, height() - kCaptionInset - kCaptionHeight,
                      kTextLeft + metrics.horizontalAdvance(text) + 12, kCaptionHeight);
    painter.setPen(Qt::NoPen);
    // Lies on a photo, not on the theme's ground, so it is dark with white text in both themes.
    painter.setBrush(QColor(0, 0, 0, 150));
    painter.drawRoundedRect(chip, 8, 8);
    painter.setBrush(palette().color(QPalette::Highlight).lighter(135));
    painter.drawEllipse(QRectF(chip.x() + 12, chip.center().y() - kDot / 2.0, kDot, kDot));
    painter.setPen(Qt::white);
    painter.setFont(small);
    painter.drawText(chip.adjusted(kTextLeft, 0, -8, 0), Qt::AlignLeft | Qt::AlignVCenter, text);
}

} // namespace goodsight
