#include "ui/evaluation/ClassTableModel.h"

#include "ui/evaluation/EvaluationWords.h"
#include "ui/theme/Theme.h"

#include <QLocale>

namespace goodsight {

namespace {
constexpr double kSureFrom = 0.8; ///< the design's three colours of a percentage
constexpr double kUnsureFrom = 0.5;
} // namespace

void ClassTableModel::show(const EvaluationPtr& evaluation)
{
    beginResetModel();
    m_evaluation = evaluation;
    endResetModel();
}

int ClassTableModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() || !m_evaluation ? 0
                                             : static_cast<int>(m_evaluation->report.metrics.classes.size());
}

int ClassTableModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : Columns;
}

QVariant ClassTableModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const ClassMetrics& one = m_evaluation->report.metrics.classes[static_cast<std::size_t>(index.row())];
    const double values[]{0, static_cast<double>(one.photos), one.recall, one.top3, one.precision, one.f1};
    const double value = values[index.column()];
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::AlignVCenter |
                                   (index.column() == Product ? Qt::AlignLeft : Qt::AlignRight));
    if (index.column() == Product) {
        if (role == Qt::DisplayRole || role == kSort)
            return EvaluationWords::name(*m_evaluation, one.label);
        return {};
    }
    if (role == kSort)
        return value;
    if (role == Qt::ForegroundRole && index.column() == Right && one.recall < kUnsureFrom)
        return Theme::confidenceColor(one.recall, kSureFrom, kUnsureFrom);
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case Photos:
        return QLocale().toString(one.photos);
    case F1:
        return QLocale().toString(one.f1, 'f', 2);
    case Right:
        return QStringLiteral("%1  (%2)").arg(EvaluationWords::percent(value, 0)).arg(one.right);
    default:
        return EvaluationWords::percent(value, 0);
    }
}

QVariant ClassTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::AlignVCenter | (section == Product ? Qt::AlignLeft : Qt::AlignRight));
    if (role == Qt::ToolTipRole) {
        switch (section) {
        case Right:
            return tr("Of its photos, those recognised as it");
        case AmongThree:
            return tr("Of its photos, those with it among the first three");
        case Precision:
            return tr("Of the photos recognised as it, those that are it");
        case F1:
            return tr("Right and precision in one figure");
        default:
            return {};
        }
    }
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Product:
        return tr("Product");
    case Photos:
        return tr("Photos");
    case Right:
        return tr("Right");
    case AmongThree:
        return tr("Among three");
    case Precision:
        return tr("Precision");
    default:
        return tr("F1");
    }
}

} // namespace goodsight
