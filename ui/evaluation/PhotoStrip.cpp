#include "ui/evaluation/PhotoStrip.h"

#include "ui/theme/Theme.h"
#include "ui/widgets/Painting.h"
#include "ui/widgets/ThumbnailSource.h"

#include <QPainter>
#include <QPainterPath>
#include <QStyledItemDelegate>

#include <functional>

namespace goodsight {

namespace {

constexpr QSize kCell(124, 132);
constexpr int kPicture = 100;
constexpr int kFile = Qt::UserRole;

class StripDelegate final : public QStyledItemDelegate {
public:
    StripDelegate(ThumbnailLoader& thumbnails, QObject* parent)
        : QStyledItemDelegate(parent)
        , m_thumbnail(thumbnailSource(thumbnails, 2 * kPicture))
    {}
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override
    {
        return kCell;
    }
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const ThemeColors& c = Theme::colors();
        painter->save();
        painter->setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
        const QRectF frame(option.rect.left() + 4, option.rect.top() + 4, kCell.width() - 8, kPicture);
        QPainterPath clip;
        clip.addRoundedRect(frame, 8, 8);
        painter->save();
        painter->setClipPath(clip);
        painter->fillRect(frame, c.track);
        const QImage image = m_thumbnail(index.data(kFile).toString());
        if (!image.isNull()) {
            QRectF target({}, QSizeF(image.size()).scaled(frame.size(), Qt::KeepAspectRatioByExpanding));
            target.moveCenter(frame.center());
            painter->drawImage(target, image);
        }
        painter->restore();
        if (option.state.testFlag(QStyle::State_Selected)) {
            painter->setPen(QPen(c.brand, 2));
            painter->setBrush(Qt::NoBrush);
            painter->drawPath(clip);
        }
        painter->setPen(c.secondary);
        painter->setFont(sizedFont(option.font, 12));
        const QRect words(option.rect.left() + 6, option.rect.top() + kPicture + 6, kCell.width() - 12, 22);
        painter->drawText(
            words, Qt::AlignVCenter | Qt::AlignLeft,
            painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, words.width()));
        painter->restore();
    }

private:
    std::function<QImage(const QString&)> m_thumbnail;
};

} // namespace

PhotoStrip::PhotoStrip(ThumbnailLoader& thumbnails, QWidget* parent)
    : QListWidget(parent)
{
    setFlow(QListView::LeftToRight);
    setWrapping(false);
    setUniformItemSizes(true);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setItemDelegate(new StripDelegate(thumbnails, this));
    setFixedHeight(kCell.height() + 14);
    setStyleSheet(QStringLiteral("QListWidget { background: transparent; }"));
    connect(&thumbnails, &ThumbnailLoader::ready, viewport(), qOverload<>(&QWidget::update));
    connect(this, &QListWidget::itemActivated, this,
            [this](const QListWidgetItem* item) { Q_EMIT openRequested(item->data(kFile).toString()); });
}

void PhotoStrip::setPhotos(const QList<Photo>& photos)
{
    clear();
    for (const Photo& photo : photos) {
        auto* item = new QListWidgetItem(photo.caption, this);
        item->setData(kFile, photo.file);
        item->setToolTip(photo.file);
    }
}

} // namespace goodsight
