#include "ui/training/TrainingProgressView.h"

#include "ui/charts/ClassBars.h"
#include "ui/shell/LabelIndex.h"
#include "ui/shell/ProjectSession.h"
#include "ui/training/RunCharts.h"
#include "ui/training/RunCurves.h"
#include "ui/training/TrainingController.h"
#include "ui/training/TrainingWords.h"
#include "ui/widgets/KeyButton.h"
#include "ui/widgets/ThumbnailSource.h"

#include <QBoxLayout>
#include <QEvent>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>

namespace goodsight {

namespace {
constexpr int kThumbnail = 96; ///< physical pixels: sharp at 200 % scale
constexpr int kThousand = 1000;
} // namespace

TrainingProgressView::TrainingProgressView(TrainingController& controller, ProjectSession& project,
                                           const LabelIndex& labels, ThumbnailLoader& thumbnails,
                                           QWidget* parent)
    : QWidget(parent)
    , m_controller(controller)
    , m_project(project)
    , m_labels(labels)
    , m_content(new QWidget(this))
    , m_empty(new QLabel(this))
    , m_title(new QLabel(this))
    , m_details(new QLabel(this))
    , m_left(new QLabel(this))
    , m_doing(new QLabel(this))
    , m_bar(new QProgressBar(this))
    , m_charts(new RunCharts(this))
    , m_worstTitle(new QLabel(this))
    , m_worstEmpty(new QLabel(this))
    , m_worst(new ClassBars(this))
    , m_queueCard(new QFrame(this))
    , m_queueTitle(new QLabel(this))
    , m_queue(new QVBoxLayout)
{
    build();
    m_worst->setThumbnails(thumbnailSource(thumbnails, kThumbnail));
    connect(&thumbnails, &ThumbnailLoader::ready, m_worst, qOverload<>(&QWidget::update));
    connect(&labels, &LabelIndex::changed, this, &TrainingProgressView::refreshWorst);
    connect(&controller, &TrainingController::runsChanged, this, &TrainingProgressView::refresh);
    connect(&controller, &TrainingController::epochAdded, this, [this](qint64 id) {
        const TrainingRun* run = shown();
        if (!run || run->id != id)
            return;
        m_charts->append(*run);
        refreshHead();
        refreshWorst();
    });
    connect(&controller, &TrainingController::progressed, this,
            [this](qint64, qint64 done, qint64 total, const QString& what) {
                m_doing->setText(what);
                m_doing->setVisible(!what.isEmpty());
                m_bar->setRange(0, total > 0 ? kThousand : 0);
                m_bar->setValue(total > 0 ? static_cast<int>(done * kThousand / total) : 0);
            });
    m_tick.setInterval(1000);
    connect(&m_tick, &QTimer::timeout, this, &TrainingProgressView::refreshTime);
    connect(m_charts, &RunCharts::failed, this, &TrainingProgressView::failed);
    retranslate();
}

void TrainingProgressView::build()
{
    m_title->setProperty("kind", QStringLiteral("section"));
    m_details->setProperty("kind", QStringLiteral("secondary"));
    m_doing->setProperty("kind", QStringLiteral("small"));
    m_left->setObjectName(QStringLiteral("timeLeft"));
    m_bar->setTextVisible(false);
    m_bar->setObjectName(QStringLiteral("trainingBar"));
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_empty->setProperty("kind", QStringLiteral("secondary"));
    m_empty->setObjectName(QStringLiteral("progressEmpty"));
    for (QLabel* title : {m_worstTitle, m_queueTitle})
        title->setProperty("kind", QStringLiteral("strong"));
    m_worstEmpty->setProperty("kind", QStringLiteral("secondary"));
    m_worstEmpty->setWordWrap(true);

    auto* head = new QFrame(this);
    head->setProperty("kind", QStringLiteral("card"));
    auto* headColumn = new QVBoxLayout(head);
    headColumn->setContentsMargins(20, 12, 20, 14);
    headColumn->setSpacing(8);
    auto* line = new QHBoxLayout;
    line->setSpacing(12);
    line->addWidget(m_title);
    line->addWidget(m_details, 1);
    line->addWidget(m_left);
    headColumn->addLayout(line);
    headColumn->addWidget(m_bar);
    headColumn->addWidget(m_doing);

    auto* worst = new QFrame(this);
    worst->setProperty("kind", QStringLiteral("card"));
    auto* worstColumn = new QVBoxLayout(worst);
    worstColumn->setContentsMargins(20, 12, 20, 12);
    worstColumn->setSpacing(4);
    worstColumn->addWidget(m_worstTitle);
    worstColumn->addWidget(m_worst);
    worstColumn->addWidget(m_worstEmpty);
    worstColumn->addStretch();
    m_queueCard->setProperty("kind", QStringLiteral("card"));
    m_queueCard->setObjectName(QStringLiteral("queueCard"));
    auto* queueColumn = new QVBoxLayout(m_queueCard);
    queueColumn->setContentsMargins(20, 12, 20, 12);
    queueColumn->setSpacing(8);
    queueColumn->addWidget(m_queueTitle);
    queueColumn->addLayout(m_queue);
    queueColumn->addStretch();
    auto* below = new QHBoxLayout;
    below->setSpacing(16);
    below->addWidget(worst, 2);
    below->addWidget(m_queueCard, 1);

    auto* column = new QVBoxLayout(m_content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(16);
    column->addWidget(head);
    column->addWidget(m_charts, 1);
    column->addLayout(below);
    auto* page = new QVBoxLayout(this);
    page->setContentsMargins(0, 0, 0, 0);
    page->addWidget(m_content, 1);
    page->addWidget(m_empty, 1);
}

const TrainingRun* TrainingProgressView::shown() const
{
    if (const TrainingRun* running = m_controller.running())
        return running;
    const auto& runs = m_controller.runs();
    return runs.isEmpty() ? nullptr : &runs.last();
}

void TrainingProgressView::retranslate()
{
    m_empty->setText(
        tr("Nothing is being trained.\nStart a run, and its curves are drawn here while it learns."));
    m_worstTitle->setText(tr("Not good enough yet"));
    m_bar->setAccessibleName(tr("Progress"));
    m_doing->clear(); // said in the other language
    refresh();
}

void TrainingProgressView::refresh()
{
    const TrainingRun* run = shown();
    m_content->setVisible(run != nullptr);
    m_empty->setVisible(run == nullptr);
    if (!run)
        return;
    if (run->state == TrainingRun::State::Running && run->epochs.isEmpty())
        m_bar->setRange(0, 0);
    if (run->over()) {
        m_doing->clear();
        m_bar->setRange(0, kThousand);
        m_bar->setValue(run->state == TrainingRun::State::Done ? kThousand : 0);
    }
    m_doing->setVisible(!m_doing->text().isEmpty());
    m_charts->showRun(run);
    refreshHead();
    refreshWorst();
    refreshQueue();
}

void TrainingProgressView::refreshHead()
{
    const TrainingRun* run = shown();
    if (!run)
        return;
    QStringList details{tr("%n photo(s)", nullptr, run->learntFrom()),
                        tr("%n product(s)", nullptr, run->wish.products)};
    const int epochs = RunCurves::epochs(*run);
    if (epochs > 0)
        details.append(tr("epoch %1 of %2").arg(run->epochs.size()).arg(epochs));
    m_title->setText(TrainingWords::preset(run->wish.preset));
    m_details->setText(details.join(QStringLiteral(" · ")));
    refreshTime();
}

void TrainingProgressView::refreshTime()
{
    const TrainingRun* run = shown();
    const bool running = run && run->state == TrainingRun::State::Running;
    if (running && !m_tick.isActive())
        m_tick.start();
    else if (!running)
        m_tick.stop();
    if (run)
        m_left->setText(running ? timeLeft(*run) : TrainingWords::state(run->state));
}

QString TrainingProgressView::timeLeft(const TrainingRun& run) const
{
    const double known = run.epochs.isEmpty() ? -1 : run.epochs.last().secondsLeft;
    if (known >= 0 && known < 1)
        return tr(
            "Checking the model …"); // golden outputs, val, and what it makes of each photo: not counted
    const TrainingEstimate guess = m_controller.estimate(run.wish.preset, run.wish.photos);
    if (known < 0 && !guess.measured)
        return tr("Getting ready …");
    const double since = static_cast<double>(run.ended.msecsTo(QDateTime::currentDateTime())) / 1000;
    const double left = (known < 0 ? guess.seconds - run.before : known) - since;
    if (left >= 1)
        return tr("about %1 left").arg(TrainingWords::duration(left));
    return known < 0 ? tr("Getting ready …") : tr("nearly done");
}

void TrainingProgressView::refreshWorst()
{
    const TrainingRun* run = shown();
    if (!run || !isVisible()) // showEvent() makes up for it
        return;
    QList<ClassBar> bars;
    for (const WeakProduct& product : run->worst) {
        ClassBar bar;
        bar.name = primaryName(m_labels.label(product.id), interfaceIsEnglish());
        bar.share = product.recall;
        PhotoQuery query;
        query.labelId = product.id;
        query.limit = 1;
        // Another project that is open by now may know the product, too: its picture is as good.
        if (const DatasetStore* store = m_project.store()) {
            if (const auto rows = store->photos(query); rows && !rows->isEmpty())
                bar.file = rows->first().file;
        }
        if (product.photos > 0) // older runs did not note it
            bar.note = product.photos < 2 * kEnoughPhotos
                           ? tr("only %n photo(s): take more", nullptr, product.photos)
                           : tr("%n photo(s)", nullptr, product.photos);
        bars.append(bar);
    }
    m_worst->setBars(bars);
    m_worst->setVisible(!bars.isEmpty());
    m_worstEmpty->setText(run->over() ? tr("No product was named.")
                                      : tr("The weakest products are named here after the first epoch."));
    m_worstEmpty->setVisible(bars.isEmpty());
}

void TrainingProgressView::refreshQueue()
{
    while (QLayoutItem* item = m_queue->takeAt(0)) {
        if (QWidget* row = item->widget()) {
            row->hide();
            row->deleteLater(); // the click that led here may come from it
        }
        delete item;
    }
    for (const TrainingRun& run : m_controller.runs()) {
        if (run.state != TrainingRun::State::Waiting)
            continue;
        auto* row = new QWidget(m_queueCard);
        auto* line = new QHBoxLayout(row);
        line->setContentsMargins(0, 0, 0, 0);
        auto* words = new QLabel(TrainingWords::preset(run.wish.preset), row);
        auto* cancel = new KeyButton(row);
        cancel->setObjectName(QStringLiteral("cancelWaiting"));
        cancel->setText(tr("Take out"));
        cancel->setAccessibleName(cancel->text() + QStringLiteral(": ") + words->text());
        line->addWidget(words, 1);
        line->addWidget(cancel);
        m_queue->addWidget(row);
        connect(cancel, &QPushButton::clicked, this, [this, id = run.id] { m_controller.cancel(id); });
    }
    const int waiting = m_controller.waiting();
    m_queueTitle->setText(tr("%n run(s) waiting", nullptr, waiting));
    m_queueCard->setVisible(waiting > 0);
}

void TrainingProgressView::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    refreshWorst();
}

void TrainingProgressView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

} // namespace goodsight
