#include "app/cli/EvaluationJson.h"

#include <QJsonArray>

namespace goodsight::cli {

namespace {

QJsonArray classesOf(const Metrics& metrics, const QList<ModelClass>& classes)
{
    QJsonArray all;
    for (const ClassMetrics& one : metrics.classes) {
        const ModelClass& names = classes[one.label];
        all.append(QJsonObject{{QStringLiteral("id"), names.id},
                               {QStringLiteral("zh"), names.zh},
                               {QStringLiteral("en"), names.en},
                               {QStringLiteral("n"), one.photos},
                               {QStringLiteral("right"), one.right},
                               {QStringLiteral("top1"), one.recall},
                               {QStringLiteral("top3"), one.top3},
                               {QStringLiteral("precision"), one.precision},
                               {QStringLiteral("recall"), one.recall},
                               {QStringLiteral("f1"), one.f1}});
    }
    return all;
}

QJsonArray binsOf(const ReliabilityDiagram& diagram)
{
    QJsonArray bins;
    for (const ReliabilityBin& bin : diagram.bins) {
        bins.append(QJsonObject{{QStringLiteral("low"), bin.low},
                                {QStringLiteral("high"), bin.high},
                                {QStringLiteral("n"), bin.photos},
                                {QStringLiteral("confidence"), bin.confidence},
                                {QStringLiteral("accuracy"), bin.accuracy}});
    }
    return bins;
}

QJsonObject curveOf(const RiskCoverage& curve)
{
    QJsonArray points;
    for (const RiskPoint& point : thinned(curve.points, kRiskPoints)) {
        points.append(QJsonObject{{QStringLiteral("threshold"), point.threshold},
                                  {QStringLiteral("coverage"), point.coverage},
                                  {QStringLiteral("risk"), point.risk}});
    }
    return {{QStringLiteral("aurc"), curve.aurc}, {QStringLiteral("points"), points}};
}

QJsonArray confusedPairs(const ConfusionMatrix& matrix, const QList<ModelClass>& classes)
{
    QJsonArray pairs;
    for (const ConfusionCell& cell : matrix.mostConfused(kConfusedPairs)) {
        pairs.append(QJsonObject{{QStringLiteral("truth"), classes[cell.truth].id},
                                 {QStringLiteral("predicted"), classes[cell.predicted].id},
                                 {QStringLiteral("n"), static_cast<int>(cell.photos.size())}});
    }
    return pairs;
}

} // namespace

QJsonObject toJson(const EvaluationReport& report, const QList<ModelClass>& classes)
{
    const Metrics& metrics = report.metrics;
    QJsonObject line{{QStringLiteral("n"), metrics.photos},
                     {QStringLiteral("top1"), metrics.top1},
                     {QStringLiteral("top3"), metrics.top3},
                     {QStringLiteral("macro_f1"), metrics.macroF1},
                     {QStringLiteral("ece"), metrics.ece},
                     {QStringLiteral("mce"), report.reliability.mce},
                     {QStringLiteral("nll"), report.nll},
                     {QStringLiteral("classes"), classesOf(metrics, classes)},
                     {QStringLiteral("reliability"), binsOf(report.reliability)},
                     {QStringLiteral("risk_coverage"), curveOf(report.riskCoverage)},
                     {QStringLiteral("confusion"), confusedPairs(report.confusion, classes)}};
    if (report.uncalibrated)
        line.insert(QStringLiteral("ece_uncalibrated"), report.uncalibrated->ece);
    return line;
}

} // namespace goodsight::cli
