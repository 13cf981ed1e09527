#include "ui/recognition/LabelDelegate.h"

#include "ui/theme/Icons.h"
#include "ui/theme/Theme.h"
#include "ui/widgets/Painting.h"

#include <QPainter>

namespace goodsight {

QSize LabelDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const
{
    return {200, 48};
}

void LabelDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                          const QModelIndex& index) const
{
    const ThemeColors& c = Theme::colors();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    if (selected || option.state.testFlag(QStyle::State_MouseOver)) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(selected ? c.brandSoft : c.window);
        painter->drawRoundedRect(QRectF(option.rect).adjusted(0, 1, 0, -1), 8, 8);
    }
    QRect area = option.rect.adjusted(12, 0, -12, 0);
    if (selected) {
        const QString key = QStringLiteral("Enter");
        painter->setFont(option.font);
        const int width = keyBadgeWidth(option.font, key);
        drawKeyBadge(*painter, {area.right() - width + 1, area.center().y() - kKeyBadgeHeight / 2 + 1}, key,
                     KeyBadgeLook::Plain);
        area.setRight(area.right() - width - 10);
    }
    const QString name = index.data(Qt::DisplayRole).toString();
    const bool makesNew = index.data(NewNameRole).isValid();
    if (makesNew) {
        painter->drawPixmap(
            QPoint(area.left(), area.center().y() - 9),
            linePixmap(QStringLiteral("plus"), 20, c.brand, painter->device()->devicePixelRatioF()));
        area.setLeft(area.left() + 28);
    }
    const QFont nameFont = sizedFont(option.font, 16, makesNew ? QFont::Normal : QFont::DemiBold);
    const QFontMetrics nameMetrics(nameFont);
    painter->setFont(nameFont);
    painter->setPen(makesNew ? c.brand : c.text);
    const QString shown = nameMetrics.elidedText(name, Qt::ElideRight, area.width());
    painter->drawText(area, Qt::AlignVCenter | Qt::AlignLeft, shown);
    const int used = nameMetrics.horizontalAdvance(shown) + 10;
    QString rest = index.data(SecondaryRole).toString();
    const QString code = index.data(CodeRole).toString();
    if (!code.isEmpty())
        rest += (rest.isEmpty() ? QString() : QStringLiteral(" · ")) + code;
    if (used < area.width() - 24 && !rest.isEmpty()) {
        const QFont smallFont = sizedFont(option.font, 12);
        painter->setFont(smallFont);
        painter->setPen(c.secondary);
        painter->drawText(area.adjusted(used, 2, 0, 0), Qt::AlignVCenter | Qt::AlignLeft,
                          QFontMetrics(smallFont).elidedText(rest, Qt::ElideRight, area.width() - used));
    }
    painter->restore();
}

} // namespace goodsight
