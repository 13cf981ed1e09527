#pragma once

#include "core/evaluation/Drift.h"
#include "core/evaluation/EmbeddingMap.h"
#include "core/evaluation/EvaluationReport.h"

#include <QByteArray>
#include <QStringList>

/// Tables of what the charts show, for a spreadsheet: CSV as RFC 4180 has it (UTF-8, CRLF, a line of column
/// names in English first), numbers with a point. `labels` names the classes by their numbers; one that it
/// lacks is written as its number.
namespace goodsight::csv {

/// label, photos, right, top1, top3, precision, recall, f1: a line a class.
[[nodiscard]] QByteArray classes(const Metrics& metrics, const QStringList& labels);
/// truth, predicted, photos: a line a cell that is not empty.
[[nodiscard]] QByteArray confusion(const ConfusionMatrix& matrix, const QStringList& labels);
/// low, high, photos, confidence, accuracy: a line a bin.
[[nodiscard]] QByteArray reliability(const ReliabilityDiagram& diagram);
/// threshold, accepted, wrong, coverage, risk: a line a point.
[[nodiscard]] QByteArray riskCoverage(const RiskCoverage& curve);
/// file, sha256, label, predicted, confidence, right: a line a photo.
[[nodiscard]] QByteArray photos(const EvaluationReport& report, const QStringList& labels);
/// file, sha256, label, x, y: a line a photo of `report` that has a place on `map`, which was made from its
/// embeddings.
[[nodiscard]] QByteArray map(const EmbeddingMap& map, const EvaluationReport& report,
                             const QStringList& labels);
/// label, training, recent: a line a class, shares from 0 to 1.
[[nodiscard]] QByteArray shifts(const ShareDrift& drift, const QStringList& labels);

} // namespace goodsight::csv
