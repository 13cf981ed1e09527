#pragma once

#include "core/evaluation/EvaluationReport.h"
#include "core/model/ModelPackage.h"

#include <QJsonObject>

namespace goodsight::cli {

/// Points of the risk-coverage curve that a line carries at most.
inline constexpr int kRiskPoints = 100;
/// Pairs of confused classes that a line carries at most.
inline constexpr int kConfusedPairs = 50;

/// What `evaluate --json` prints of `report`, whose classes are numbers of `classes`.
[[nodiscard]] QJsonObject toJson(const EvaluationReport& report, const QList<ModelClass>& classes);

} // namespace goodsight::cli
