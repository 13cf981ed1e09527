#include "ui/training/LabelCountsModel.h"

#include "ui/shell/LabelIndex.h"
#include "ui/theme/Icons.h"
#include "ui/theme/Theme.h"
#include "ui/training/TrainingWords.h"
#include "ui/widgets/Painting.h"

#include <QLocale>
#include <QPainter>

#include <algorithm>

namespace goodsight {

LabelCountsModel::LabelCountsModel(const LabelIndex& labels, QObject* parent)
    : QAbstractListModel(parent)
    , m_labels(labels)
{}

void LabelCountsModel::setCounts(const QList<std::pair<QString, qint64>>& counts)
{
    beginResetModel();
    m_counts = counts;
    m_counts.removeIf([](const auto& row) { return row.second <= 0; });
    std::stable_sort(m_counts.begin(), m_counts.end(),
                     [](const auto& a, const auto& b) { return a.second < b.second; });
    endResetModel();
}

int LabelCountsModel::tooFew() const
{
    return static_cast<int>(std::count_if(m_counts.begin(), m_counts.end(),
                                          [](const auto& row) { return row.second < kEnoughPhotos; }));
}

qint64 LabelCountsModel::photos() const
{
    qint64 sum = 0;
    for (const auto& row : m_counts)
        sum += row.second;
    return sum;
}

int LabelCountsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_counts.size());
}

QVariant LabelCountsModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= m_counts.size())
        return {};
    const auto& [id, photos] = m_counts.at(index.row());
    const QString name = primaryName(m_labels.label(id), interfaceIsEnglish());
    const QString note =
        photos < kEnoughPhotos
            ? tr("%n photo(s), %1 are better", nullptr, static_cast<int>(photos)).arg(kEnoughPhotos)
            : QString();
    switch (role) {
    case NameRole:
        return name;
    case CountRole:
        return photos;
    case NoteRole:
        return note;
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return note.isEmpty() ? QStringLiteral("%1 %2").arg(name, QString::number(photos))
                              : QStringLiteral("%1 %2").arg(name, note);
    default:
        return {};
    }
}

QSize LabelCountDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const
{
    return {200, 44};
}

void LabelCountDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                               const QModelIndex& index) const
{
    const ThemeColors& c = Theme::colors();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QRect row = option.rect.adjusted(8, 0, -8, 0);
    if (option.state.testFlag(QStyle::State_Selected)) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(c.brandSoft);
        painter->drawRoundedRect(option.rect.adjusted(0, 2, 0, -2), 8, 8);
    }
    const QString note = index.data(LabelCountsModel::NoteRole).toString();
    const QString count = QLocale().toString(index.data(LabelCountsModel::CountRole).toLongLong());
    painter->setFont(tabularFont(option.font, 14));
    const int countWidth = std::max(44, painter->fontMetrics().horizontalAdvance(count));
    painter->setPen(c.text);
    painter->drawText(row, Qt::AlignRight | Qt::AlignVCenter, count);
    int right = row.right() - countWidth - 12;
    if (!note.isEmpty()) {
        painter->setFont(sizedFont(option.font, 12));
        const int width = painter->fontMetrics().horizontalAdvance(note);
        painter->setPen(c.secondary);
        painter->drawText(QRect(right - width, row.top(), width + 1, row.height()),
                          Qt::AlignRight | Qt::AlignVCenter, note);
        right -= width + 24;
        painter->drawPixmap(
            QPoint(right, row.center().y() - 8),
            linePixmap(QStringLiteral("warning"), 16, c.unsure, painter->device()->devicePixelRatioF()));
        right -= 8;
    }
    painter->setFont(sizedFont(option.font, 14));
    painter->setPen(c.text);
    const int room = right - row.left();
    painter->drawText(QRect(row.left(), row.top(), room, row.height()), Qt::AlignLeft | Qt::AlignVCenter,
                      painter->fontMetrics().elidedText(index.data(LabelCountsModel::NameRole).toString(),
                                                        Qt::ElideRight, room));
    painter->restore();
}

} // namespace goodsight
