#include "ui/charts/ClassBars.h"

#include "ui/theme/Theme.h"
#include "ui/widgets/Painting.h"

#include <QEvent>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace goodsight {

namespace {

constexpr int kThumbnailSide = 40;
constexpr qsizetype kRowsAtLeast = 3;
constexpr double kSureFrom = 0.8; ///< the design's three colours of a percentage
constexpr double kUnsureFrom = 0.5;

} // namespace

ClassBars::ClassBars(QWidget* parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Minimum);
}

void ClassBars::setBars(const QList<ClassBar>& bars)
{
    m_bars = bars;
    QStringList spoken;
    for (const ClassBar& bar : bars)
        spoken.append(
            QStringLiteral("%1 %2 %3")
                .arg(bar.name, std::isfinite(bar.share) ? percentText(bar.share) : QString(), bar.note)
                .simplified());
    setAccessibleDescription(spoken.join(QStringLiteral("; ")));
    updateGeometry();
    update();
}

QSize ClassBars::pictureSize() const
{
    return {std::max(width(), 480), std::max<int>(1, static_cast<int>(m_bars.size())) * kRowHeight};
}

QSize ClassBars::sizeHint() const
{
    return {480, static_cast<int>(m_bars.size()) * kRowHeight};
}

QSize ClassBars::minimumSizeHint() const
{
    return {280, static_cast<int>(std::min<qsizetype>(m_bars.size(), kRowsAtLeast)) * kRowHeight};
}

void ClassBars::draw(QPainter& painter)
{
    drawRows(painter, pictureSize().width(), m_bars.size());
}

void ClassBars::drawRows(QPainter& painter, int width, qsizetype rows) const
{
    const ThemeColors& c = Theme::colors();
    const bool pictures =
        std::any_of(m_bars.begin(), m_bars.end(), [](const ClassBar& bar) { return !bar.file.isEmpty(); });
    const bool notes =
        std::any_of(m_bars.begin(), m_bars.end(), [](const ClassBar& bar) { return !bar.note.isEmpty(); });
    const bool shares = std::any_of(m_bars.begin(), m_bars.end(),
                                    [](const ClassBar& bar) { return std::isfinite(bar.share); });
    const int left = pictures ? kThumbnailSide + 12 : 0;
    const int nameWidth = std::min(shares ? 160 : 280, (width - left) / (shares ? 4 : 2));
    const int noteWidth = notes ? (shares ? std::min(200, width / 4) : width - left - nameWidth - 12) : 0;
    const int barLeft = left + nameWidth + 8;
    const int barRight = width - noteWidth - 64;
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    for (int i = 0; i < rows; ++i) {
        const ClassBar& bar = m_bars[i];
        const int top = i * kRowHeight;
        const int middle = top + kRowHeight / 2;
        if (!bar.file.isEmpty()) {
            const QRectF frame(0, middle - kThumbnailSide / 2, kThumbnailSide, kThumbnailSide);
            QPainterPath clip;
            clip.addRoundedRect(frame, 6, 6);
            painter.save();
            painter.setClipPath(clip);
            painter.fillRect(frame, c.track);
            const QImage image = m_thumbnail ? m_thumbnail(bar.file) : QImage();
            if (!image.isNull()) {
                QRectF target({}, QSizeF(image.size()).scaled(frame.size(), Qt::KeepAspectRatioByExpanding));
                target.moveCenter(frame.center());
                painter.drawImage(target, image);
            }
            painter.restore();
        }
        painter.setPen(c.text);
        painter.setFont(sizedFont(font(), 14));
        painter.drawText(QRect(left, top, nameWidth, kRowHeight), Qt::AlignLeft | Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(bar.name, Qt::ElideRight, nameWidth));
        if (std::isfinite(bar.share) && barRight - barLeft > 24) {
            const QRectF track(barLeft, middle - 3, barRight - barLeft, 6);
            painter.setPen(Qt::NoPen);
            painter.setBrush(c.track);
            painter.drawRoundedRect(track, 3, 3);
            QRectF filled = track;
            filled.setWidth(std::max(6.0, track.width() * std::clamp(bar.share, 0.0, 1.0)));
            painter.setBrush(Theme::confidenceColor(bar.share, kSureFrom, kUnsureFrom));
            painter.drawRoundedRect(filled, 3, 3);
        }
        if (std::isfinite(bar.share)) {
            painter.setPen(c.text);
            painter.setFont(tabularFont(font(), 14));
            painter.drawText(QRect(barRight + 4, top, 52, kRowHeight), Qt::AlignRight | Qt::AlignVCenter,
                             QStringLiteral("%1%").arg(qRound(bar.share * 100)));
        }
        painter.setPen(c.secondary);
        painter.setFont(sizedFont(font(), 12));
        painter.drawText(QRect(width - noteWidth + 4, top, noteWidth - 4, kRowHeight),
                         Qt::AlignLeft | Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(bar.note, Qt::ElideRight, noteWidth - 4));
    }
}

void ClassBars::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    drawRows(painter, width(), std::min<qsizetype>(m_bars.size(), height() / kRowHeight));
}

void ClassBars::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange)
        update();
    QWidget::changeEvent(event);
}

QList<QStringList> ClassBars::table() const
{
    QList<QStringList> table{{QStringLiteral("label"), QStringLiteral("share"), QStringLiteral("note")}};
    for (const ClassBar& bar : m_bars)
        table.append({bar.name, chartNumber(bar.share), bar.note});
    return table;
}

} // namespace goodsight
