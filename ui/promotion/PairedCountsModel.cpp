#include "ui/promotion/PairedCountsModel.h"

#include "ui/theme/Theme.h"

#include <QLocale>

#include <algorithm>

namespace goodsight {

void PairedCountsModel::show(const ShadowReport& report,
                             const std::function<QString(const QString& labelId)>& nameOf)
{
    const PromotionDecision& decision = report.decision;
    const auto verdict = [&](bool worse, bool doubtful) {
        if (decision.look == 0)
            return Verdict::Open;
        return worse ? Verdict::Worse : doubtful ? Verdict::Doubtful : Verdict::NotShown;
    };
    QList<Row> rows;
    for (const PairedCounts& one : report.comparison.classes)
        rows.append(
            {nameOf(one.labelId), one,
             verdict(decision.worseIds.contains(one.labelId), decision.doubtfulIds.contains(one.labelId))});
    std::stable_sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
        return a.counts.onlyOldRight - a.counts.onlyNewRight > b.counts.onlyOldRight - b.counts.onlyNewRight;
    });
    rows.prepend({tr("All products"), report.comparison.all,
                  decision.verdict == PromotionVerdict::Allowed ? Verdict::WithinMargin
                                                                : verdict(decision.worse, false)});
    beginResetModel();
    m_rows = rows;
    endResetModel();
}

int PairedCountsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int PairedCountsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : Columns;
}

QString PairedCountsModel::verdictText(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Worse:
        return tr("yes");
    case Verdict::Doubtful:
        return tr("perhaps");
    case Verdict::NotShown:
        return tr("not shown");
    case Verdict::WithinMargin:
        return tr("no");
    case Verdict::Open:
        break;
    }
    return QStringLiteral("–");
}

QColor PairedCountsModel::verdictColor(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Worse:
        return Theme::colors().weak;
    case Verdict::Doubtful:
        return Theme::colors().unsure;
    case Verdict::WithinMargin:
        return Theme::colors().sure;
    case Verdict::NotShown:
    case Verdict::Open:
        break;
    }
    return Theme::colors().secondary; // an absence of evidence is no good news
}

QVariant PairedCountsModel::data(const QModelIndex& index, int role) const
{
    const Row& row = m_rows.at(index.row());
    if (role == Qt::TextAlignmentRole) {
        const bool number = index.column() >= Photos && index.column() <= OnlyNew;
        return QVariant::fromValue(Qt::AlignVCenter | (number ? Qt::AlignRight : Qt::AlignLeft));
    }
    if (role == Qt::ForegroundRole && index.column() == Judgement)
        return verdictColor(row.verdict);
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    switch (index.column()) {
    case Product:
        return row.name;
    case Photos:
        return QLocale().toString(row.counts.photos);
    case OnlyOld:
        return QLocale().toString(row.counts.onlyOldRight);
    case OnlyNew:
        return QLocale().toString(row.counts.onlyNewRight);
    default:
        return verdictText(row.verdict);
    }
}

QVariant PairedCountsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole) {
        const bool number = section >= Photos && section <= OnlyNew;
        return QVariant::fromValue(Qt::AlignVCenter | (number ? Qt::AlignRight : Qt::AlignLeft));
    }
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Product:
        return tr("Product");
    case Photos:
        return tr("Photos");
    case OnlyOld:
        return tr("Only old");
    case OnlyNew:
        return tr("Only new");
    default:
        return tr("Worse?");
    }
}

} // namespace goodsight
