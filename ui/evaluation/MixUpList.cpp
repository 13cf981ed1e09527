#include "ui/evaluation/MixUpList.h"

#include "ui/evaluation/EvaluationWords.h"
#include "ui/theme/Theme.h"
#include "ui/widgets/Painting.h"

#include <QHash>
#include <QPainter>
#include <QStyledItemDelegate>

namespace goodsight {

namespace {

constexpr int kTruth = Qt::UserRole;
constexpr int kTaken = Qt::UserRole + 1;
constexpr int kTruthName = Qt::UserRole + 2;
constexpr int kTakenName = Qt::UserRole + 3;
constexpr int kCount = Qt::UserRole + 4;

/// "Milk → Oat milk      4 of 12"
class PairDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override
    {
        return {200, 44};
    }
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const ThemeColors& c = Theme::colors();
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        if (option.state & (QStyle::State_Selected | QStyle::State_MouseOver)) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(option.state.testFlag(QStyle::State_Selected) ? c.brandSoft : c.window);
            painter->drawRoundedRect(QRectF(option.rect).adjusted(0, 1, 0, -1), 8, 8);
        }
        const QRect row = option.rect.adjusted(8, 0, -8, 0);
        const QString count = index.data(kCount).toString();
        painter->setFont(tabularFont(option.font, 12));
        painter->setPen(c.secondary);
        painter->drawText(row, Qt::AlignRight | Qt::AlignVCenter, count);
        const int room = (row.width() - painter->fontMetrics().horizontalAdvance(count) - 48) / 2;
        painter->setFont(sizedFont(option.font, 14));
        painter->setPen(c.text);
        const QFontMetrics metrics = painter->fontMetrics();
        const QString truth = metrics.elidedText(index.data(kTruthName).toString(), Qt::ElideRight, room);
        painter->drawText(row, Qt::AlignLeft | Qt::AlignVCenter, truth);
        int x = row.left() + metrics.horizontalAdvance(truth) + 8;
        painter->setPen(c.weak);
        painter->drawText(QRect(x, row.top(), 20, row.height()), Qt::AlignCenter, QStringLiteral("→"));
        x += 28;
        painter->setPen(c.text);
        painter->drawText(QRect(x, row.top(), room + 2, row.height()), Qt::AlignLeft | Qt::AlignVCenter,
                          metrics.elidedText(index.data(kTakenName).toString(), Qt::ElideRight, room));
        painter->restore();
    }
};

} // namespace

MixUpList::MixUpList(QWidget* parent)
    : QListWidget(parent)
{
    setObjectName(QStringLiteral("mixUps"));
    setItemDelegate(new PairDelegate(this));
    setMouseTracking(true);
    setUniformItemSizes(true);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setCursor(Qt::PointingHandCursor);
    const auto choose = [this](const QListWidgetItem* item) {
        Q_EMIT cellChosen(item->data(kTruth).toInt(), item->data(kTaken).toInt());
    };
    connect(this, &QListWidget::itemClicked, this, choose);
    connect(this, &QListWidget::itemActivated, this, choose);
}

void MixUpList::show(const Evaluation& evaluation, int count)
{
    clear();
    QHash<int, int> photos;
    for (const ClassMetrics& one : evaluation.report.metrics.classes)
        photos.insert(one.label, one.photos);
    for (const ConfusionCell& cell : evaluation.report.confusion.mostConfused(count)) {
        const QString truth = EvaluationWords::name(evaluation, cell.truth);
        const QString taken = EvaluationWords::name(evaluation, cell.predicted);
        const QString figure =
            QStringLiteral("%1 / %2").arg(cell.photos.size()).arg(photos.value(cell.truth));
        auto* item = new QListWidgetItem(this);
        item->setData(kTruth, cell.truth);
        item->setData(kTaken, cell.predicted);
        item->setData(kTruthName, truth);
        item->setData(kTakenName, taken);
        item->setData(kCount, figure);
        item->setData(Qt::AccessibleTextRole, truth + QStringLiteral(" → ") + taken + u' ' + figure);
        item->setToolTip(truth + QStringLiteral(" → ") + taken);
    }
}

void MixUpList::paintEvent(QPaintEvent* event)
{
    QListWidget::paintEvent(event);
    if (count() > 0)
        return;
    QPainter painter(viewport());
    painter.setPen(Theme::colors().secondary);
    painter.drawText(viewport()->rect(), Qt::AlignCenter | Qt::TextWordWrap, tr("Nothing was mixed up."));
}

} // namespace goodsight
