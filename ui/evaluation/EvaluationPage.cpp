#include "ui/evaluation/EvaluationPage.h"

#include "core/base/Settings.h"
#include "ui/evaluation/CertaintyPanel.h"
#include "ui/evaluation/ClassTablePanel.h"
#include "ui/evaluation/ConfusionPanel.h"
#include "ui/evaluation/EvaluationBar.h"
#include "ui/evaluation/EvaluationController.h"
#include "ui/evaluation/EvaluationOverview.h"
#include "ui/evaluation/MapPanel.h"
#include "ui/shell/ProjectSession.h"
#include "ui/widgets/Banner.h"
#include "ui/widgets/ViewTabs.h"

#include <QAbstractButton>
#include <QBoxLayout>
#include <QEvent>
#include <QLabel>
#include <QShortcut>
#include <QStackedWidget>

#include <algorithm>

namespace goodsight {

namespace {
const QString kViewState = QStringLiteral("evaluation-view");
}

EvaluationPage::EvaluationPage(EvaluationController& controller, Settings& settings, ProjectSession& project,
                               ThumbnailLoader& thumbnails, AutomaticAnswers& automatic, QWidget* parent)
    : QWidget(parent)
    , m_controller(controller)
    , m_settings(settings)
    , m_title(new QLabel(this))
    , m_tabs(new ViewTabs({QLatin1String("evaluationOverview"), QLatin1String("evaluationMixUps"),
                           QLatin1String("evaluationProducts"), QLatin1String("evaluationCertainty"),
                           QLatin1String("evaluationMap")},
                          this))
    , m_bar(new EvaluationBar(controller, settings, project, this))
    , m_banner(new Banner(this))
    , m_empty(new QLabel(this))
    , m_stack(new QStackedWidget(this))
    , m_overview(new EvaluationOverview(thumbnails, this))
    , m_confusion(new ConfusionPanel(thumbnails, this))
    , m_products(new ClassTablePanel(this))
    , m_certainty(new CertaintyPanel(settings, automatic, this))
    , m_map(new MapPanel(thumbnails, this))
{
    setObjectName(QStringLiteral("evaluationPage"));
    build();
    connect(m_tabs, &ViewTabs::chosen, this, &EvaluationPage::showView);
    for (const int key : {Qt::Key_Return, Qt::Key_Enter}) {
        auto* start = new QShortcut(QKeySequence(static_cast<int>(Qt::CTRL) | key), this);
        connect(start, &QShortcut::activated, m_bar, &EvaluationBar::run);
    }
    const auto complain = [this](const Error& error) {
        if (error.code == u"cancelled")
            m_banner->show(Banner::Look::Info, tr("Cancelled."));
        else
            m_banner->show(error);
    };
    connect(m_overview, &EvaluationOverview::failed, this, complain);
    connect(m_confusion, &ConfusionPanel::failed, this, complain);
    connect(m_products, &ClassTablePanel::failed, this, complain);
    connect(m_certainty, &CertaintyPanel::failed, this, complain);
    connect(m_map, &MapPanel::failed, this, complain);
    connect(&controller, &EvaluationController::failed, this, complain);
    connect(&controller, &EvaluationController::changed, this, [this] {
        m_banner->hide();
        refresh();
    });
    connect(&controller, &EvaluationController::busyChanged, this, &EvaluationPage::refresh);
    connect(&project, &ProjectSession::opened, m_bar, &EvaluationBar::refresh);
    connect(m_overview, &EvaluationOverview::cellChosen, this, [this](int truth, int taken) {
        showView(MixUps);
        m_confusion->chooseCell(truth, taken);
    });
    connect(m_confusion, &ConfusionPanel::openRequested, this, &EvaluationPage::openRequested);
    showView(settings.windowState(kViewState).toInt());
    retranslate();
}

void EvaluationPage::build()
{
    m_title->setProperty("kind", QStringLiteral("title"));
    m_banner->setObjectName(QStringLiteral("evaluationBanner"));
    m_empty->setObjectName(QStringLiteral("evaluationEmpty"));
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_empty->setProperty("kind", QStringLiteral("secondary"));
    auto* header = new QHBoxLayout;
    header->setSpacing(8);
    header->addWidget(m_title);
    header->addSpacing(16);
    header->addWidget(m_tabs);
    header->addStretch();
    m_title->setMinimumHeight(44);
    for (QWidget* view :
         std::initializer_list<QWidget*>{m_overview, m_confusion, m_products, m_certainty, m_map})
        m_stack->addWidget(view);
    auto* page = new QVBoxLayout(this);
    page->setContentsMargins(24, 20, 24, 16);
    page->setSpacing(12);
    page->addLayout(header);
    page->addWidget(m_bar);
    page->addWidget(m_banner);
    page->addWidget(m_stack, 1);
    page->addWidget(m_empty, 1);
}

void EvaluationPage::showView(int view)
{
    const int shown = std::clamp(view, 0, m_stack->count() - 1);
    m_stack->setCurrentIndex(shown);
    m_tabs->setShown(shown);
    m_settings.setWindowState(kViewState, QByteArray::number(shown));
}

void EvaluationPage::retranslate()
{
    m_title->setText(tr("Evaluation"));
    setAccessibleName(m_title->text());
    m_tabs->tab(Overview).setText(tr("Overview"));
    m_tabs->tab(MixUps).setText(tr("Mix-ups"));
    m_tabs->tab(Products).setText(tr("Products"));
    m_tabs->tab(Certainty).setText(tr("Certainty"));
    m_tabs->tab(Map).setText(tr("Map"));
    m_banner->hide(); // said in the other language
    refresh();
}

void EvaluationPage::refresh()
{
    const EvaluationPtr& evaluation = m_controller.last();
    m_stack->setVisible(evaluation != nullptr);
    m_empty->setVisible(evaluation == nullptr);
    m_tabs->setVisible(evaluation != nullptr);
    m_empty->setText(
        m_controller.busy()
            ? tr("The photos are being recognised.\nThe figures appear here when all are done.")
            : tr("How good is the model?\nChoose photos whose products are known, and it is measured on "
                 "them: how often it is right, what it mixes up, and how far it can be trusted."));
    if (!evaluation)
        return;
    m_overview->show(*evaluation);
    m_confusion->show(evaluation);
    m_products->show(evaluation);
    m_certainty->show(evaluation);
    m_map->show(evaluation);
}

void EvaluationPage::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void EvaluationPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    m_bar->refresh();
}

} // namespace goodsight
