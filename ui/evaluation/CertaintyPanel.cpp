#include "ui/evaluation/CertaintyPanel.h"

#include "core/base/Settings.h"
#include "core/evaluation/ErrorBudget.h"
#include "ui/charts/ChartCard.h"
#include "ui/charts/ReliabilityChart.h"
#include "ui/charts/RiskCoverageChart.h"
#include "ui/evaluation/AutomaticPanel.h"
#include "ui/evaluation/EvaluationWords.h"

#include <QBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QSlider>

#include <algorithm>
#include <array>

namespace goodsight {

namespace {

const QString kBudgetState = QStringLiteral("evaluation-budget");
/// The slider's stops: shares of wrong automatic accepts.
constexpr std::array<double, 8> kBudgets{0.001, 0.002, 0.005, 0.01, 0.02, 0.03, 0.05, 0.10};
constexpr int kUsualBudget = 3;

QList<ReliabilityBar> bars(const ReliabilityDiagram& diagram)
{
    QList<ReliabilityBar> made;
    for (const ReliabilityBin& bin : diagram.bins)
        made.append({bin.low, bin.high, bin.photos, bin.confidence, bin.accuracy});
    return made;
}

} // namespace

CertaintyPanel::CertaintyPanel(Settings& settings, AutomaticAnswers& automatic, QWidget* parent)
    : QWidget(parent)
    , m_settings(settings)
    , m_reliability(new ReliabilityChart(this))
    , m_reliabilityCard(new ChartCard(m_reliability, *m_reliability, this))
    , m_risk(new RiskCoverageChart(this))
    , m_riskCard(new ChartCard(m_risk, *m_risk, this))
    , m_promise(new QLabel(this))
    , m_slider(new QSlider(Qt::Horizontal, this))
    , m_outcome(new QLabel(this))
    , m_automatic(new AutomaticPanel(automatic, this))
{
    m_promise->setObjectName(QStringLiteral("budgetPromise"));
    m_outcome->setObjectName(QStringLiteral("budgetOutcome"));
    m_outcome->setWordWrap(true);
    m_outcome->setMinimumHeight(40);
    m_outcome->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_slider->setObjectName(QStringLiteral("budgetSlider"));
    m_slider->setRange(0, static_cast<int>(kBudgets.size()) - 1);
    m_slider->setPageStep(1);
    bool known = false;
    const int remembered = settings.windowState(kBudgetState).toInt(&known);
    m_slider->setValue(known ? remembered : kUsualBudget);
    auto* line = new QWidget(this);
    auto* row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 8, 0);
    row->setSpacing(16);
    row->addWidget(m_promise);
    row->addWidget(m_slider, 1);
    m_riskCard->addAbove(line);
    m_riskCard->addBelow(m_outcome);
    m_riskCard->addBelow(m_automatic);
    auto* charts = new QHBoxLayout(this);
    charts->setContentsMargins(0, 0, 0, 0);
    charts->setSpacing(16);
    charts->addWidget(m_riskCard, 1);
    charts->addWidget(m_reliabilityCard, 1);
    connect(m_slider, &QSlider::valueChanged, this, [this](int value) {
        m_settings.setWindowState(kBudgetState, QByteArray::number(value));
        refreshBudget();
    });
    for (ChartCard* card : {m_reliabilityCard, m_riskCard})
        connect(card, &ChartCard::failed, this, &CertaintyPanel::failed);
}

double CertaintyPanel::budget() const
{
    return kBudgets[static_cast<std::size_t>(std::clamp(m_slider->value(), 0, m_slider->maximum()))];
}

void CertaintyPanel::show(const EvaluationPtr& evaluation)
{
    m_evaluation = evaluation;
    const EvaluationReport& report = evaluation->report;
    const ReliabilityDiagram& before = report.uncalibrated ? *report.uncalibrated : report.reliability;
    m_reliability->setBars(bars(before), bars(report.reliability));
    m_reliabilityCard->setTitle(tr("Does it know what it knows?"));
    m_reliabilityCard->setLegend({{tr("raw"), ChartTone::Secondary, LegendEntry::Mark::Block},
                                  {tr("as shown"), ChartTone::Brand, LegendEntry::Mark::Block}});
    const QLocale locale;
    m_reliabilityCard->setNote(tr("Bars on the dashed line are honest: of the answers with 80%, 80 in 100 "
                                  "are right. Calibration error %1 "
                                  "points before temperature %2, %3 after it.")
                                   .arg(locale.toString(before.ece * 100, 'f', 1),
                                        locale.toString(evaluation->temperature, 'f', 2),
                                        locale.toString(report.reliability.ece * 100, 'f', 1)));
    m_risk->setCurve(report.riskCoverage.points);
    m_riskCard->setTitle(tr("What can be accepted without a person?"));
    m_riskCard->setNote(tr("The fewer answers are accepted, surest first, the fewer of them are wrong."));
    m_riskCard->setLegend({{tr("measured"), ChartTone::Brand, LegendEntry::Mark::Line},
                           {tr("allowed"), ChartTone::Weak, LegendEntry::Mark::Dashed},
                           {tr("accepted"), ChartTone::Unsure, LegendEntry::Mark::Line}});
    m_slider->setAccessibleName(tr("Most wrong automatic accepts"));
    refreshBudget();
}

void CertaintyPanel::refreshBudget()
{
    m_promise->setText(tr("At most %1 wrong").arg(QLocale().toString(budget() * 100, 'g', 3) + u'%'));
    if (!m_evaluation)
        return;
    const AutomaticThreshold found = thresholdForBudget(grade(m_evaluation->report.scored), budget());
    m_risk->setBudget(budget(), found.threshold ? found.share : 0);
    m_outcome->setText(EvaluationWords::budget(found));
    m_automatic->offer(*m_evaluation, found);
    m_slider->setAccessibleDescription(m_promise->text() + u' ' + m_outcome->text());
}

} // namespace goodsight
