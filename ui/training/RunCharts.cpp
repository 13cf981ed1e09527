#include "ui/training/RunCharts.h"

#include "ui/training/RunCurves.h"

#include <QBoxLayout>
#include <QEvent>

namespace goodsight {

RunCharts::RunCharts(QWidget* parent)
    : QWidget(parent)
    , m_loss(new LineChart(LineChart::Scale::Number, this))
    , m_accuracy(new LineChart(LineChart::Scale::Share, this))
    , m_lossCard(new ChartCard(m_loss, *m_loss, this))
    , m_accuracyCard(new ChartCard(m_accuracy, *m_accuracy, this))
{
    m_loss->setObjectName(QStringLiteral("lossChart"));
    m_accuracy->setObjectName(QStringLiteral("accuracyChart"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(16);
    row->addWidget(m_lossCard, 1);
    row->addWidget(m_accuracyCard, 1);
    for (ChartCard* card : {m_lossCard, m_accuracyCard})
        connect(card, &ChartCard::failed, this, &RunCharts::failed);
    retranslate();
}

void RunCharts::retranslate()
{
    m_lossCard->setTitle(tr("Loss"));
    m_accuracyCard->setTitle(tr("Accuracy"));
}

void RunCharts::showRun(const TrainingRun* run)
{
    const TrainingRun none;
    const TrainingRun& shown = run ? *run : none;
    const QList<ChartCurve> loss = RunCurves::loss(shown);
    const QList<ChartCurve> accuracy = RunCurves::accuracy(shown);
    for (LineChart* chart : {m_loss, m_accuracy})
        chart->setHorizontal(1, std::max(5, RunCurves::epochs(shown)), tr("Epoch"));
    m_loss->setCurves(loss);
    m_accuracy->setCurves(accuracy);
    m_lossCard->setLegend(RunCurves::legend(loss));
    m_lossCard->setNote(tr("Training counts changed views, smoothed labels and a teacher's part, validation "
                           "the plain photos: the two need not meet."));
    explainAccuracy();
    m_accuracyCard->setNote(
        shown.epochs.isEmpty() || shown.validated()
            ? QString()
            : tr("No photos were kept apart for validation: only what was trained on is drawn."));
}

void RunCharts::explainAccuracy()
{
    m_accuracyCard->setLegend({{tr("First right"), ChartTone::Brand, LegendEntry::Mark::Line},
                               {tr("Among three"), ChartTone::Unsure, LegendEntry::Mark::Line},
                               {tr("while training"), ChartTone::Secondary, LegendEntry::Mark::Dashed}});
}

void RunCharts::compare(const QList<const TrainingRun*>& runs)
{
    const QList<ChartCurve> loss = RunCurves::losses(runs);
    const QList<ChartCurve> accuracy = RunCurves::accuracies(runs);
    int epochs = 1;
    for (const TrainingRun* run : runs)
        epochs = std::max(epochs, RunCurves::epochs(*run));
    for (LineChart* chart : {m_loss, m_accuracy})
        chart->setHorizontal(1, epochs, tr("Epoch"));
    m_lossCard->setNote(tr("On the validation photos."));
    m_accuracyCard->setNote({});
    m_loss->setCurves(loss);
    m_accuracy->setCurves(accuracy);
    m_lossCard->setLegend(RunCurves::legend(loss));
    // Solid and dashed mean the same for all: the colours are explained beside it.
    m_accuracyCard->setLegend({{tr("First right"), ChartTone::Secondary, LegendEntry::Mark::Line},
                               {tr("Among three"), ChartTone::Secondary, LegendEntry::Mark::Dashed}});
}

void RunCharts::append(const TrainingRun& run)
{
    if (run.epochs.isEmpty())
        return;
    const EpochReport& epoch = run.epochs.last();
    const auto x = static_cast<double>(run.epochs.size());
    for (LineChart* chart : {m_loss, m_accuracy})
        chart->setHorizontal(1, std::max(5, RunCurves::epochs(run)), tr("Epoch"));
    const double losses[]{epoch.trainLoss, epoch.valLoss};
    for (int i = 0; i < 2; ++i)
        m_loss->append(i, {x, losses[i]});
    const double shares[]{epoch.valTop1, epoch.valTop3, epoch.trainTop1, epoch.trainTop3};
    for (int i = 0; i < 4; ++i)
        m_accuracy->append(i, {x, shares[i]});
}

void RunCharts::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

} // namespace goodsight
