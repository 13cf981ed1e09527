#include "core/evaluation/EvaluationCsv.h"

#include <algorithm>
#include <cmath>

namespace goodsight::csv {

namespace {

constexpr int kDigits = 10; ///< of a number

QString word(const QString& text)
{
    const auto needsQuotes = [](QChar c) { return c == u',' || c == u'"' || c == u'\r' || c == u'\n'; };
    if (std::none_of(text.begin(), text.end(), needsQuotes))
        return text;
    return u'"' + QString(text).replace(u'"', QStringLiteral("\"\"")) + u'"';
}

QString word(double number)
{
    return QString::number(number, 'g', kDigits);
}

QString word(int number)
{
    return QString::number(number);
}

QString word(const char* latin)
{
    return QString::fromLatin1(latin);
}

QString nameOf(int label, const QStringList& labels)
{
    return label >= 0 && label < labels.size() ? labels[label] : QString::number(label);
}

/// Lines of a table, one after the other.
class Table {
public:
    template <typename... Cells>
    void line(const Cells&... cells)
    {
        m_bytes += QStringList{word(cells)...}.join(u',').toUtf8() + "\r\n";
    }
    [[nodiscard]] QByteArray bytes() const { return m_bytes; }

private:
    QByteArray m_bytes;
};

} // namespace

QByteArray classes(const Metrics& metrics, const QStringList& labels)
{
    Table table;
    table.line("label", "photos", "right", "top1", "top3", "precision", "recall", "f1");
    for (const ClassMetrics& one : metrics.classes)
        table.line(nameOf(one.label, labels), one.photos, one.right, one.recall, one.top3, one.precision,
                   one.recall, one.f1);
    return table.bytes();
}

QByteArray confusion(const ConfusionMatrix& matrix, const QStringList& labels)
{
    Table table;
    table.line("truth", "predicted", "photos");
    for (const ConfusionCell& cell : matrix.cells())
        table.line(nameOf(cell.truth, labels), nameOf(cell.predicted, labels),
                   static_cast<int>(cell.photos.size()));
    return table.bytes();
}

QByteArray reliability(const ReliabilityDiagram& diagram)
{
    Table table;
    table.line("low", "high", "photos", "confidence", "accuracy");
    for (const ReliabilityBin& bin : diagram.bins)
        table.line(bin.low, bin.high, bin.photos, bin.confidence, bin.accuracy);
    return table.bytes();
}

QByteArray riskCoverage(const RiskCoverage& curve)
{
    Table table;
    table.line("threshold", "accepted", "wrong", "coverage", "risk");
    for (const RiskPoint& point : curve.points)
        table.line(point.threshold, point.accepted, point.wrong, point.coverage, point.risk);
    return table.bytes();
}

QByteArray photos(const EvaluationReport& report, const QStringList& labels)
{
    Table table;
    table.line("file", "sha256", "label", "predicted", "confidence", "right");
    for (std::size_t i = 0; i < report.photos.size(); ++i) {
        const ScoredPhoto& scored = report.scored[i];
        const int predicted = scored.ranking.front();
        table.line(report.photos[i].file, report.photos[i].sha256, nameOf(scored.truth, labels),
                   nameOf(predicted, labels), scored.confidence, predicted == scored.truth ? 1 : 0);
    }
    return table.bytes();
}

QByteArray map(const EmbeddingMap& map, const EvaluationReport& report, const QStringList& labels)
{
    Table table;
    table.line("file", "sha256", "label", "x", "y");
    for (std::size_t i = 0; i < report.photos.size() && 2 * i + 1 < map.positions.size(); ++i) {
        const double x = map.positions[2 * i];
        const double y = map.positions[2 * i + 1];
        if (std::isfinite(x) && std::isfinite(y))
            table.line(report.photos[i].file, report.photos[i].sha256, nameOf(report.scored[i].truth, labels),
                       x, y);
    }
    return table.bytes();
}

QByteArray shifts(const ShareDrift& drift, const QStringList& labels)
{
    Table table;
    table.line("label", "training", "recent");
    for (const ClassShift& shift : drift.shifts)
        table.line(nameOf(shift.label, labels), shift.training, shift.recent);
    return table.bytes();
}

} // namespace goodsight::csv
