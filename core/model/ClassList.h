#pragma once

#include "core/model/ModelPackage.h"

namespace goodsight {

/// The classes of weights that come without names.
///
/// `labelsFile` empty: the 1000 ImageNet classes when `count` is 1000, else error "labels-needed". Otherwise
/// a UTF-8 file: CSV with a header (LabelTable), lines of `id,zh,en`, or one name a line (Chinese or English;
/// the id is made from it). Errors: "not-found", "unreadable", "bad-csv", "bad-label-table" (names the line),
/// "labels-mismatch" (another number of classes than `count`). `weightsFile` is for messages.
[[nodiscard]] Result<QList<ModelClass>> classList(const QString& labelsFile, int count,
                                                  const QString& weightsFile);

} // namespace goodsight
