#include "ui/theme/Icons.h"

#include "ui/theme/Theme.h"

#include <QFile>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

namespace goodsight {

namespace {

QColor colorOf(IconColor color)
{
    const ThemeColors& c = Theme::colors();
    switch (color) {
    case IconColor::Secondary:
        return c.secondary;
    case IconColor::Brand:
        return c.brand;
    case IconColor::OnBrand:
        return c.onBrand;
    case IconColor::Weak:
        return c.weak;
    case IconColor::Text:
        break;
    }
    return c.text;
}

/// Draws the SVG anew in the colour that the theme has at the moment of painting.
class LineIconEngine final : public QIconEngine {
public:
    LineIconEngine(QString name, IconColor color)
        : m_name(std::move(name))
        , m_color(color)
    {}

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override
    {
        const qreal ratio = painter->device()->devicePixelRatioF();
        painter->drawPixmap(rect, pixmapOf(std::min(rect.width(), rect.height()), mode, ratio));
    }
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State) override
    {
        return pixmapOf(std::min(size.width(), size.height()), mode, 1.0);
    }
    QPixmap scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State, qreal scale) override
    {
        return pixmapOf(std::min(size.width(), size.height()), mode, scale);
    }
    QIconEngine* clone() const override
    {
        return std::make_unique<LineIconEngine>(m_name, m_color).release();
    }

private:
    QPixmap pixmapOf(int side, QIcon::Mode mode, qreal ratio) const
    {
        QColor color = colorOf(m_color);
        if (mode == QIcon::Disabled)
            color.setAlphaF(0.4F);
        return linePixmap(m_name, side, color, ratio);
    }
    QString m_name;
    IconColor m_color;
};

} // namespace

QIcon lineIcon(const QString& name, IconColor color)
{
    return QIcon(std::make_unique<LineIconEngine>(name, color).release());
}

QPixmap linePixmap(const QString& name, int side, const QColor& color, qreal devicePixelRatio)
{
    const QString key = QStringLiteral("line/%1/%2/%3/%4")
                            .arg(name)
                            .arg(side)
                            .arg(color.name(QColor::HexArgb))
                            .arg(devicePixelRatio);
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
    if (!file.open(QIODevice::ReadOnly)) {
        qWarning("no icon named %s", qPrintable(name));
        return pixmap;
    }
    QByteArray svg = file.readAll();
    svg.replace("currentColor", color.name(QColor::HexRgb).toLatin1());
    QSvgRenderer renderer(svg);
    const int pixels = qRound(side * devicePixelRatio);
    pixmap = QPixmap(pixels, pixels);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setOpacity(color.alphaF());
    renderer.render(&painter, QRectF(0, 0, pixels, pixels));
    painter.end();
    pixmap.setDevicePixelRatio(devicePixelRatio);
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

} // namespace goodsight
