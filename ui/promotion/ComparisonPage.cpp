#include "ui/promotion/ComparisonPage.h"

#include "ui/evaluation/StatTile.h"
#include "ui/promotion/DifferenceList.h"
#include "ui/promotion/InstalledModels.h"
#include "ui/promotion/PairedCountsModel.h"
#include "ui/promotion/PromotionController.h"
#include "ui/promotion/ShadowRun.h"
#include "ui/shell/ProjectSession.h"
#include "ui/widgets/Banner.h"
#include "ui/widgets/KeyButton.h"

#include <QBoxLayout>
#include <QEvent>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QShortcut>
#include <QTableView>
#include <QTimer>

#include <algorithm>

namespace goodsight {

namespace {
constexpr int kMostDifferences = 200;     ///< in the list, the newest
constexpr int kRefreshMilliseconds = 500; ///< a look at a large project takes a tenth of it
} // namespace

ComparisonPage::ComparisonPage(PromotionController& promotion, ShadowRun& shadow, ProjectSession& project,
                               ThumbnailLoader& thumbnails, QWidget* parent)
    : QWidget(parent)
    , m_promotion(promotion)
    , m_shadow(shadow)
    , m_project(project)
    , m_later(new QTimer(this))
    , m_title(new QLabel(this))
    , m_subtitle(new QLabel(this))
    , m_leave(new KeyButton(this))
    , m_stop(new KeyButton(this))
    , m_promote(new KeyButton(this))
    , m_decision(new Banner(this))
    , m_trouble(new Banner(this))
    , m_content(new QWidget(this))
    , m_compared(new StatTile(this))
    , m_labelled(new StatTile(this))
    , m_differing(new StatTile(this))
    , m_differenceTitle(new QLabel(this))
    , m_differences(new DifferenceList(thumbnails, this))
    , m_countsTitle(new QLabel(this))
    , m_countsNote(new QLabel(this))
    , m_counts(new PairedCountsModel(this))
    , m_table(new QTableView(this))
    , m_empty(new QLabel(this))
{
    setObjectName(QStringLiteral("comparisonPage"));
    build();
    m_later->setSingleShot(true);
    m_later->setInterval(kRefreshMilliseconds);
    connect(m_later, &QTimer::timeout, this, &ComparisonPage::refresh);
    connect(m_leave, &QPushButton::clicked, this, &ComparisonPage::leaveRequested);
    // Wherever the focus went when a button vanished.
    auto* escape = new QShortcut(Qt::Key_Escape, this);
    connect(escape, &QShortcut::activated, this, &ComparisonPage::leaveRequested);
    connect(m_stop, &QPushButton::clicked, this, &ComparisonPage::stop);
    connect(m_promote, &QPushButton::clicked, this, &ComparisonPage::promote);
    connect(m_decision, &Banner::actionTriggered, this, &ComparisonPage::goBack);
    connect(m_differences, &DifferenceList::openRequested, this, &ComparisonPage::openRequested);
    // One look at the project for a burst of answers.
    connect(&shadow, &ShadowRun::kept, this, &ComparisonPage::refreshLater);
    connect(&shadow, &ShadowRun::changed, this, &ComparisonPage::refreshLater);
    connect(&project, &ProjectSession::changed, this, &ComparisonPage::refreshLater);
    connect(&promotion, &PromotionController::changed, this, &ComparisonPage::refreshLater);
    connect(&project, &ProjectSession::opened, this, [this] { m_files.clear(); });
    retranslate();
}

void ComparisonPage::build()
{
    m_title->setProperty("kind", QStringLiteral("title"));
    m_title->setMinimumHeight(44);
    m_subtitle->setProperty("kind", QStringLiteral("secondary"));
    m_subtitle->setObjectName(QStringLiteral("comparedModels"));
    m_leave->setObjectName(QStringLiteral("leaveComparison"));
    m_leave->setKeyHint(QStringLiteral("Esc"));
    m_stop->setObjectName(QStringLiteral("stopComparing"));
    m_stop->setProperty("kind", QStringLiteral("danger"));
    m_promote->setObjectName(QStringLiteral("promote"));
    m_promote->setProperty("kind", QStringLiteral("primary"));
    m_decision->setObjectName(QStringLiteral("promotionDecision"));
    m_trouble->setObjectName(QStringLiteral("comparisonTrouble"));
    m_trouble->hide();
    m_compared->setObjectName(QStringLiteral("comparedPhotos"));
    m_labelled->setObjectName(QStringLiteral("comparedLabelled"));
    m_differing->setObjectName(QStringLiteral("comparedDiffering"));
    m_differences->setObjectName(QStringLiteral("differences"));
    m_differenceTitle->setProperty("kind", QStringLiteral("section"));
    m_countsTitle->setProperty("kind", QStringLiteral("section"));
    m_countsNote->setProperty("kind", QStringLiteral("small"));
    m_countsNote->setWordWrap(true);
    m_empty->setObjectName(QStringLiteral("comparisonEmpty"));
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_empty->setProperty("kind", QStringLiteral("secondary"));
    m_table->setObjectName(QStringLiteral("pairedCounts"));
    m_table->setModel(m_counts);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setShowGrid(false);
    m_table->setTabKeyNavigation(false);
    m_table->setWordWrap(false);
    m_table->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(44);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setFixedHeight(36);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setSectionResizeMode(PairedCountsModel::Product, QHeaderView::Stretch);

    auto* header = new QHBoxLayout;
    header->setSpacing(8);
    header->addWidget(m_title);
    header->addSpacing(8);
    header->addWidget(m_subtitle, 1);
    header->addWidget(m_leave);
    header->addWidget(m_stop);
    header->addWidget(m_promote);
    auto* tiles = new QHBoxLayout;
    tiles->setSpacing(16);
    for (StatTile* tile : {m_compared, m_labelled, m_differing})
        tiles->addWidget(tile, 1);
    const auto card = [this](QLabel* title, QWidget* inside, QLabel* note) {
        auto* frame = new QFrame(this);
        frame->setProperty("kind", QStringLiteral("card"));
        auto* column = new QVBoxLayout(frame);
        column->setContentsMargins(12, 10, 12, 8);
        column->setSpacing(6);
        title->setContentsMargins(8, 0, 0, 0);
        column->addWidget(title);
        column->addWidget(inside, 1);
        if (note) {
            note->setContentsMargins(8, 0, 0, 4);
            column->addWidget(note);
        }
        return frame;
    };
    auto* below = new QHBoxLayout;
    below->setSpacing(16);
    below->addWidget(card(m_differenceTitle, m_differences, nullptr), 5);
    below->addWidget(card(m_countsTitle, m_table, m_countsNote), 6);
    auto* content = new QVBoxLayout(m_content);
    content->setContentsMargins(0, 0, 0, 0);
    content->setSpacing(16);
    content->addLayout(tiles);
    content->addLayout(below, 1);
    auto* page = new QVBoxLayout(this);
    page->setContentsMargins(24, 20, 24, 16);
    page->setSpacing(12);
    page->addLayout(header);
    page->addWidget(m_trouble);
    page->addWidget(m_decision);
    page->addWidget(m_content, 1);
    page->addWidget(m_empty, 1);
}

void ComparisonPage::retranslate()
{
    m_title->setText(tr("Comparison"));
    setAccessibleName(m_title->text());
    m_leave->setText(tr("Models"));
    m_leave->setAccessibleName(tr("Back to the models"));
    m_promote->setText(tr("Use the new model"));
    m_differenceTitle->setText(tr("Where they differ"));
    m_differences->setAccessibleName(m_differenceTitle->text());
    m_countsTitle->setText(tr("Right with only one of them"));
    m_table->setAccessibleName(m_countsTitle->text());
    m_empty->setText(
        tr("No model is being compared.\n“Compare” on the Models page lets a new model recognise "
           "the same photos unseen, before it may replace the one in use."));
    m_refused.reset(); // said in the other language
    refresh();
}

void ComparisonPage::refreshLater()
{
    if (isVisible() && !m_later->isActive())
        m_later->start();
}

void ComparisonPage::refresh()
{
    if (!isVisible()) // showEvent() makes up for it
        return;
    const auto report = m_promotion.report();
    const std::optional<Error> trouble = !report ? report.error() : m_refused ? m_refused : m_shadow.error();
    if (trouble)
        m_trouble->show(*trouble);
    else
        m_trouble->hide();
    if (!report)
        return;
    const bool compared = report->has_value();
    m_content->setVisible(compared);
    m_empty->setVisible(!compared);
    m_stop->setVisible(compared);
    m_promote->setVisible(compared);
    if (!compared) {
        showNoModel();
        return;
    }
    showReport(**report);
    showDecision(**report);
}

void ComparisonPage::showReport(const ShadowReport& report)
{
    const QLocale locale;
    const int compared = static_cast<int>(report.photos.size());
    m_subtitle->setText(tr("new: %1 · in use: %2").arg(report.newTitle, report.oldTitle));
    QString pending;
    if (m_shadow.waiting() > 0)
        pending = tr("%n more wait(s)", nullptr, m_shadow.waiting());
    if (m_shadow.passedOver() > 0)
        pending += (pending.isEmpty() ? QString() : QStringLiteral(" · ")) +
                   tr("%n was/were passed over", nullptr, m_shadow.passedOver());
    m_compared->setTexts(locale.toString(compared), tr("photos compared"),
                         pending.isEmpty() ? tr("both models have recognised them") : pending);
    m_labelled->setTexts(locale.toString(report.labelled), tr("of them answered"),
                         tr("only these tell who is right; %1 are needed").arg(report.rule.photos));
    m_differing->setTexts(locale.toString(report.differing.size()), tr("named differently"),
                          tr("a click below opens the photo"));

    QList<DifferenceList::Difference> differences;
    for (const ShadowPhoto& photo : report.differing) {
        if (differences.size() == kMostDifferences)
            break;
        DifferenceList::Difference one;
        one.file = fileOf(photo.said.sha256);
        one.oldName = m_promotion.nameOf(photo.said.oldLabel);
        one.oldConfidence = photo.said.oldConfidence;
        one.newName = m_promotion.nameOf(photo.said.newLabel);
        one.newConfidence = photo.said.newConfidence;
        if (!photo.labelId.isEmpty())
            one.answer = m_promotion.nameOf(photo.labelId);
        one.oldRight = photo.labelId == photo.said.oldLabel;
        one.newRight = photo.labelId == photo.said.newLabel;
        differences.append(one);
    }
    m_differences->show(differences, compared > 0);
    m_counts->show(report, [this](const QString& id) { return m_promotion.nameOf(id); });
    QStringList notes;
    if (report.decision.look > 0)
        notes.append(tr("Verdicts of the look at %1 photos; it looks whenever their number has doubled.")
                         .arg(report.decision.look));
    if (report.comparison.smallClasses > 0)
        notes.append(tr("%n product(s) with fewer than %1 photos count in the total only.", nullptr,
                        report.comparison.smallClasses)
                         .arg(report.rule.classPhotos));
    m_countsNote->setVisible(!notes.isEmpty());
    m_countsNote->setText(notes.join(u'\n'));
}

QString ComparisonPage::fileOf(const QString& sha256)
{
    const auto known = m_files.constFind(sha256);
    if (known != m_files.constEnd())
        return *known;
    const auto row = m_project.store()->photo(sha256);
    return row ? *m_files.insert(sha256, row->file) : QString();
}

void ComparisonPage::showDecision(const ShadowReport& report)
{
    const bool allowed = report.decision.verdict == PromotionVerdict::Allowed;
    switch (report.decision.verdict) {
    case PromotionVerdict::Allowed:
        m_decision->show(Banner::Look::Info, report.decision.reason,
                         tr("It may be used; one click brings the old one back. A smaller loss is not "
                            "excluded."));
        break;
    case PromotionVerdict::Refused:
        m_decision->show(Banner::Look::Failure, report.decision.reason,
                         tr("The old model stays in use. Train with more photos of what it mixes up."));
        break;
    case PromotionVerdict::NotYet:
        m_decision->show(
            Banner::Look::Info, report.decision.reason,
            report.decision.look == 0
                ? tr("Go on as always: every photo that you answer counts. Sure answers are not taken "
                     "without you meanwhile, or only unsure photos would be compared.")
                : tr("%n more answered photo(s) until the next look. Sure answers are not taken without "
                     "you meanwhile.",
                     nullptr, report.decision.missingPhotos));
        break;
    }
    m_decision->setAction({});
    const bool writable = m_project.writable();
    m_promote->setEnabled(allowed && writable);
    m_promote->setToolTip(allowed ? tr("The new model answers from now on.") : report.decision.reason);
    m_stop->setEnabled(writable);
    m_stop->setText(m_stopAsked ? tr("Really stop") : tr("Stop comparing"));
    m_stop->setToolTip(tr("The old model stays in use, and this new one is not compared again."));
    for (KeyButton* button : {m_promote, m_stop})
        button->setAccessibleName(button->text() + QStringLiteral(": ") + report.newTitle);
}

void ComparisonPage::showNoModel()
{
    m_stopAsked = false;
    m_subtitle->clear(); // it stays, as the space before the buttons
    const auto before = m_promotion.previous();
    if (!before) {
        m_decision->hide();
        return;
    }
    const QString title = titleOf(*before);
    m_decision->show(Banner::Look::Info, tr("%1 is in use now.").arg(m_promotion.titleInUse()),
                     tr("It has replaced %1.").arg(title));
    m_decision->setAction(tr("Back to %1").arg(title));
}

void ComparisonPage::promote()
{
    if (note(m_promotion.promote()))
        m_leave->setFocus(); // the button that had it goes
    refresh();
}

void ComparisonPage::goBack()
{
    note(m_promotion.goBack());
    refresh();
}

void ComparisonPage::stop()
{
    if (!m_stopAsked) {
        m_refused.reset();
        m_stopAsked = true;
    } else {
        m_stopAsked = false;
        if (note(m_promotion.stop()))
            m_leave->setFocus();
    }
    refresh();
}

bool ComparisonPage::note(const Result<void>& done)
{
    m_refused.reset();
    if (!done)
        m_refused = done.error();
    return done.has_value();
}

void ComparisonPage::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void ComparisonPage::showEvent(QShowEvent* event)
{
    m_stopAsked = false;
    m_refused.reset();
    refresh();
    QWidget::showEvent(event);
}

} // namespace goodsight
