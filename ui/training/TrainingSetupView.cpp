#include "ui/training/TrainingSetupView.h"

#include "core/base/Settings.h"
#include "ui/shell/LabelIndex.h"
#include "ui/shell/ProjectSession.h"
#include "ui/training/LabelCountsModel.h"
#include "ui/training/PresetCard.h"
#include "ui/training/TrainingController.h"
#include "ui/training/TrainingWords.h"
#include "ui/widgets/KeyButton.h"

#include <QBoxLayout>
#include <QEvent>
#include <QLabel>
#include <QListView>
#include <QLocale>
#include <QTimer>

namespace goodsight {

namespace {

const QString kPresetState = QStringLiteral("training-preset");
constexpr int kReloadMilliseconds = 150;

QFrame* card(QWidget* parent)
{
    auto* frame = new QFrame(parent);
    frame->setProperty("kind", QStringLiteral("card"));
    return frame;
}

} // namespace

TrainingSetupView::TrainingSetupView(TrainingController& controller, Settings& settings,
                                     ProjectSession& project, const LabelIndex& labels, QWidget* parent)
    : QWidget(parent)
    , m_controller(controller)
    , m_settings(settings)
    , m_project(project)
    , m_counts(new LabelCountsModel(labels, this))
    , m_dataTitle(new QLabel(this))
    , m_dataText(new QLabel(this))
    , m_few(new QLabel(this))
    , m_list(new QListView(this))
    , m_empty(new QLabel(this))
    , m_presetTitle(new QLabel(this))
    , m_honest(new QLabel(this))
    , m_obstacle(new QLabel(this))
    , m_start(new KeyButton(this))
    , m_later(new QTimer(this))
{
    for (const QString& preset :
         {QStringLiteral("quick"), QStringLiteral("thorough"), QStringLiteral("classic")})
        m_presets.append(new PresetCard(preset, this));
    build();
    const QString remembered = QString::fromUtf8(settings.windowState(kPresetState));
    m_presets.first()->setChecked(true);
    for (PresetCard* preset : m_presets) {
        preset->setChecked(preset->isChecked() || preset->preset() == remembered);
        connect(preset, &PresetCard::toggled, this, [this, preset](bool on) {
            if (on)
                m_settings.setWindowState(kPresetState, preset->preset().toUtf8());
        });
    }
    m_later->setSingleShot(true);
    m_later->setInterval(kReloadMilliseconds);
    connect(m_later, &QTimer::timeout, this, &TrainingSetupView::refresh);
    connect(&project, &ProjectSession::changed, m_later, qOverload<>(&QTimer::start));
    connect(&project, &ProjectSession::opened, this, &TrainingSetupView::refresh);
    connect(&labels, &LabelIndex::changed, this, &TrainingSetupView::refresh);
    connect(&controller, &TrainingController::runsChanged, this, &TrainingSetupView::refresh);
    connect(m_start, &QPushButton::clicked, this, &TrainingSetupView::start);
    retranslate();
}

void TrainingSetupView::build()
{
    for (QLabel* title : {m_dataTitle, m_presetTitle})
        title->setProperty("kind", QStringLiteral("section"));
    m_dataText->setProperty("kind", QStringLiteral("secondary"));
    m_few->setProperty("kind", QStringLiteral("small"));
    m_honest->setProperty("kind", QStringLiteral("small"));
    m_obstacle->setProperty("kind", QStringLiteral("small"));
    m_obstacle->setObjectName(QStringLiteral("trainingObstacle"));
    m_empty->setProperty("kind", QStringLiteral("secondary"));
    m_empty->setObjectName(QStringLiteral("trainingEmpty"));
    m_empty->setAlignment(Qt::AlignCenter);
    for (QLabel* text : {m_few, m_honest, m_obstacle, m_empty})
        text->setWordWrap(true);
    m_list->setObjectName(QStringLiteral("labelCounts"));
    m_list->setModel(m_counts);
    m_list->setItemDelegate(new LabelCountDelegate(m_list));
    m_list->setUniformItemSizes(true);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_start->setObjectName(QStringLiteral("startTraining"));
    m_start->setProperty("kind", QStringLiteral("primary"));
    m_start->setKeyHint(QStringLiteral("Ctrl+Enter"));

    auto* photos = card(this);
    auto* left = new QVBoxLayout(photos);
    left->setContentsMargins(20, 14, 8, 14);
    left->setSpacing(6);
    left->addWidget(m_dataTitle);
    left->addWidget(m_dataText);
    left->addWidget(m_few);
    left->addSpacing(4);
    left->addWidget(m_list, 1);
    left->addWidget(m_empty, 1);
    auto* how = card(this);
    auto* right = new QVBoxLayout(how);
    right->setContentsMargins(20, 14, 20, 16);
    right->setSpacing(10);
    right->addWidget(m_presetTitle);
    for (PresetCard* preset : m_presets)
        right->addWidget(preset);
    right->addWidget(m_honest);
    right->addStretch();
    right->addWidget(m_obstacle);
    right->addWidget(m_start);
    how->setMinimumWidth(360);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(16);
    row->addWidget(photos, 3);
    row->addWidget(how, 2);
}

void TrainingSetupView::retranslate()
{
    m_dataTitle->setText(tr("Photos to learn from"));
    m_presetTitle->setText(tr("How to train"));
    m_list->setAccessibleName(tr("Photos for each product"));
    m_empty->setText(
        tr("Nothing to learn from yet.\nAccept or correct photos on the first page, or import a folder "
           "of photos; every answer counts."));
    refresh();
}

TrainingWish TrainingSetupView::wish() const
{
    TrainingWish wish;
    for (const PresetCard* preset : m_presets) {
        if (preset->isChecked())
            wish.preset = preset->preset();
    }
    wish.projectDir = m_project.dir();
    wish.startModel = m_settings.model();
    wish.photos = static_cast<int>(m_counts->photos());
    wish.products = m_counts->rowCount();
    return wish;
}

QString TrainingSetupView::obstacle() const
{
    if (!m_controller.available())
        return tr("Training is not part of this installation.");
    if (m_counts->rowCount() < 2)
        return tr("Training needs labelled photos of at least two products.");
    return {};
}

bool TrainingSetupView::canStart() const
{
    return obstacle().isEmpty();
}

void TrainingSetupView::refresh()
{
    if (!isVisible()) // showEvent() makes up for it
        return;
    QList<std::pair<QString, qint64>> counts;
    if (m_project.store()) {
        if (const auto stats = m_project.store()->stats())
            counts = stats->perLabel;
    }
    m_counts->setCounts(counts);
    const auto photos = static_cast<int>(m_counts->photos());
    const QLocale locale;
    m_dataText->setText(m_project.displayName() + QStringLiteral(" · ") +
                        tr("%n labelled photo(s)", nullptr, photos) + QStringLiteral(" · ") +
                        tr("%n product(s)", nullptr, m_counts->rowCount()));
    const int few = m_counts->tooFew();
    m_few->setText(
        tr("%n product(s) have fewer than %1 photos: they come first.", nullptr, few).arg(kEnoughPhotos));
    m_few->setVisible(few > 0);
    const bool none = m_counts->rowCount() == 0;
    m_list->setVisible(!none);
    m_dataText->setVisible(!none);
    m_empty->setVisible(none);
    bool measured = true;
    for (PresetCard* preset : m_presets) {
        const TrainingEstimate estimate = m_controller.estimate(preset->preset(), photos);
        measured = measured && estimate.measured;
        preset->setEstimate(none ? QString() : tr("about %1").arg(TrainingWords::duration(estimate.seconds)));
    }
    m_honest->setText(measured ? tr("The times are those of earlier runs on this computer.")
                               : tr("The times are rough until each recipe has run once on this computer."));
    m_honest->setVisible(!none);
    const QString why = obstacle();
    m_obstacle->setText(why);
    m_obstacle->setVisible(!why.isEmpty());
    m_start->setEnabled(why.isEmpty());
    m_start->setText(m_controller.running() ? tr("Queue this run") : tr("Start training"));
}

void TrainingSetupView::start()
{
    if (!canStart())
        return;
    if (const qint64 id = m_controller.start(wish()); id != 0)
        Q_EMIT started(id);
}

void TrainingSetupView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void TrainingSetupView::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    refresh();
}

} // namespace goodsight
