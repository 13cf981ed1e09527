#include "ui/promotion/PairedCountsModel.h"

#include "ui/theme/Theme.h"

#include <QLocale>

#include <algorithm>

namespace goodsight {

void PairedCountsModel::show(const ShadowReport& report,
                             const std::function<QString(const QString& labelId)>& nameOf)
{
    const PromotionDecision& decision = report.decision;
    const auto verdict = [&](bool worse) {
        if (decision.verdict == PromotionVerdict::NotYet)
            return Verdict::Open;
        return worse ? Verdict::Worse : Verdict::NotWorse;
    };
    QList<Row> rows;
    for (const PairedCounts& one : report.comparison.classes) {
        if (one.photos >= report.rule.classPhotos)
            rows.append({nameOf(one.labelId), one, verdict(decision.worseIds.contains(one.labelId))});
    }
    std::stable_sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
        return a.counts.onlyOldRight - a.counts.onlyNewRight > b.counts.onlyOldRight - b.counts.onlyNewRight;
    });
    const PairedCounts& all = report.comparison.all;
    rows.prepend({tr("All products"), all, verdict(all.pWorse < report.rule.level)});
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
        return tr("worse");
    case Verdict::NotWorse:
        return tr("not worse");
    case Verdict::Open:
        break;
    }
    return QStringLiteral("–");
}

QVariant PairedCountsModel::data(const QModelIndex& index, int role) const
{
    const Row& row = m_rows.at(index.row());
    if (role == Qt::TextAlignmentRole) {
        const bool number = index.column() >= Photos && index.column() <= OnlyNew;
        return QVariant::fromValue(Qt::AlignVCenter | (number ? Qt::AlignRight : Qt::AlignLeft));
    }
    if (role == Qt::ForegroundRole && index.column() == Judgement && row.verdict != Verdict::Open)
        return row.verdict == Verdict::Worse ? Theme::colors().weak : Theme::colors().sure;
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
        return tr("Verdict");
    }
}

} // namespace goodsight
