#include "ui/promotion/DifferenceList.h"

#include "ui/theme/Theme.h"
#include "ui/widgets/Painting.h"
#include "ui/widgets/ThumbnailSource.h"

#include <QPainter>
#include <QPainterPath>
#include <QStyledItemDelegate>

#include <functional>

namespace goodsight {

namespace {

constexpr int kHeight = 76;
constexpr int kPicture = 60;

enum Role {
    File = Qt::UserRole,
    OldName,
    OldConfidence,
    NewName,
    NewConfidence,
    Verdict, ///< what a person reads of it
    Tone,    ///< 1: the new model is right, -1: the old one, 0: neither, or unknown
};

class DifferenceDelegate final : public QStyledItemDelegate {
public:
    DifferenceDelegate(ThumbnailLoader& thumbnails, QObject* parent)
        : QStyledItemDelegate(parent)
        , m_thumbnail(thumbnailSource(thumbnails, 2 * kPicture))
    {}
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override
    {
        return {200, kHeight};
    }
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const ThemeColors& c = Theme::colors();
        painter->save();
        painter->setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
        if (option.state & (QStyle::State_Selected | QStyle::State_MouseOver)) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(option.state.testFlag(QStyle::State_Selected) ? c.brandSoft : c.window);
            painter->drawRoundedRect(QRectF(option.rect).adjusted(0, 1, 0, -1), 8, 8);
        }
        drawPicture(*painter,
                    QRectF(option.rect.left() + 8, option.rect.top() + (kHeight - kPicture) / 2.0, kPicture,
                           kPicture),
                    m_thumbnail(index.data(File).toString()));
        const QRect words = option.rect.adjusted(kPicture + 22, 8, -10, -8);
        const int half = words.width() / 2;
        drawSaid(*painter, {words.left(), words.top(), half - 16, 34}, index, OldName, OldConfidence,
                 option.font);
        painter->setPen(c.secondary);
        painter->setFont(sizedFont(option.font, 14));
        painter->drawText(QRect(words.left() + half - 14, words.top(), 20, 34), Qt::AlignCenter,
                          QStringLiteral("→"));
        drawSaid(*painter, {words.left() + half + 14, words.top(), half - 14, 34}, index, NewName,
                 NewConfidence, option.font);
        const int tone = index.data(Tone).toInt();
        painter->setPen(tone > 0 ? c.sure : tone < 0 ? c.weak : c.secondary);
        painter->setFont(sizedFont(option.font, 12));
        const QRect below(words.left(), words.top() + 36, words.width(), 22);
        painter->drawText(
            below, Qt::AlignLeft | Qt::AlignVCenter,
            painter->fontMetrics().elidedText(index.data(Verdict).toString(), Qt::ElideRight, below.width()));
        painter->restore();
    }

private:
    static void drawPicture(QPainter& painter, const QRectF& frame, const QImage& image)
    {
        QPainterPath clip;
        clip.addRoundedRect(frame, 6, 6);
        painter.save();
        painter.setClipPath(clip);
        painter.fillRect(frame, Theme::colors().track);
        if (!image.isNull()) {
            QRectF target({}, QSizeF(image.size()).scaled(frame.size(), Qt::KeepAspectRatioByExpanding));
            target.moveCenter(frame.center());
            painter.drawImage(target, image);
        }
        painter.restore();
    }

    static void drawSaid(QPainter& painter, const QRect& place, const QModelIndex& index, Role name,
                         Role confidence, const QFont& font)
    {
        const ThemeColors& c = Theme::colors();
        const QString percent = percentText(index.data(confidence).toDouble());
        painter.setFont(tabularFont(font, 12));
        const int figure = painter.fontMetrics().horizontalAdvance(percent);
        painter.setFont(sizedFont(font, 14));
        const QString text = painter.fontMetrics().elidedText(index.data(name).toString(), Qt::ElideRight,
                                                              place.width() - figure - 8);
        const int width = painter.fontMetrics().horizontalAdvance(text);
        painter.setPen(c.text);
        painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter, text);
        painter.setFont(tabularFont(font, 12));
        painter.setPen(c.secondary);
        painter.drawText(place.adjusted(width + 8, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, percent);
    }

    std::function<QImage(const QString&)> m_thumbnail;
};

} // namespace

DifferenceList::DifferenceList(ThumbnailLoader& thumbnails, QWidget* parent)
    : QListWidget(parent)
{
    setItemDelegate(new DifferenceDelegate(thumbnails, this));
    setMouseTracking(true);
    setUniformItemSizes(true);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setCursor(Qt::PointingHandCursor);
    connect(&thumbnails, &ThumbnailLoader::ready, viewport(), qOverload<>(&QWidget::update));
    const auto open = [this](const QListWidgetItem* item) {
        if (const QString file = item->data(File).toString(); !file.isEmpty())
            Q_EMIT openRequested(file);
    };
    connect(this, &QListWidget::itemClicked, this, open);
    connect(this, &QListWidget::itemActivated, this, open);
}

void DifferenceList::show(const QList<Difference>& differences, bool compared)
{
    m_compared = compared;
    const int row = currentRow();
    clear();
    for (const Difference& one : differences) {
        const QString verdict = one.answer.isEmpty() ? tr("not answered yet")
                                : one.newRight       ? tr("answer: %1 · the new model is right")
                                : one.oldRight       ? tr("answer: %1 · the old model is right")
                                                     : tr("answer: %1 · both are wrong");
        auto* item = new QListWidgetItem(this);
        item->setData(File, one.file);
        item->setData(OldName, one.oldName);
        item->setData(OldConfidence, one.oldConfidence);
        item->setData(NewName, one.newName);
        item->setData(NewConfidence, one.newConfidence);
        item->setData(Verdict, one.answer.isEmpty() ? verdict : verdict.arg(one.answer));
        item->setData(Tone, one.newRight ? 1 : one.oldRight ? -1 : 0);
        const QString spoken = tr("old: %1, new: %2").arg(one.oldName, one.newName) + QStringLiteral("; ") +
                               item->data(Verdict).toString();
        item->setData(Qt::AccessibleTextRole, spoken);
        item->setToolTip(spoken);
    }
    if (row >= 0 && row < count())
        setCurrentRow(row);
}

void DifferenceList::paintEvent(QPaintEvent* event)
{
    QListWidget::paintEvent(event);
    if (count() > 0)
        return;
    QPainter painter(viewport());
    painter.setPen(Theme::colors().secondary);
    painter.drawText(viewport()->rect(), Qt::AlignCenter | Qt::TextWordWrap,
                     m_compared ? tr("The two models have said the same of every photo so far.")
                                : tr("No photo has been compared yet."));
}

} // namespace goodsight
