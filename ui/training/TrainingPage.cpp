#include "ui/training/TrainingPage.h"

#include "core/base/Settings.h"
#include "ui/training/TrainingController.h"
#include "ui/training/TrainingHistoryView.h"
#include "ui/training/TrainingProgressView.h"
#include "ui/training/TrainingSetupView.h"
#include "ui/training/TrainingWords.h"
#include "ui/widgets/Banner.h"
#include "ui/widgets/KeyButton.h"
#include "ui/widgets/ViewTabs.h"

#include <QAbstractButton>
#include <QBoxLayout>
#include <QEvent>
#include <QLabel>
#include <QShortcut>
#include <QStackedWidget>

#include <algorithm>

namespace goodsight {

TrainingPage::TrainingPage(TrainingController& controller, Settings& settings, ProjectSession& project,
                           const LabelIndex& labels, ThumbnailLoader& thumbnails, QWidget* parent)
    : QWidget(parent)
    , m_controller(controller)
    , m_settings(settings)
    , m_title(new QLabel(this))
    , m_cancel(new KeyButton(this))
    , m_tabs(new ViewTabs({QLatin1String("trainingSetup"), QLatin1String("trainingProgress"),
                           QLatin1String("trainingHistory")},
                          this))
    , m_banner(new Banner(this))
    , m_stack(new QStackedWidget(this))
    , m_setup(new TrainingSetupView(controller, settings, project, labels, this))
    , m_progress(new TrainingProgressView(controller, project, labels, thumbnails, this))
    , m_history(new TrainingHistoryView(controller, this))
{
    setObjectName(QStringLiteral("trainingPage"));
    build();
    connect(m_tabs, &ViewTabs::chosen, this, [this](int id) { showView(static_cast<View>(id)); });
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        if (const TrainingRun* run = m_controller.running())
            m_controller.cancel(run->id);
    });
    const auto follow = [this] {
        m_banner->hide();
        showView(Progress);
        m_tabs->tab(Progress).setFocus(); // not on whatever took the place of the start button
    };
    connect(m_setup, &TrainingSetupView::started, this, follow);
    connect(m_history, &TrainingHistoryView::wentOn, this, follow);
    for (const int key : {Qt::Key_Return, Qt::Key_Enter}) {
        auto* start = new QShortcut(QKeySequence(static_cast<int>(Qt::CTRL) | key), this);
        connect(start, &QShortcut::activated, this, [this] {
            if (m_stack->currentWidget() == m_setup)
                m_setup->start();
        });
    }
    const auto complain = [this](const Error& error) { m_banner->show(error); };
    connect(m_progress, &TrainingProgressView::failed, this, complain);
    connect(m_history, &TrainingHistoryView::failed, this, complain);
    connect(&controller, &TrainingController::runsChanged, this, &TrainingPage::refresh);
    connect(&controller, &TrainingController::finished, this, &TrainingPage::announce);
    connect(&controller, &TrainingController::warned, this, [this](qint64 id) {
        const Error met = TrainingWords::warning(*m_controller.run(id));
        m_banner->show(Banner::Look::Warning, met.message, met.hint);
    });
    showView(controller.running() ? Progress : Setup);
    retranslate();
}

void TrainingPage::build()
{
    m_title->setProperty("kind", QStringLiteral("title"));
    m_cancel->setObjectName(QStringLiteral("cancelTraining"));
    m_cancel->setProperty("kind", QStringLiteral("danger"));
    m_banner->setObjectName(QStringLiteral("trainingBanner"));
    auto* header = new QHBoxLayout;
    header->setSpacing(8);
    header->addWidget(m_title);
    header->addSpacing(16);
    header->addWidget(m_tabs);
    header->addStretch();
    header->addWidget(m_cancel);
    m_stack->addWidget(m_setup);
    m_stack->addWidget(m_progress);
    m_stack->addWidget(m_history);
    auto* page = new QVBoxLayout(this);
    page->setContentsMargins(24, 20, 24, 20);
    page->setSpacing(16);
    page->addLayout(header);
    page->addWidget(m_banner);
    page->addWidget(m_stack, 1);
}

void TrainingPage::announce(qint64 id)
{
    const TrainingRun* run = m_controller.run(id);
    if (!run)
        return;
    if (run->state == TrainingRun::State::Failed)
        m_banner->show(run->error);
    if (run->state != TrainingRun::State::Done)
        return;
    QStringList hints;
    if (!run->model.isEmpty())
        hints.append(tr("The new model “%1” is on the Models page.").arg(run->model));
    const Error met = TrainingWords::warning(*run);
    if (!met.message.isEmpty())
        hints.append(met.message + u' ' + met.hint);
    const QString where = hints.join(u'\n');
    if (run->validated())
        m_banner->show(met.message.isEmpty() ? Banner::Look::Info : Banner::Look::Warning,
                       tr("The run is finished: %1 of 100 photos are right at once.")
                           .arg(qRound(run->epochs.last().valTop1 * 100)),
                       where);
    else
        m_banner->show(Banner::Look::Warning,
                       tr("The run is finished, but no photos were kept apart to tell how good it is."),
                       where);
}

void TrainingPage::showView(View view)
{
    m_stack->setCurrentIndex(view);
    m_tabs->setShown(view);
}

void TrainingPage::retranslate()
{
    m_title->setText(tr("Training"));
    setAccessibleName(m_title->text());
    m_cancel->setText(tr("Stop"));
    m_cancel->setAccessibleName(tr("Stop the run"));
    m_banner->hide(); // said in the other language
    refresh();
}

void TrainingPage::refresh()
{
    const auto& runs = m_controller.runs();
    const auto over = std::count_if(runs.begin(), runs.end(), [](const TrainingRun& r) { return r.over(); });
    m_tabs->tab(Setup).setText(tr("New run"));
    const int waiting = m_controller.waiting();
    m_tabs->tab(Progress).setText(waiting > 0 ? tr("Progress") + QStringLiteral("  +%1").arg(waiting)
                                              : tr("Progress"));
    m_tabs->tab(History).setText(tr("History") + QStringLiteral("  %1").arg(over));
    m_cancel->setVisible(m_controller.running() != nullptr);
}

void TrainingPage::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

} // namespace goodsight
