#pragma once

#include "core/learning/FineTuner.h"

namespace goodsight {

/// Whether a run can begin. Errors: "bad-plan", "bad-label", "no-photos", "one-class", "no-teacher-answers".
[[nodiscard]] Result<void> checkRequest(const FineTuneRequest& request);

/// sha256 (hex) of everything that the result of a run depends on: plan, photos, start, teacher.
[[nodiscard]] QString identityOf(const FineTuneRequest& request);

/// What the network starts from: the start's weights, and a head with a row for each class: the start's own
/// row where it knows the class by its id, else one near zero.
[[nodiscard]] TrainableSpec specOf(const FineTuneRequest& request,
                                   const std::function<bool()>& stopRequested);

} // namespace goodsight
