#pragma once

#include "core/inference/Recognizer.h"
#include "core/learning/KnownPhotos.h"
#include "core/learning/TrainingSet.h"

#include <functional>

namespace goodsight {

/// What is heard of embedPhotos(), on its thread; each may be empty.
struct EmbedEvents {
    std::function<void(qint64 done, qint64 total)> progress;
    std::function<void(const QString& file, const Error& error)> photoFailed; ///< it is passed over
    std::function<void()> rehearsing; ///< all photos are embedded; the rest takes a few seconds
    std::function<bool()> stopRequested;
};

/// What a model makes of the photos that it learnt from and of those that were held out from it, with weights
/// found by rehearsal: KnownPhotos, ready to be kept beside the model. `recognizer`: the float32 engine.
/// Photos of products that the model lacks and those of the test part are left out. Errors: "no-photos" (none
/// is left), "cancelled", KnownPhotos::rehearseWeights()'s.
[[nodiscard]] Result<KnownPhotos> embedPhotos(Recognizer& recognizer, const TrainingSet& set,
                                              const DecodeLimits& limits, const EmbedEvents& events = {});

} // namespace goodsight
