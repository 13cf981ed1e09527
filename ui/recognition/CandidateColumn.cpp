#include "ui/recognition/CandidateColumn.h"

#include "core/base/Settings.h"
#include "core/imaging/ImageDecoder.h"
#include "ui/recognition/RecognitionController.h"
#include "ui/shell/LabelIndex.h"
#include "ui/theme/Theme.h"
#include "ui/widgets/Banner.h"
#include "ui/widgets/CandidateCard.h"

#include <QBoxLayout>
#include <QLabel>
#include <QPushButton>

#include <algorithm>

namespace goodsight {

CandidateColumn::CandidateColumn(const Settings& settings, QWidget* parent)
    : QWidget(parent)
    , m_settings(settings)
    , m_banner(new Banner(this))
    , m_hint(new Banner(this))
    , m_prior(new QWidget(this))
    , m_priorText(new QLabel(m_prior))
    , m_priorOff(new QPushButton(m_prior))
{
    m_banner->setObjectName(QStringLiteral("answerBanner"));
    m_hint->setObjectName(QStringLiteral("hintBanner"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(12);
    column->addWidget(m_banner);
    for (int rank = 0; rank < 3; ++rank) {
        auto* card = new CandidateCard(rank, this);
        m_cards[static_cast<std::size_t>(rank)] = card;
        column->addWidget(card);
        connect(card, &QAbstractButton::clicked, this, [this, rank] { Q_EMIT accepted(rank); });
        card->hide();
    }
    m_prior->setObjectName(QStringLiteral("priorMoved"));
    m_priorText->setProperty("kind", QStringLiteral("small"));
    m_priorText->setWordWrap(true);
    m_priorOff->setObjectName(QStringLiteral("turnPriorOff"));
    m_priorOff->setProperty("kind", QStringLiteral("flat"));
    auto* prior = new QHBoxLayout(m_prior);
    prior->setContentsMargins(4, 0, 0, 0);
    prior->setSpacing(12);
    prior->addWidget(m_priorText, 1);
    prior->addWidget(m_priorOff);
    m_prior->hide();
    column->addWidget(m_prior);
    column->addWidget(m_hint);
    connect(m_priorOff, &QPushButton::clicked, this, &CandidateColumn::priorOffRequested);
}

void CandidateColumn::show(const QueueItem* item, const QString& answer, bool undoable)
{
    showBanner(item, answer, undoable);
    if (item && item->recognition) {
        showCandidates(*item->recognition, item->answered() ? item->labelId : QString(),
                       item->state != ItemState::Saving);
    } else {
        const bool pending =
            item && (item->state == ItemState::Waiting || item->state == ItemState::Recognizing);
        for (CandidateCard* card : m_cards) {
            card->setVisible(pending);
            card->setPending();
        }
        m_prior->hide();
        m_hint->hide();
    }
}

void CandidateColumn::showLive(const Recognition& recognition)
{
    m_banner->hide();
    showCandidates(recognition, {}, false);
}

void CandidateColumn::setNotice(const Error& error)
{
    m_notice = error;
}

void CandidateColumn::showBanner(const QueueItem* item, const QString& answer, bool undoable)
{
    if (!m_notice.code.isEmpty()) {
        m_banner->show(m_notice);
    } else if (item && item->error) {
        m_banner->show(*item->error);
    } else if (item && item->state == ItemState::Automatic) {
        //: %1 is a product
        m_banner->show(Banner::Look::Info, tr("Taken by itself: %1").arg(answer),
                       undoable ? tr("Ctrl+Z takes it back; an answer of yours replaces it.")
                                : tr("An answer of yours replaces it: press 1 to 3, or search."));
    } else if (item && item->answered()) {
        //: %1 is a product
        m_banner->show(Banner::Look::Info, tr("Saved as %1").arg(answer),
                       undoable ? tr("Ctrl+Z takes it back.")
                                : tr("Another answer replaces it: press 1 to 3, or search."));
    } else if (item && item->state == ItemState::Skipped) {
        m_banner->show(Banner::Look::Info, tr("Skipped"),
                       tr("An answer still counts: press 1 to 3, or search."));
    } else if (item && item->recognition && item->recognition->unknown &&
               item->recognition->unknown->unknown()) {
        m_banner->show(Banner::Look::Warning, tr("Perhaps none of your products"),
                       tr("Please check; Ctrl+N makes it a new product."));
    } else if (item && item->recognition && item->recognition->needsReview) {
        m_banner->show(Banner::Look::Warning, tr("Not sure. Please check."));
    } else {
        m_banner->hide();
    }
}

void CandidateColumn::showCandidates(const Recognition& recognition, const QString& chosenId, bool enabled)
{
    const bool english = interfaceIsEnglish();
    const double sure = m_settings.sureThreshold();
    const double review = m_settings.reviewThreshold();
    const bool firstIsSure = !recognition.top.isEmpty() && recognition.top.first().confidence >= sure;
    for (int rank = 0; rank < 3; ++rank) {
        CandidateCard* card = m_cards[static_cast<std::size_t>(rank)];
        card->setVisible(rank < recognition.top.size());
        if (rank >= recognition.top.size())
            continue;
        const Candidate& candidate = recognition.top.at(rank);
        // Behind a sure answer the others are only background; three loud colours would ask for attention.
        const QColor color = rank > 0 && firstIsSure
                                 ? Theme::colors().secondary
                                 : Theme::confidenceColor(candidate.confidence, sure, review);
        card->setEnglishFirst(english);
        card->setCandidate(candidate, color);
        card->setChosen(candidate.id == chosenId);
        card->setEnabled(enabled);
    }
    const auto& top = recognition.top;
    const bool moved =
        std::any_of(top.cbegin(), top.cend(), [](const Candidate& one) { return priorChange(one) != 0; });
    m_prior->setVisible(moved);
    if (moved) {
        m_priorText->setText(tr("Moved by what this store usually answers."));
        m_priorOff->setText(tr("Turn off"));
        m_priorOff->setAccessibleDescription(m_priorText->text());
    }
    if (recognition.small) {
        m_hint->show(Banner::Look::Info,
                     tr("Small photo: %1 × %2 pixels")
                         .arg(recognition.originalSize.width())
                         .arg(recognition.originalSize.height()),
                     tr("Photos of %1 × %1 pixels and more are recognised better.").arg(kComfortableSize));
    } else {
        m_hint->hide();
    }
}

} // namespace goodsight
