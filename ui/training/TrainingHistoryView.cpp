#include "ui/training/TrainingHistoryView.h"

#include "ui/training/RunCharts.h"
#include "ui/training/RunCurves.h"
#include "ui/training/TrainingController.h"
#include "ui/training/TrainingRunsModel.h"
#include "ui/training/TrainingWords.h"
#include "ui/widgets/Banner.h"
#include "ui/widgets/KeyButton.h"

#include <QBoxLayout>
#include <QEvent>
#include <QFrame>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QTableView>

#include <algorithm>

namespace goodsight {

TrainingHistoryView::TrainingHistoryView(TrainingController& controller, QWidget* parent)
    : QWidget(parent)
    , m_controller(controller)
    , m_model(new TrainingRunsModel(controller, this))
    , m_content(new QWidget(this))
    , m_empty(new QLabel(this))
    , m_table(new QTableView(this))
    , m_hint(new QLabel(this))
    , m_goOn(new KeyButton(this))
    , m_forget(new KeyButton(this))
    , m_reason(new Banner(this))
    , m_charts(new RunCharts(this))
{
    build();
    connect(&controller, &TrainingController::runsChanged, this, &TrainingHistoryView::reload);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &TrainingHistoryView::refresh);
    connect(m_goOn, &QPushButton::clicked, this, &TrainingHistoryView::goOnWithSelected);
    connect(m_forget, &QPushButton::clicked, this, &TrainingHistoryView::forgetSelected);
    connect(m_charts, &RunCharts::failed, this, &TrainingHistoryView::failed);
    retranslate();
}

void TrainingHistoryView::build()
{
    m_empty->setObjectName(QStringLiteral("historyEmpty"));
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_empty->setProperty("kind", QStringLiteral("secondary"));
    m_hint->setProperty("kind", QStringLiteral("small"));
    m_hint->setWordWrap(true);
    m_hint->setObjectName(QStringLiteral("historyHint"));
    m_goOn->setObjectName(QStringLiteral("goOnRun"));
    m_forget->setObjectName(QStringLiteral("forgetRun"));
    m_reason->setObjectName(QStringLiteral("runError"));
    m_table->setObjectName(QStringLiteral("trainingRuns"));
    m_table->setModel(m_model);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setShowGrid(false);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(44);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_table->horizontalHeader()->setFixedHeight(36);
    m_table->setMinimumHeight(36 + 3 * 44);

    auto* card = new QFrame(this);
    card->setProperty("kind", QStringLiteral("card"));
    auto* inside = new QVBoxLayout(card);
    inside->setContentsMargins(12, 8, 12, 8);
    inside->setSpacing(6);
    inside->addWidget(m_table, 1);
    auto* line = new QHBoxLayout;
    line->setContentsMargins(8, 0, 0, 0);
    line->addWidget(m_hint, 1);
    line->addWidget(m_goOn);
    line->addWidget(m_forget);
    inside->addLayout(line);
    auto* column = new QVBoxLayout(m_content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(16);
    column->addWidget(card, 2);
    column->addWidget(m_reason);
    column->addWidget(m_charts, 3);
    auto* page = new QVBoxLayout(this);
    page->setContentsMargins(0, 0, 0, 0);
    page->addWidget(m_content, 1);
    page->addWidget(m_empty, 1);
}

void TrainingHistoryView::retranslate()
{
    m_empty->setText(
        tr("No run is finished yet.\nEach one stays here with its figures, so that two can be compared."));
    m_goOn->setText(tr("Go on"));
    m_table->setAccessibleName(tr("Finished runs"));
    reload();
}

QList<qint64> TrainingHistoryView::selected() const
{
    QList<qint64> ids;
    for (const QModelIndex& index : m_table->selectionModel()->selectedRows())
        ids.append(m_model->idAt(index.row()));
    std::sort(ids.begin(), ids.end());
    return ids;
}

void TrainingHistoryView::reload()
{
    const QList<qint64> before = selected();
    m_model->reload();
    for (const qint64 id : before)
        select(id);
    if (selected().isEmpty() && m_model->rowCount() > 0)
        m_table->selectRow(0);
    refresh();
}

void TrainingHistoryView::select(qint64 id)
{
    const int row = m_model->rowOf(id);
    if (row >= 0)
        m_table->selectionModel()->select(m_model->index(row, 0),
                                          QItemSelectionModel::Select | QItemSelectionModel::Rows);
}

void TrainingHistoryView::refresh()
{
    const bool none = m_model->rowCount() == 0;
    m_content->setVisible(!none);
    m_empty->setVisible(none);
    const QList<qint64> ids = selected();
    m_forget->setEnabled(!ids.isEmpty());
    m_forgetAsked = false;
    m_forget->setText(tr("Remove from list"));
    const bool stopped = ids.size() == 1 && m_controller.canGoOn(ids.first());
    m_goOn->setVisible(stopped);
    m_hint->setText(
        stopped ? tr("This run was stopped. It can go on where it was; until then it keeps %1 on the disk.")
                      .arg(QLocale().formattedDataSize(m_controller.bytesKept(ids.first()), 1,
                                                       QLocale::DataSizeSIFormat))
        : ids.size() > RunCurves::kMostRuns
            ? tr("The newest %1 of the selected runs are drawn.").arg(RunCurves::kMostRuns)
            : tr("Select several runs with Ctrl or Shift to lay their curves over each other."));
    m_reason->hide();
    if (ids.size() >= 2) {
        QList<const TrainingRun*> runs;
        for (const qint64 id : ids.last(std::min(ids.size(), RunCurves::kMostRuns)))
            runs.append(m_controller.run(id));
        m_charts->compare(runs);
        return;
    }
    const TrainingRun* run = ids.isEmpty() ? nullptr : m_controller.run(ids.first());
    m_charts->showRun(run);
    if (!run)
        return;
    const Error met = TrainingWords::warning(*run);
    if (run->state == TrainingRun::State::Failed)
        m_reason->show(run->error);
    else if (!met.message.isEmpty())
        m_reason->show(Banner::Look::Warning, met.message, met.hint);
}

void TrainingHistoryView::forgetSelected()
{
    const QList<qint64> ids = selected();
    if (!m_forgetAsked &&
        std::any_of(ids.begin(), ids.end(), [this](qint64 id) { return m_controller.canGoOn(id); })) {
        m_forgetAsked = true;
        m_forget->setText(tr("Really remove"));
        return;
    }
    for (const qint64 id : ids)
        m_controller.forget(id);
}

void TrainingHistoryView::goOnWithSelected()
{
    const QList<qint64> ids = selected();
    if (ids.size() == 1 && m_controller.goOn(ids.first()))
        Q_EMIT wentOn(ids.first());
}

void TrainingHistoryView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

} // namespace goodsight
