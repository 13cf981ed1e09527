#pragma once

#include "core/imaging/ImageDecoder.h"
#include "core/imaging/Preprocess.h"
#include "core/learning/TrainingPlan.h"
#include "core/learning/TrainingSet.h"

#include <functional>

namespace goodsight {

/// Writes the kept views of every train photo as `folder`/<sha256>/<view>.png at side x side pixels (0: the
/// plan's), and `folder`/views.json: {"side", "classes": [ids], "rows": [{"key", "file", "label"}]}, so that
/// a teacher can answer for the same views (TeacherAnswers). The same views at another side show the same
/// part of the photo. `failed` hears of photos that cannot be read; they are left out. Returns the number of
/// views. Errors: "unwritable", "disk-full", "cancelled" (progress returned false).
[[nodiscard]] Result<int> writeViews(const TrainingPlan& plan, const TrainingSet& set,
                                     const PreprocessSpec& preprocessing, int side, const QString& folder,
                                     const DecodeLimits& limits,
                                     const std::function<bool(qint64 done, qint64 total)>& progress,
                                     const std::function<void(const QString& file, const Error&)>& failed);

} // namespace goodsight
