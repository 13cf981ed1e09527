#pragma once

#include "core/evaluation/Metrics.h"

#include <QByteArray>
#include <QStringList>

/// The table of classes for a spreadsheet; charts give their own (ChartContent::table()): CSV as RFC 4180 has
/// it (UTF-8, CRLF, a line of column names in English first), numbers with a point. `labels` names the
/// classes by their numbers; one that it lacks is written as its number.
namespace goodsight::csv {

/// label, photos, right, top1, top3, precision, recall, f1: a line a class.
[[nodiscard]] QByteArray classes(const Metrics& metrics, const QStringList& labels);

} // namespace goodsight::csv
