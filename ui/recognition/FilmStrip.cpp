#include "ui/recognition/FilmStrip.h"

#include "core/imaging/ThumbnailLoader.h"
#include "ui/recognition/RecognitionController.h"
#include "ui/theme/Icons.h"
#include "ui/theme/Theme.h"

#include <QEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QScrollBar>
#include <QWheelEvent>

namespace goodsight {

namespace {

constexpr int kSide = 76;
constexpr int kStep = kSide + 8;
/// Asked for at twice the size, so that they stay sharp at 200 % scale.
constexpr int kThumbnail = 2 * kSide;

struct Mark {
    QString icon;
    QColor color;
};

Mark markOf(ItemState state)
{
    const ThemeColors& c = Theme::colors();
    switch (state) {
    case ItemState::Accepted:
        return {QStringLiteral("check"), c.sure};
    case ItemState::Automatic:
        return {QStringLiteral("recognise"), c.sure};
    case ItemState::Corrected:
        return {QStringLiteral("edit"), c.brand};
    case ItemState::Skipped:
        return {QStringLiteral("skip"), c.secondary};
    case ItemState::Failed:
        return {QStringLiteral("close"), c.weak};
    default:
        return {};
    }
}

} // namespace

FilmStrip::FilmStrip(RecognitionController& controller, ThumbnailLoader& thumbnails, QWidget* parent)
    : QAbstractScrollArea(parent)
    , m_controller(controller)
    , m_thumbnails(thumbnails)
{
    setObjectName(QStringLiteral("filmStrip"));
    setFrameShape(QFrame::NoFrame);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFixedHeight(kSide);
    setFocusPolicy(Qt::TabFocus);
    viewport()->setAutoFillBackground(false);
    viewport()->setCursor(Qt::PointingHandCursor);
    connect(&controller, &RecognitionController::queueChanged, this, [this] {
        updateRange();
        viewport()->update();
    });
    connect(&controller, &RecognitionController::itemChanged, this, [this] { viewport()->update(); });
    connect(&controller, &RecognitionController::currentChanged, this, &FilmStrip::revealCurrent);
    connect(&thumbnails, &ThumbnailLoader::ready, this, [this] { viewport()->update(); });
    retranslate();
}

void FilmStrip::retranslate()
{
    setAccessibleName(tr("Queue of photos"));
}

QRect FilmStrip::cell(int index) const
{
    return {index * kStep - horizontalScrollBar()->value(), 0, kSide, kSide};
}

void FilmStrip::updateRange()
{
    const int total = m_controller.count() * kStep - (kStep - kSide);
    horizontalScrollBar()->setRange(0, std::max(0, total - viewport()->width()));
    horizontalScrollBar()->setPageStep(viewport()->width());
    horizontalScrollBar()->setSingleStep(kStep);
}

void FilmStrip::revealCurrent()
{
    updateRange();
    const int index = m_controller.currentIndex();
    if (index >= 0)
        horizontalScrollBar()->setValue(index * kStep - (viewport()->width() - kSide) / 2);
    viewport()->update();
}

void FilmStrip::resizeEvent(QResizeEvent* event)
{
    QAbstractScrollArea::resizeEvent(event);
    revealCurrent();
}

void FilmStrip::paintEvent(QPaintEvent*)
{
    const ThemeColors& c = Theme::colors();
    QPainter painter(viewport());
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    const int first = horizontalScrollBar()->value() / kStep;
    const int last = std::min(m_controller.count() - 1, first + viewport()->width() / kStep + 1);
    for (int index = first; index <= last; ++index) {
        const QueueItem& item = m_controller.item(index);
        const QRect box = cell(index);
        QImage image = item.thumbnail;
        if (!item.thumbnailFile.isEmpty()) {
            image = m_thumbnails.cached(item.thumbnailFile, kThumbnail);
            if (image.isNull() && item.state != ItemState::Failed)
                m_thumbnails.request(item.thumbnailFile, kThumbnail);
        }
        QPainterPath clip;
        clip.addRoundedRect(QRectF(box).adjusted(1, 1, -1, -1), 8, 8);
        painter.fillPath(clip, c.track);
        painter.save();
        painter.setClipPath(clip);
        if (!image.isNull()) {
            const QSize cover = image.size().scaled(box.size(), Qt::KeepAspectRatioByExpanding);
            QRect target(QPoint(0, 0), cover);
            target.moveCenter(box.center());
            if (item.state == ItemState::Skipped)
                painter.setOpacity(0.45);
            painter.drawImage(target, image);
            painter.setOpacity(1.0);
        }
        painter.restore();
        const bool current = index == m_controller.currentIndex();
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(current ? c.brand : c.hairline, current ? 2.5 : 1));
        painter.drawRoundedRect(QRectF(box).adjusted(1.25, 1.25, -1.25, -1.25), 8, 8);
        const Mark mark = markOf(item.state);
        if (!mark.icon.isEmpty()) {
            const QRectF disc(box.right() - 23, box.bottom() - 23, 19, 19);
            painter.setPen(Qt::NoPen);
            painter.setBrush(mark.color);
            painter.drawEllipse(disc);
            painter.drawPixmap(
                disc.toRect().adjusted(3, 3, -3, -3),
                linePixmap(mark.icon, 13, c.dark ? c.onBrand : QColor(Qt::white), devicePixelRatioF()));
        }
    }
}

void FilmStrip::mousePressEvent(QMouseEvent* event)
{
    const int x = event->position().toPoint().x() + horizontalScrollBar()->value();
    if (x % kStep < kSide && x / kStep < m_controller.count())
        m_controller.setCurrent(x / kStep);
}

void FilmStrip::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Left)
        m_controller.setCurrent(m_controller.currentIndex() - 1);
    else if (event->key() == Qt::Key_Right)
        m_controller.setCurrent(m_controller.currentIndex() + 1);
    else
        event->ignore();
}

void FilmStrip::wheelEvent(QWheelEvent* event)
{
    const QPoint delta = event->angleDelta();
    horizontalScrollBar()->setValue(horizontalScrollBar()->value() -
                                    (delta.y() != 0 ? delta.y() : delta.x()));
}

void FilmStrip::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QAbstractScrollArea::changeEvent(event);
}

} // namespace goodsight
