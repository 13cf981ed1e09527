#include "ui/training/TrainingRunsModel.h"

#include "ui/theme/Theme.h"
#include "ui/training/TrainingController.h"
#include "ui/training/TrainingWords.h"

#include <QLocale>

#include <limits>

namespace goodsight {

namespace {

QVariant alignment(int column)
{
    const bool number = column >= TrainingRunsModel::Photos && column != TrainingRunsModel::State;
    return QVariant::fromValue(Qt::AlignVCenter | (number ? Qt::AlignRight : Qt::AlignLeft));
}

} // namespace

TrainingRunsModel::TrainingRunsModel(const TrainingController& controller, QObject* parent)
    : QAbstractTableModel(parent)
    , m_controller(controller)
{
    reload();
}

void TrainingRunsModel::reload()
{
    QList<qint64> ids;
    for (const TrainingRun& run : m_controller.runs()) {
        if (run.over())
            ids.prepend(run.id);
    }
    beginResetModel();
    m_bytes.clear();
    for (const qint64 id : ids)
        m_bytes.insert(id, m_controller.bytesKept(id));
    m_ids = ids;
    endResetModel();
}

int TrainingRunsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_ids.size());
}

int TrainingRunsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : Columns;
}

QString TrainingRunsModel::text(const TrainingRun& run, int column) const
{
    constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
    switch (column) {
    case When:
        return QLocale().toString(run.asked, QLocale::ShortFormat);
    case Preset:
        return TrainingWords::preset(run.wish.preset);
    case Photos:
        return QLocale().toString(run.learntFrom());
    case Top1:
        return TrainingWords::share(run.epochs.isEmpty() ? kNone : run.epochs.last().valTop1);
    case Top3:
        return TrainingWords::share(run.epochs.isEmpty() ? kNone : run.epochs.last().valTop3);
    case Time:
        return run.seconds() > 0 ? TrainingWords::duration(run.seconds()) : QStringLiteral("–");
    case State:
        return TrainingWords::state(run.state);
    case Kept:
        return m_bytes.value(run.id) > 0
                   ? QLocale().formattedDataSize(m_bytes.value(run.id), 1, QLocale::DataSizeSIFormat)
                   : QStringLiteral("–");
    default:
        return {};
    }
}

QVariant TrainingRunsModel::data(const QModelIndex& index, int role) const
{
    const TrainingRun* run = m_controller.run(idAt(index.row()));
    if (!run)
        return {};
    if (role == Qt::DisplayRole)
        return text(*run, index.column());
    if (role == Qt::TextAlignmentRole)
        return alignment(index.column());
    if (role == Qt::ForegroundRole && index.column() == State && run->state == TrainingRun::State::Failed)
        return Theme::colors().weak;
    if (role == Qt::ToolTipRole && !run->error.message.isEmpty())
        return run->error.message;
    return {};
}

QVariant TrainingRunsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return alignment(section);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case When:
        return tr("Started");
    case Preset:
        return tr("Recipe");
    case Photos:
        return tr("Photos");
    case Top1:
        return tr("First right");
    case Top3:
        return tr("Among three");
    case Time:
        return tr("Time");
    case Kept:
        return tr("On disk");
    default:
        return tr("State");
    }
}

} // namespace goodsight
