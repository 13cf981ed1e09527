#include "ui/evaluation/AutomaticPanel.h"

#include "core/evaluation/ErrorBudget.h"
#include "ui/evaluation/EvaluationWords.h"
#include "ui/recognition/AutomaticAnswers.h"
#include "ui/widgets/KeyButton.h"

#include <QBoxLayout>
#include <QEvent>
#include <QLabel>

namespace goodsight {

AutomaticPanel::AutomaticPanel(AutomaticAnswers& automatic, QWidget* parent)
    : QWidget(parent)
    , m_automatic(automatic)
    , m_words(new QLabel(this))
    , m_button(new KeyButton(this))
{
    m_words->setObjectName(QStringLiteral("automaticWords"));
    m_words->setWordWrap(true);
    m_button->setObjectName(QStringLiteral("automaticRule"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 8, 0);
    row->setSpacing(16);
    row->addWidget(m_words, 1);
    row->addWidget(m_button, 0, Qt::AlignTop);
    connect(&automatic, &AutomaticAnswers::changed, this, &AutomaticPanel::refresh);
    connect(m_button, &QPushButton::clicked, &automatic, [this] {
        if (m_ends)
            return m_automatic.setRule(std::nullopt);
        m_offer->since = QDateTime::currentDateTimeUtc();
        m_automatic.setRule(m_offer);
    });
    refresh();
}

void AutomaticPanel::offer(const Evaluation& evaluation, const AutomaticThreshold& found)
{
    m_measured = evaluation.wish.data == EvaluationData::Val ? evaluation.fingerprint : QString();
    m_measuredIn = evaluation.wish.projectDir;
    m_measuredAt = evaluation.begun;
    m_offer.reset();
    if (!m_measured.isEmpty() && found.threshold)
        m_offer = AutomaticRule{m_measured, found.maxError, *found.threshold, found.photos, {}};
    refresh();
}

void AutomaticPanel::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        refresh();
    QWidget::changeEvent(event);
}

void AutomaticPanel::refresh()
{
    const auto rule = m_automatic.rule();
    const bool inForce = m_automatic.inForce();
    const bool measured = !m_measured.isEmpty() && m_measured == m_automatic.modelInUse() &&
                          m_measuredIn == m_automatic.projectDir();
    const QDateTime brokenAt = m_automatic.brokenAt();
    const bool disproved = brokenAt.isValid() && m_measuredAt < brokenAt;
    const bool offered = measured && m_offer && !disproved;
    m_ends = inForce || (rule && !offered);
    m_button->setText(m_ends ? tr("Stop") : tr("Take sure answers by itself"));
    m_button->setEnabled(m_ends || offered);
    if (inForce && m_automatic.resting())
        m_words->setText(tr("It rests while a new model is compared: meanwhile sure photos wait for you, "
                            "too."));
    else if (inForce)
        m_words->setText(EvaluationWords::audits(*rule, m_automatic.tally(), m_automatic.outcome()));
    else if (rule && !m_automatic.isForProject(*rule))
        m_words->setText(tr("Answers are taken in another project only; in this one it rests."));
    else if (rule)
        m_words->setText(tr("Answers are taken by another model only; with this one it rests."));
    else if (measured && disproved)
        m_words->setText(tr("What you looked at has disproved this measurement: measure the model again."));
    else if (offered)
        m_words->setText(
            tr("In a queue such answers need not wait for you. 2 of 100 of them are shown to you "
               "all the same, to see that the promise is kept."));
    else if (measured)
        m_words->clear(); // the sentence above says why
    else
        m_words->setText(tr("To leave such answers to the model in use, measure it on the project's "
                            "validation part: photos that it has not learnt from."));
}

} // namespace goodsight
