#include "ui/recognition/RecognitionPage.h"

#include "core/base/Settings.h"
#include "ui/recognition/CandidateColumn.h"
#include "ui/recognition/EmptyState.h"
#include "ui/recognition/FilmStrip.h"
#include "ui/recognition/PhotoIntake.h"
#include "ui/recognition/RecognitionController.h"
#include "ui/recognition/SearchPanel.h"
#include "ui/shell/LabelIndex.h"
#include "ui/theme/Icons.h"
#include "ui/theme/Theme.h"
#include "ui/widgets/Banner.h"
#include "ui/widgets/KeyButton.h"
#include "ui/widgets/PhotoView.h"

#include <QBoxLayout>
#include <QDragEnterEvent>
#include <QKeyEvent>
#include <QLabel>
#include <QScrollArea>
#include <QShortcut>
#include <QStackedWidget>

namespace goodsight {

namespace {

KeyButton* headerButton(const QString& name, const QString& icon, QWidget* parent)
{
    auto* button = new KeyButton(parent);
    button->setObjectName(name);
    button->setIcon(lineIcon(icon));
    button->setIconSize({20, 20});
    return button;
}

/// "about 2 minutes" in words.
QString durationText(qint64 milliseconds)
{
    const auto minutes = static_cast<int>((milliseconds + 30'000) / 60'000);
    return minutes < 1 ? RecognitionPage::tr("less than a minute left")
                       : RecognitionPage::tr("about %n minute(s) left", nullptr, minutes);
}

} // namespace

RecognitionPage::RecognitionPage(RecognitionController& controller, PhotoIntake& intake,
                                 const LabelIndex& labels, Settings& settings, ThumbnailLoader& thumbnails,
                                 QWidget* parent)
    : QWidget(parent)
    , m_controller(controller)
    , m_intake(intake)
    , m_labels(labels)
    , m_title(new QLabel(this))
    , m_undo(headerButton(QStringLiteral("undo"), QStringLiteral("undo"), this))
    , m_open(headerButton(QStringLiteral("open"), QStringLiteral("open"), this))
    , m_camera(headerButton(QStringLiteral("camera"), QStringLiteral("camera"), this))
    , m_stack(new QStackedWidget(this))
    , m_empty(new EmptyState(this))
    , m_work(new QWidget(this))
    , m_photo(new PhotoView(this))
    , m_candidates(new CandidateColumn(settings, this))
    , m_search(new SearchPanel(labels, this))
    , m_scroll(new QScrollArea(this))
    , m_skip(new KeyButton(this))
    , m_confirm(new KeyButton(this))
    , m_queue(new QWidget(this))
    , m_position(new QLabel(this))
    , m_remaining(new QLabel(this))
    , m_cancelQueue(new KeyButton(this))
    , m_strip(new FilmStrip(controller, thumbnails, this))
    , m_intakeBanner(new Banner(this))
{
    setObjectName(QStringLiteral("recognitionPage"));
    setAcceptDrops(true);
    setFocusPolicy(Qt::StrongFocus);
    auto* page = new QVBoxLayout(this);
    page->setContentsMargins(24, 20, 24, 20);
    page->setSpacing(16);
    build(page);

    const auto shortcut = [this](const QKeySequence& keys, auto&& slot) {
        auto* made = new QShortcut(keys, this);
        connect(made, &QShortcut::activated, this, slot);
    };
    shortcut(QKeySequence(Qt::CTRL | Qt::Key_O), [this] { m_intake.chooseFiles(this); });
    shortcut(QKeySequence(Qt::CTRL | Qt::Key_U), [this] { m_intake.chooseFolder(this); });
    shortcut(QKeySequence(Qt::CTRL | Qt::Key_K), [this] { Q_EMIT cameraRequested(); });
    shortcut(QKeySequence(Qt::CTRL | Qt::Key_N), [this] {
        if (m_stack->currentWidget() == m_work)
            m_search->askForName();
    });
    shortcut(QKeySequence(Qt::CTRL | Qt::Key_F), [this] { m_search->startTyping(); });

    connect(m_open, &QPushButton::clicked, this, [this] { m_intake.chooseFiles(this); });
    connect(m_camera, &QPushButton::clicked, this, &RecognitionPage::cameraRequested);
    connect(m_undo, &QPushButton::clicked, &m_controller, [this] { m_controller.undo(); });
    connect(m_empty, &EmptyState::openFiles, this, [this] { m_intake.chooseFiles(this); });
    connect(m_empty, &EmptyState::openFolder, this, [this] { m_intake.chooseFolder(this); });
    connect(m_empty, &EmptyState::paste, &m_intake, &PhotoIntake::paste);
    connect(m_empty, &EmptyState::camera, this, &RecognitionPage::cameraRequested);
    connect(m_empty, &EmptyState::sample, &m_intake, &PhotoIntake::takeSamples);
    connect(m_photo, &PhotoView::clicked, this, [this] { m_intake.chooseFiles(this); });
    connect(m_candidates, &CandidateColumn::accepted, &m_controller, &RecognitionController::accept);
    connect(m_candidates, &CandidateColumn::priorOffRequested, this, [this, &settings] {
        settings.setPrior(Settings::Prior::Off);
        setFocus(); // the button goes; the keys belong to the page
    });
    // The field is free for the next photo as soon as the answer is given, not when it is saved: whoever
    // types fast would lose what they typed in between.
    connect(m_search, &SearchPanel::picked, this, [this](const QString& labelId) {
        if (m_controller.answer(labelId))
            leaveSearch();
    });
    connect(m_search, &SearchPanel::newProduct, this, [this](const QString& name) {
        if (m_controller.answerNew(name))
            leaveSearch();
    });
    connect(m_search, &SearchPanel::dismissed, this, [this] { setFocus(); });
    connect(m_search, &SearchPanel::searchingChanged, this,
            [this](bool searching) { m_candidates->setVisible(!searching); });
    connect(m_skip, &QPushButton::clicked, &m_controller, &RecognitionController::skip);
    connect(m_confirm, &QPushButton::clicked, this, [this] { m_controller.accept(0); });
    connect(m_cancelQueue, &QPushButton::clicked, this, [this] {
        m_intake.cancel();
        m_controller.clearRest();
    });

    connect(&m_controller, &RecognitionController::currentChanged, this, &RecognitionPage::refresh);
    connect(&m_controller, &RecognitionController::queueChanged, this, [this] {
        notice({});
        refresh();
    });
    connect(&m_controller, &RecognitionController::itemChanged, this, &RecognitionPage::refreshQueue);
    connect(&m_controller, &RecognitionController::noticed, this, &RecognitionPage::notice);
    connect(&m_controller, &RecognitionController::saved, this, [this](int index) {
        const QueueItem& item = m_controller.item(index);
        if (item.state == ItemState::Automatic)
            return Q_EMIT said(tr("Taken by itself: %1").arg(answerName(item)));
        notice({});
        Q_EMIT said(tr("Saved as %1").arg(answerName(item)));
    });
    connect(&m_controller, &RecognitionController::undone, this, [this](const QString& labelId) {
        notice({});
        Q_EMIT said(
            labelId.isEmpty()
                ? tr("Taken back")
                : tr("Taken back: %1").arg(primaryName(m_labels.label(labelId), interfaceIsEnglish())));
    });
    connect(&m_controller, &RecognitionController::undoWouldTake, this, [this](const EditRow& edit) {
        m_bannerAction = BannerAction::Undo;
        m_intakeBanner->show(
            Banner::Look::Warning,
            tr("The last step changed %n photo(s) at once.", nullptr, static_cast<int>(edit.photos)),
            tr("Taking it back takes them out of the project; the files that they came from stay."));
        m_intakeBanner->setAction(tr("Take it back"));
    });
    connect(&m_intake, &PhotoIntake::refused, this, &RecognitionPage::notice);
    connect(&m_intake, &PhotoIntake::walking, this, [this](qint64 found) {
        m_bannerAction = BannerAction::CancelWalk;
        m_intakeBanner->show(Banner::Look::Info, tr("Looking for photos … %1").arg(found));
        m_intakeBanner->setAction(tr("Cancel"));
    });
    connect(&m_intake, &PhotoIntake::walked, m_intakeBanner, &QWidget::hide);
    connect(m_intakeBanner, &Banner::actionTriggered, this, [this] {
        m_intakeBanner->hide();
        if (m_bannerAction == BannerAction::Undo)
            m_controller.undo(true);
        else if (m_bannerAction == BannerAction::CancelWalk)
            m_intake.cancel();
        notice({});
    });
    connect(&settings, &Settings::changed, this, &RecognitionPage::refresh);
    retranslate();
}

void RecognitionPage::build(QBoxLayout* page)
{
    m_title->setProperty("kind", QStringLiteral("title"));
    auto* header = new QHBoxLayout;
    header->setSpacing(8);
    header->addWidget(m_title, 1);
    m_undo->setKeyHint(QStringLiteral("Ctrl+Z"));
    for (KeyButton* button : {m_undo, m_open, m_camera})
        header->addWidget(button);
    page->addLayout(header);
    m_intakeBanner->setObjectName(QStringLiteral("intakeBanner"));
    page->addWidget(m_intakeBanner);

    auto* column = new QWidget(m_scroll);
    auto* columnLayout = new QVBoxLayout(column);
    columnLayout->setContentsMargins(0, 0, 0, 0);
    columnLayout->setSpacing(12);
    columnLayout->addWidget(m_candidates);
    columnLayout->addWidget(m_search);
    columnLayout->addStretch();
    m_scroll->setWidget(column);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_skip->setObjectName(QStringLiteral("skip"));
    m_skip->setKeyHint(QStringLiteral("Del"));
    m_confirm->setObjectName(QStringLiteral("confirm"));
    m_confirm->setKeyHint(QStringLiteral("Enter"));
    m_confirm->setProperty("kind", QStringLiteral("primary"));
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(12);
    buttons->addWidget(m_skip, 4);
    buttons->addWidget(m_confirm, 7);
    auto* right = new QVBoxLayout;
    right->setSpacing(12);
    right->addWidget(m_scroll, 1);
    right->addLayout(buttons);
    auto* upper = new QHBoxLayout;
    upper->setSpacing(16);
    upper->addWidget(m_photo, 1);
    auto* rightBox = new QWidget(m_work);
    rightBox->setFixedWidth(380);
    right->setContentsMargins(0, 0, 0, 0);
    rightBox->setLayout(right);
    upper->addWidget(rightBox);

    m_position->setProperty("kind", QStringLiteral("strong"));
    m_position->setObjectName(QStringLiteral("queuePosition"));
    m_remaining->setProperty("kind", QStringLiteral("small"));
    m_cancelQueue->setObjectName(QStringLiteral("cancelQueue"));
    auto* words = new QVBoxLayout;
    words->setSpacing(2);
    words->addStretch();
    words->addWidget(m_position);
    words->addWidget(m_remaining);
    words->addStretch();
    auto* queue = new QHBoxLayout(m_queue);
    queue->setContentsMargins(0, 0, 0, 0);
    queue->setSpacing(16);
    queue->addLayout(words);
    queue->addWidget(m_strip, 1);
    queue->addWidget(m_cancelQueue);

    auto* work = new QVBoxLayout(m_work);
    work->setContentsMargins(0, 0, 0, 0);
    work->setSpacing(16);
    work->addLayout(upper, 1);
    work->addWidget(m_queue);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_work);
    page->addWidget(m_stack, 1);
}

void RecognitionPage::retranslate()
{
    m_title->setText(tr("Recognise"));
    m_undo->setText(tr("Undo"));
    m_open->setText(tr("Open"));
    m_camera->setText(tr("Camera"));
    m_skip->setText(tr("Skip"));
    m_cancelQueue->setText(tr("Clear the rest"));
    setAccessibleName(m_title->text());
    refresh();
}

void RecognitionPage::notice(const Error& error)
{
    m_candidates->setNotice(error);
    if (m_controller.current()) {
        refresh();
    } else if (!error.code.isEmpty()) {
        m_intakeBanner->show(error);
        m_intakeBanner->setAction({});
    } else if (!m_intake.busy()) {
        m_intakeBanner->hide();
    }
}

void RecognitionPage::warn(const Error& error)
{
    m_bannerAction = BannerAction::Close;
    m_intakeBanner->show(Banner::Look::Warning, error.message, error.hint);
    m_intakeBanner->setAction(tr("OK"));
}

void RecognitionPage::refresh()
{
    const QueueItem* item = m_controller.current();
    // A hidden button passes its focus on to whatever comes next; the keys belong to the page.
    const QWidget* focused = focusWidget();
    const bool takeFocus = item && focused && m_empty->isAncestorOf(focused);
    m_stack->setCurrentWidget(item ? m_work : static_cast<QWidget*>(m_empty));
    if (takeFocus)
        setFocus();
    m_open->setVisible(item != nullptr);
    m_camera->setVisible(item != nullptr);
    if (item) {
        m_photo->setPhoto(m_controller.currentPhoto());
        if (item->error && m_controller.currentPhoto().isNull())
            m_photo->setMessage(item->error->message, item->error->hint);
        else
            m_photo->setMessage(
                tr("Recognising …"),
                quotedName(item->source.path.isEmpty() ? item->source.name : item->source.path));
        m_candidates->show(item, item->answered() ? answerName(*item) : QString(),
                           m_controller.undoTakesCurrent());
    }
    refreshButtons();
    refreshQueue();
}

QString RecognitionPage::answerName(const QueueItem& item) const
{
    // A product made just now may not have reached the index yet.
    return !item.newName.isEmpty() ? item.newName
                                   : primaryName(m_labels.label(item.labelId), interfaceIsEnglish());
}

void RecognitionPage::leaveSearch()
{
    m_search->clear();
    if (isVisible())
        setFocus();
}

void RecognitionPage::refreshButtons()
{
    const QueueItem* item = m_controller.current();
    const bool more = m_controller.unfinished() > 1;
    m_confirm->setText(more ? tr("Accept, next photo") : tr("Accept"));
    m_confirm->setEnabled(item && item->recognition && item->state != ItemState::Saving && !item->answered());
    m_skip->setEnabled(item && item->state != ItemState::Saving);
    m_undo->setEnabled(m_controller.canUndo());
}

void RecognitionPage::refreshQueue()
{
    const int count = m_controller.count();
    m_queue->setVisible(count > 1);
    if (count <= 1)
        return;
    const int unfinished = m_controller.unfinished();
    m_position->setText(tr("Photo %1 of %2").arg(m_controller.currentIndex() + 1).arg(count));
    const qint64 remaining = m_controller.remainingMilliseconds();
    m_remaining->setText(unfinished == 0  ? tr("All done")
                         : remaining >= 0 ? durationText(remaining)
                                          : tr("%n to go", nullptr, unfinished));
    m_cancelQueue->setVisible(unfinished > 1);
}

void RecognitionPage::keyPressEvent(QKeyEvent* event)
{
    const bool plain = (event->modifiers() & ~(Qt::KeypadModifier | Qt::ShiftModifier)) == Qt::NoModifier;
    if (event->matches(QKeySequence::Paste)) {
        m_intake.paste();
        return;
    }
    // A key that is held down would answer every photo that follows, unseen.
    if (event->isAutoRepeat() && event->key() != Qt::Key_Left && event->key() != Qt::Key_Right)
        return;
    if (event->matches(QKeySequence::Undo)) {
        m_controller.undo();
        return;
    }
    if (event->matches(QKeySequence::Redo) ||
        event->keyCombination() == QKeyCombination(Qt::CTRL | Qt::SHIFT, Qt::Key_Z)) {
        m_controller.redo();
        return;
    }
    if (!plain || !m_controller.current()) {
        QWidget::keyPressEvent(event);
        return;
    }
    switch (event->key()) {
    case Qt::Key_1:
    case Qt::Key_2:
    case Qt::Key_3:
        m_controller.accept(event->key() - Qt::Key_1);
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_controller.current()->finished())
            m_controller.skip();
        else
            m_controller.accept(0);
        return;
    case Qt::Key_Delete:
        m_controller.skip();
        return;
    case Qt::Key_Left:
        m_controller.setCurrent(m_controller.currentIndex() - 1);
        return;
    case Qt::Key_Right:
        m_controller.setCurrent(m_controller.currentIndex() + 1);
        return;
    default:
        break;
    }
    const QString text = event->text();
    if (!text.isEmpty() && text.front().isLetter()) {
        m_search->startTyping(text);
        return;
    }
    QWidget::keyPressEvent(event);
}

void RecognitionPage::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        m_controller.retryFailed();
    } else if (event->type() == QEvent::PaletteChange) {
        refresh(); // the candidates' colours are the theme's
    }
    QWidget::changeEvent(event);
}

void RecognitionPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    refresh(); // what undo takes back may have changed on another page
    setFocus();
}

void RecognitionPage::setDropTarget(bool on)
{
    m_empty->setDropTarget(on);
    m_photo->setDropTarget(on);
}

void RecognitionPage::dragEnterEvent(QDragEnterEvent* event)
{
    if (!PhotoIntake::canTake(event->mimeData()))
        return;
    event->acceptProposedAction();
    setDropTarget(true);
}

void RecognitionPage::dragLeaveEvent(QDragLeaveEvent*)
{
    setDropTarget(false);
}

void RecognitionPage::dropEvent(QDropEvent* event)
{
    setDropTarget(false);
    event->acceptProposedAction();
    m_intake.take(event->mimeData(), QStringLiteral("drop"));
}

} // namespace goodsight
