#pragma once

#include "core/evaluation/EvaluationReport.h"

#include <QJsonArray>
#include <QJsonObject>

#include <vector>

namespace goodsight::testsupport {

/// One part of tests/reference/evaluation.json, which evaluation.py beside it makes.
[[nodiscard]] QJsonObject golden(const char* part);
[[nodiscard]] QJsonArray goldenRows(const char* part);
[[nodiscard]] std::vector<double> numbers(const QJsonValue& array);

/// The report on the photos of that file: class 5 is one that the model lacks.
[[nodiscard]] EvaluationReport goldenReport();

} // namespace goodsight::testsupport
