#include "ui/gallery/PhotoDelegate.h"

#include "core/imaging/ThumbnailLoader.h"
#include "ui/gallery/PhotoListModel.h"
#include "ui/shell/LabelIndex.h"
#include "ui/theme/Icons.h"
#include "ui/theme/Theme.h"
#include "ui/widgets/Painting.h"

#include <QCoreApplication>
#include <QPainter>
#include <QPainterPath>

namespace goodsight {

namespace {

constexpr int kGap = 6;
constexpr int kTextHeight = 44;
/// Thumbnails are asked for at twice the size, so that they stay sharp at 200 % scale.
constexpr int kThumbnail = 2 * (PhotoDelegate::kCell.width() - 2 * kGap);

QColor stateColor(PhotoState state)
{
    const ThemeColors& c = Theme::colors();
    switch (state) {
    case PhotoState::Accepted:
        return c.sure;
    case PhotoState::Corrected:
        return c.brand;
    case PhotoState::Automatic:
        return c.unsure;
    case PhotoState::Imported:
    case PhotoState::Unseen:
        break;
    }
    return c.secondary;
}

} // namespace

QString photoStateText(int state)
{
    switch (static_cast<PhotoState>(state)) {
    case PhotoState::Accepted:
        return QCoreApplication::translate("goodsight::PhotosPage", "Confirmed");
    case PhotoState::Corrected:
        return QCoreApplication::translate("goodsight::PhotosPage", "Corrected");
    case PhotoState::Imported:
        return QCoreApplication::translate("goodsight::PhotosPage", "Imported");
    case PhotoState::Automatic:
        return QCoreApplication::translate("goodsight::PhotosPage", "By itself");
    case PhotoState::Unseen:
        break;
    }
    return QCoreApplication::translate("goodsight::PhotosPage", "Not labelled");
}

PhotoDelegate::PhotoDelegate(const PhotoListModel& model, const LabelIndex& labels,
                             ThumbnailLoader& thumbnails, QObject* parent)
    : QStyledItemDelegate(parent)
    , m_model(model)
    , m_labels(labels)
    , m_thumbnails(thumbnails)
{}

QSize PhotoDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const
{
    return kCell;
}

void PhotoDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                          const QModelIndex& index) const
{
    const ThemeColors& c = Theme::colors();
    const PhotoRow& photo = m_model.row(index.row());
    painter->save();
    painter->setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    const QRect box = option.rect.adjusted(kGap, kGap, -kGap, -kGap);
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    QPainterPath card;
    card.addRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 12, 12);
    painter->fillPath(card, c.panel);
    painter->save();
    painter->setClipPath(card);
    const QRect picture(box.left(), box.top(), box.width(), box.height() - kTextHeight);
    painter->fillRect(picture, c.track);
    const QImage image = m_thumbnails.cached(photo.file, kThumbnail);
    if (image.isNull()) {
        m_thumbnails.request(photo.file, kThumbnail);
    } else {
        QRect target(QPoint(0, 0), image.size().scaled(picture.size(), Qt::KeepAspectRatioByExpanding));
        target.moveCenter(picture.center());
        painter->setClipRect(picture, Qt::IntersectClip);
        painter->drawImage(target, image);
    }
    painter->restore();

    const bool english = interfaceIsEnglish();
    const QRect text(box.left() + 10, picture.bottom() + 1, box.width() - 20, kTextHeight);
    const bool labelled = !photo.labelId.isEmpty();
    const QFont nameFont = sizedFont(option.font, 13, labelled ? QFont::DemiBold : QFont::Normal);
    const QFontMetrics nameMetrics(nameFont);
    painter->setFont(nameFont);
    painter->setPen(labelled ? c.text : c.secondary);
    const QString name = labelled ? primaryName(m_labels.label(photo.labelId), english) : photoStateText(0);
    painter->drawText(text.adjusted(0, 3, 0, -20), Qt::AlignVCenter | Qt::AlignLeft,
                      nameMetrics.elidedText(name, Qt::ElideRight, text.width()));
    if (labelled) {
        painter->setFont(sizedFont(option.font, 11));
        painter->setPen(c.secondary);
        painter->setBrush(stateColor(photo.state));
        const QRect line = text.adjusted(0, 23, 0, -3);
        painter->save();
        painter->setPen(Qt::NoPen);
        painter->drawEllipse(QPointF(line.left() + 3, line.center().y() + 0.5), 3, 3);
        painter->restore();
        painter->drawText(line.adjusted(12, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft,
                          photoStateText(static_cast<int>(photo.state)));
    }
    painter->setBrush(Qt::NoBrush);
    painter->setPen(QPen(selected ? c.brand : c.hairline, selected ? 2 : 1));
    painter->drawPath(card);
    painter->restore();
}

} // namespace goodsight
