#include "ui/widgets/Painting.h"

#include "ui/theme/Theme.h"

#include <QFontMetrics>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace goodsight {

QFont sizedFont(const QFont& base, int pixels, QFont::Weight weight)
{
    QFont font(base);
    font.setPixelSize(pixels);
    font.setWeight(weight);
    return font;
}

QFont tabularFont(const QFont& base, int pixels, QFont::Weight weight)
{
    QFont font = sizedFont(base, pixels, weight);
#if QT_VERSION >= QT_VERSION_CHECK(6, 7, 0)
    font.setFeature("tnum", 1);
#endif
    return font;
}

int keyBadgeWidth(const QFont& base, const QString& key)
{
    const QFontMetrics metrics(sizedFont(base, 13));
    return std::max(kKeyBadgeHeight, metrics.horizontalAdvance(key) + 14);
}

void drawKeyBadge(QPainter& painter, const QPoint& corner, const QString& key, KeyBadgeLook look)
{
    const ThemeColors& c = Theme::colors();
    painter.save();
    const QRectF box(corner.x() + 0.5, corner.y() + 0.5, keyBadgeWidth(painter.font(), key) - 1,
                     kKeyBadgeHeight - 1);
    QColor fill = c.track;
    QColor line = c.hairline;
    QColor ink = c.secondary;
    if (look == KeyBadgeLook::OnBrand) {
        fill = c.onBrand;
        fill.setAlphaF(0.22F);
        line = Qt::transparent;
        ink = c.onBrand;
    } else if (look == KeyBadgeLook::Brand) {
        fill = line = c.brand;
        ink = c.onBrand;
    }
    painter.setPen(line);
    painter.setBrush(fill);
    painter.drawRoundedRect(box, 6, 6);
    painter.setPen(ink);
    painter.setFont(
        sizedFont(painter.font(), 13, look == KeyBadgeLook::Plain ? QFont::Normal : QFont::DemiBold));
    painter.drawText(box, Qt::AlignCenter, key);
    painter.restore();
}

QString percentText(double confidence)
{
    const int percent = qRound(confidence * 100);
    if (percent <= 0)
        return QStringLiteral("<1%");
    if (percent >= 100 && confidence < 0.9995)
        return QStringLiteral(">99%");
    return QStringLiteral("%1%").arg(std::min(percent, 100));
}

} // namespace goodsight
